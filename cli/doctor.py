"""`doctor`: is this installation fit to run? Says what is wrong and what to do, line by line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from config import ROOT
from extensions import current_settings, db
from gateways.clamd import ScannerAway, ping
from gateways.files import StoreAway
from services.attachments import file_store
from services.documents.rendering import trial


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(doctor)


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Kontrollerar inställningar, datamapp, databas och tabeller."""
    complaints = [complaint for check in CHECKS if (complaint := check())]
    for complaint in complaints:
        click.echo(f"FEL  {complaint}", err=True)
    if complaints:
        sys.exit(1)
    click.echo("Allt i ordning.")


def _data_dir() -> str:
    folder = current_settings().data_dir
    if not folder.is_dir():
        return f"Datamappen {folder} finns inte. Skapa den eller ändra GENSVAR_DATA_DIR."
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return f"Datamappen {folder} går inte att skriva i för användaren som kör Gensvar."
    return ""


def _database() -> str:
    """The database answers and its tables are those of this version."""
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    try:
        with db.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        return f"Databasen svarar inte ({type(error).__name__}). Kontrollera GENSVAR_DATABASE_URL."
    if current != head:
        return (
            f"Tabellerna är av version {current or 'ingen'}, programmet behöver {head}. "
            "Säkerhetskopiera och kör: ./gensvar db upgrade"
        )
    return ""


def _files() -> str:
    """The bucket can be written to and read; the folder is checked by _data_dir()."""
    if current_settings().s3 is None:
        return ""
    try:
        file_store().check()
    except StoreAway as error:
        return (
            f"Fillagret går inte att använda ({error}). Kontrollera GENSVAR_FILES_URL och "
            "GENSVAR_S3_…, och att nyckeln får läsa, skriva, lista och ta bort."
        )
    return ""


def _scanner() -> str:
    url = current_settings().clamd
    try:
        if url:
            ping(url)
    except ScannerAway as error:
        return (
            f"ClamAV svarar inte på {url} ({error}). Filer tas emot men kan inte hämtas. "
            "Starta clamd eller ändra GENSVAR_CLAMD_URL."
        )
    return ""


def _mail() -> str:
    settings = current_settings()
    if settings.is_production and settings.smtp is None:
        return "Ingen e-postserver är angiven: inga mejl skickas. Ange GENSVAR_SMTP_URL."
    return ""


def _documents() -> str:
    """A PDF can be made: WeasyPrint finds its libraries."""
    return trial()


CHECKS: tuple[Callable[[], str], ...] = (_data_dir, _database, _files, _scanner, _mail, _documents)
