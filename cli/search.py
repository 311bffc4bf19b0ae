"""`search rebuild`: makes the index of the full-text search anew."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup

from extensions import db
from services.search_index import rebuild

search = AppGroup("search", help="Sökning bland ärenden.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(search)


@search.command("rebuild")
def rebuild_index() -> None:
    """Bygger om sökregistret. Behövs bara om databasen har ändrats på annat sätt än i Gensvar."""
    finds_parts = rebuild()
    db.session.commit()
    click.echo("Sökregistret är ombyggt.")
    if not finds_parts:
        click.echo(
            "Sökningen hittar bara hela ord och början av ord. För att den också ska hitta inuti "
            "ord (väg i cykelvägen): låt en databasadministratör köra CREATE EXTENSION pg_trgm; "
            "i databasen, kör det här kommandot igen och starta om Gensvar."
        )
