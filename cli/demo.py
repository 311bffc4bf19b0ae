"""`demo load`: a municipality with both case types, accounts and cases, for trying out."""

from __future__ import annotations

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from domain.errors import DomainError
from services.demo import PASSWORD, load_demo
from services.unit_of_work import unit_of_work

demo = AppGroup("demo", help="Demokommunen: påhittade ärenden och konton för att prova.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(demo)


@demo.command("load")
def load() -> None:
    """Laddar demokommunen i en tom databas. Går inte i produktion."""
    try:
        with unit_of_work():
            usernames = load_demo()
    except DomainError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(f"Demokommunen är laddad. Lösenordet för alla konton är {PASSWORD}:")
    for username in usernames:
        click.echo(f"  {username}")
