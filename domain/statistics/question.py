"""What a report is asked for: one frozen value that pages, files, schedules and tests share."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.statistics.period import Basis, Period


@dataclass(frozen=True)
class Question:
    """Empty values ask for everything the reader may count.

    `unit_id` stands for the unit and all below it; 0 for all of the reader's part of the
    organisation. `type_ids` are choices of the field "types" (synpunktstyp). Fault reports
    (process Felanmälan) are left out unless asked for, and so are cases with a secrecy mark,
    which only those who may see them can ask for. `hides_small` prints "<5" for 1 to 4.
    """

    case_type_id: int
    period: Period
    basis: Basis = Basis.RECEIVED
    unit_id: int = 0
    type_ids: tuple[int, ...] = ()
    with_fault_reports: bool = False
    with_secret: bool = False
    hides_small: bool = False

    def year_before(self) -> Question:
        """The same question of the same dates one year before."""
        return replace(self, period=self.period.year_before())
