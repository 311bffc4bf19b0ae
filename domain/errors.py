"""Errors a person can understand. Everything else is a bug and must surface as a 500."""

from __future__ import annotations

from domain.text import _


class DomainError(Exception):
    """A rule said no. `sentence` is Swedish, marked for translation; `values` fill its blanks."""

    status = 422

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return self.sentence % self.values if self.values else self.sentence


class NotAllowed(DomainError):
    """The actor lacks the permission, and may know that the thing exists."""

    status = 403

    def __init__(self, sentence: str = _("Du har inte behörighet att göra det här.")) -> None:
        super().__init__(sentence)


class RuleBroken(DomainError):
    """A rule of the case's workflow was broken. `field` names the field to mend, if one."""

    def __init__(self, sentence: str, *, field: str = "", **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


class ChangedMeanwhile(DomainError):
    """Somebody else saved first."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Någon annan sparade ärendet medan du skrev. Din text finns kvar här nedanför, "
                "med det sparade värdet intill. Ändra det som behövs och spara igen."
            )
        )


class CaseLocked(DomainError):
    """Somebody else holds the work lock, or the same person in another tab."""

    status = 409
