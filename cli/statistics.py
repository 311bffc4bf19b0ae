"""`statistics check` and `statistics rebuild`: what the reports count, against the cases."""

from __future__ import annotations

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from extensions import db
from services.statistics_facts import Difference, differences, rebuild

statistics = AppGroup("statistics", help="Underlaget för statistiken.")
MOST = 20


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(statistics)


@statistics.command("check")
def check() -> None:
    """Räknar om underlaget ur ärendena och säger vad som skiljer. Ändrar ingenting."""
    count = 0
    for found in differences():
        count += 1
        if count <= MOST:
            click.echo(_told(found))
    if count > MOST:
        click.echo(f"… och {count - MOST} till.")
    if count:
        click.echo("Underlaget stämmer inte. Gör om det: ./gensvar statistics rebuild")
        sys.exit(1)
    click.echo("Underlaget stämmer med ärendena.")


@statistics.command("rebuild")
def rebuild_facts() -> None:
    """Gör om underlaget. Behövs bara om databasen har ändrats på annat sätt än i Gensvar."""
    count = rebuild()
    db.session.commit()
    click.echo(f"Underlaget är omgjort: {count} ärenden.")


def _told(found: Difference) -> str:
    if not found.column:
        return f"{found.place}: saknas"
    return f"{found.place}: {found.column} är {found.stored}, ska vara {found.right}"
