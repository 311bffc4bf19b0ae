"""The commands. `./gensvar` lists them; each module registers its own."""

from __future__ import annotations

from flask import Flask

from cli import audit, demo, doctor, presets, search, start, statistics, users, worker

MODULES = (audit, demo, doctor, presets, search, start, statistics, users, worker)


def register(app: Flask) -> None:
    """Add every command to `app`."""
    for module in MODULES:
        module.register(app)
