"""`preset`: a municipality's configuration as files. List them, check them, load them."""

from __future__ import annotations

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from domain.errors import DomainError
from domain.permissions import SYSTEM
from services.presets import Loaded, available_presets, check_preset, load_preset
from services.unit_of_work import unit_of_work

preset = AppGroup("preset", help="Förinställningar: en kommuns ärendetyp som filer.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(preset)


@preset.command("list")
def list_presets() -> None:
    """Visar de förinställningar som följer med."""
    for name in available_presets():
        click.echo(name)


@preset.command("check")
@click.argument("name_or_path", required=False)
def check(name_or_path: str | None) -> None:
    """Kontrollerar en förinställning (namn eller mapp), eller alla som följer med."""
    names = [name_or_path] if name_or_path else available_presets()
    found = False
    for name in names:
        try:
            faults = [str(fault) for fault in check_preset(name)]
        except DomainError as error:
            faults = [str(error)]
        for fault in faults:
            click.echo(fault, err=True)
        if not faults:
            click.echo(f"{name}: inga fel.")
        found = found or bool(faults)
    sys.exit(1 if found else 0)


@preset.command("load")
@click.argument("name_or_path")
def load(name_or_path: str) -> None:
    """Laddar en förinställning (namn eller mapp). Kan göras om utan att något går förlorat."""
    try:
        with unit_of_work():
            loaded = load_preset(name_or_path, actor=SYSTEM)
    except DomainError as error:
        click.echo(f"{error}\nIngenting har ändrats.", err=True)
        sys.exit(1)
    _tell(loaded)


def _tell(loaded: Loaded) -> None:
    count = loaded.counts
    click.echo(
        f"{loaded.name} är laddad: {count['tabs']} flikar, {count['fields']} fält, "
        f"{count['choices']} val, {count['event_templates']} händelser, "
        f"{count['public_forms']} formulär och {count['units']} enheter."
    )
    if loaded.positions:
        click.echo("Ge de här befattningarna till personer under Organisation:")
    for row in loaded.positions:
        click.echo(f"  {row['title']}: rollen {row['role']} på enheten {row['unit']}")
