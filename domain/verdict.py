"""An answer with its reason: the greyed button, the error and the test use the same one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """True or False, and for False a Swedish sentence that says why.

    `field` names the field of the case whose filling would make it True, if one would.
    """

    ok: bool
    reason: str = ""
    field: str = ""

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(True)
