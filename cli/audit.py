"""`audit verify`: reads both logs from the beginning and says whether they are whole."""

from __future__ import annotations

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from services.chains import LOGS, Break, end_of, first_break

audit = AppGroup("audit", help="Ändringslogg och åtkomstlogg.")
NAMES = {"audit_entries": "Ändringsloggen", "access_entries": "Åtkomstloggen"}


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(audit)


@audit.command("verify")
def verify() -> None:
    """Kontrollerar att ingen rad i loggarna är ändrad, borttagen eller tillagd i efterhand."""
    breaks = [_told(name, first_break(name)) for name in LOGS]
    sys.exit(1 if any(breaks) else 0)


def _told(name: str, found: Break | None) -> bool:
    """Say what came of one log; whether it is broken."""
    if found is None:
        count, mark = end_of(name)
        click.echo(f"{NAMES[name]}: {count} rader, alla stämmer. Slutmärke: {mark}")
    elif found.row_id is None:
        click.echo(f"{NAMES[name]}: slutet stämmer inte. Rader saknas efter rad {found.position}.")
    else:
        click.echo(
            f"{NAMES[name]}: rad {found.position} (id {found.row_id}) är den första som inte "
            "stämmer. Den, eller raden före den, är ändrad, borttagen eller tillagd."
        )
    return found is not None
