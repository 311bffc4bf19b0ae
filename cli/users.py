"""`user`: the first administrator, and the ways out when nobody can sign in any more."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select

from domain.errors import DomainError, RuleBroken
from domain.permissions import SYSTEM
from domain.text import _
from extensions import db
from models import User
from services.accounts import normal_username
from services.first_administrator import create_first_administrator
from services.password_links import hand_over_link
from services.second_factor import reset_factor
from services.sign_in_rules import remove_all_rules
from services.unit_of_work import unit_of_work

user = AppGroup("user", help="Personer med konto.")
Result = TypeVar("Result")
VALID = "Den går att använda en gång, i sju dygn:"


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(user)


@user.command("create-admin")
@click.option("--username", prompt="Användarnamn", help="Till exempel anna.andersson.")
@click.option("--name", prompt="Namn", help="Personens namn.")
@click.option("--email", default="", help="E-postadress.")
def create_admin(username: str, name: str, email: str) -> None:
    """Skapar den första administratören och visar en länk där personen väljer lösenord."""

    def deed() -> str:
        return hand_over_link(create_first_administrator(username, name, email), actor=SYSTEM)

    link = _done(deed)
    click.echo(f"Administratören {username} är skapad. Öppna länken och välj lösenord.")
    click.echo(f"{VALID}\n{link}")


@user.command("link")
@click.argument("username")
def link(username: str) -> None:
    """Visar en ny länk där personen väljer lösenord."""
    click.echo(f"{VALID}\n{_done(lambda: hand_over_link(_person(username), actor=SYSTEM))}")


@user.command("reset-factor")
@click.argument("username")
def remove_factor(username: str) -> None:
    """Tar bort personens tvåstegsinloggning."""
    _done(lambda: reset_factor(_person(username), actor=SYSTEM))
    click.echo(f"Tvåstegsinloggningen för {username} är borttagen.")


@user.command("clear-rules")
def clear_rules() -> None:
    """Tar bort alla regler på System → Inloggning: lösenordet räcker överallt igen."""
    click.echo(f"Borttagna regler: {_done(lambda: remove_all_rules(actor=SYSTEM))}")


def _done(deed: Callable[[], Result]) -> Result:
    """What the deed gave, once it is committed. A refusal ends the command with code 1."""
    try:
        with unit_of_work():
            return deed()
    except DomainError as error:
        click.echo(f"{error}\nIngenting har ändrats.", err=True)
        sys.exit(1)


def _person(username: str) -> User:
    query = select(User).where(User.username == normal_username(username))
    found = db.session.scalar(query)
    if found is None:
        raise RuleBroken(_("Det finns ingen med användarnamnet %(name)s."), name=username)
    return found
