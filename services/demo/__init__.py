"""The demo: a municipality with both case types, nine accounts and two months of cases."""

from services.demo.loading import ensure_demo, load_demo
from services.demo.people import PASSWORD, USERNAMES
from services.demo.town import load_town

__all__ = ["PASSWORD", "USERNAMES", "ensure_demo", "load_demo", "load_town"]
