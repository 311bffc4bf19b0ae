"""No test may talk to another machine: connecting anywhere but to ourselves raises."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any


class ForeignConnection(Exception):
    """Something tried to leave this machine."""


def guard_sockets() -> None:
    """Refuse for the rest of this process. An audit hook cannot be taken away or patched over."""
    sys.addaudithook(_refuse_foreign)


def _refuse_foreign(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in ("socket.connect", "socket.sendto"):
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_own(str(address[0])):
        raise ForeignConnection(f"A test tried to reach {address[0]}.")


def _is_own(host: str) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False
