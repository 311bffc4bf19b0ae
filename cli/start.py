"""`start`: everything at once for trying out: tables, demo, web server, worker (./dev run)."""

from __future__ import annotations

import errno
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from flask.cli import with_appcontext
from flask_migrate import upgrade

from cli.processes import start_child, stop_children
from config import ROOT, Settings
from extensions import current_settings, db
from services.demo import PASSWORD, ensure_demo
from services.unit_of_work import unit_of_work

BIN = Path(sys.executable).parent
WAIT_SECONDS = 60


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(start)


@click.command("start")
@with_appcontext
def start() -> None:
    """Startar allt för att prova: tabeller, demo, webbserver och arbetare."""
    settings = current_settings()
    _refuse_production(settings)
    _refuse_taken_port(settings)
    _make_data_dir(settings)
    upgrade(directory=str(ROOT / "migrations"))
    accounts = _demo_accounts()
    db.session.remove()
    db.engine.dispose()  # no connection of ours is left to the children
    _supervise(settings, accounts)


def _refuse_production(settings: Settings) -> None:
    if settings.is_production:
        _stop(
            "Kommandot är till för att prova. Med GENSVAR_ENV=production körs gunicorn och "
            "./gensvar worker var för sig, se docs/operations.md."
        )


def _refuse_taken_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                _stop(
                    f"Port {settings.port} används redan. "
                    f"Välj en annan, till exempel: GENSVAR_PORT={settings.port + 1} ./dev run"
                )
            _stop(
                f"Det går inte att lyssna på {settings.host} port {settings.port} "
                f"({error.strerror}). Ändra GENSVAR_HOST eller GENSVAR_PORT."
            )


def _make_data_dir(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        _stop(
            f"Datamappen {settings.data_dir} kan inte skapas ({error.strerror}). "
            "Ändra GENSVAR_DATA_DIR."
        )


def _demo_accounts() -> list[str]:
    """Load the demo into an empty database; its user names, or none when it is another's."""
    with unit_of_work():
        return ensure_demo()


def _supervise(settings: Settings, accounts: list[str]) -> NoReturn:
    """Run both processes until one ends or we are told to stop; then end both."""
    stop = _Stop()
    children = [
        start_child([str(BIN / "gunicorn"), "app:create_app()"]),
        start_child([str(BIN / "flask"), "--app", "app", "worker"]),
    ]
    code = 0
    try:
        _wait_for_answer(settings, children, stop)
        if not stop.is_asked:
            _greet(settings, accounts)
        code = _wait_for_end(children, stop)
    finally:
        stop_children(children)
    sys.exit(code)


class _Stop:
    """SIGTERM and Ctrl-C, noted and not raised: an exception may fall where Python swallows it."""

    def __init__(self) -> None:
        self.is_asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)

    def _note(self, *_: object) -> None:
        self.is_asked = True


def _wait_for_answer(
    settings: Settings, children: list[subprocess.Popen[bytes]], stop: _Stop
) -> None:
    """Return when /healthz answers, a child has ended or we are told to stop."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "") else settings.host  # noqa: S104
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/healthz"
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and not stop.is_asked:
        if any(child.poll() is not None for child in children):
            return
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.05)


def _greet(settings: Settings, accounts: list[str]) -> None:
    click.echo(f"\nGensvar körs på {settings.base_url} – avsluta med Ctrl-C.")
    click.echo(f"  Medborgare:  {settings.base_url}/")
    click.echo(f"  Handläggare: {settings.base_url}/admin/")
    if accounts:
        click.echo(f"  Demokonton (lösenord {PASSWORD}):\n    " + "\n    ".join(accounts))
    if settings.smtp is None:
        click.echo("  Ingen e-postserver är angiven: utgående mejl syns under System → Utkorg.")
    click.echo("")


def _wait_for_end(children: list[subprocess.Popen[bytes]], stop: _Stop) -> int:
    """The code to end with: a child that ends by itself is a fault."""
    while not any(child.poll() is not None for child in children):
        if stop.is_asked:
            break
        time.sleep(0.2)
    if stop.is_asked:
        click.echo("Avslutar.")
        return 0
    click.echo("En av processerna avslutades oväntat, se raderna ovan.", err=True)
    return 1


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
