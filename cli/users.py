"""`user`: the first administrator. All other people are added in the admin."""

from __future__ import annotations

import secrets
import sys

import click
from flask import Flask
from flask.cli import AppGroup

from domain.errors import DomainError
from services.first_administrator import create_first_administrator
from services.unit_of_work import unit_of_work

user = AppGroup("user", help="Personer med konto.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(user)


@user.command("create-admin")
@click.option("--username", prompt="Användarnamn", help="Till exempel anna.andersson.")
@click.option("--name", prompt="Namn", help="Personens namn.")
@click.option("--email", default="", help="E-postadress.")
@click.option("--ask", is_flag=True, help="Fråga efter ett lösenord i stället för att slumpa ett.")
def create_admin(username: str, name: str, email: str, ask: bool) -> None:
    """Skapar den första administratören. Lösenordet visas en gång."""
    password = _asked_password() if ask else secrets.token_urlsafe(18)
    try:
        with unit_of_work():
            create_first_administrator(username, name, email, password)
    except DomainError as error:
        click.echo(f"{error}\nIngenting har ändrats.", err=True)
        sys.exit(1)
    click.echo(f"Administratören {username} är skapad.")
    if not ask:
        click.echo(f"Lösenord (visas bara nu): {password}")


def _asked_password() -> str:
    """Typed twice, not shown."""
    password: str = click.prompt("Lösenord", hide_input=True, confirmation_prompt="Lösenordet igen")
    return password
