"""Every address of the application, with something in each of its blanks."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def requests_of(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, path) of every rule and method, HEAD and OPTIONS left out."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, path_of(app, rule)


def path_of(app: Flask, rule: Rule) -> str:
    blanks = {
        name: 1 if isinstance(converter, IntegerConverter) else "x"
        for name, converter in rule._converters.items()
    }
    return app.url_map.bind("localhost").build(rule.endpoint, blanks)
