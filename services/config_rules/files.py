"""Rules of System → Filer: which files are taken in, how many, and how large."""

from __future__ import annotations

from domain.file_policy import MOST_COUNT, MOST_EACH, MOST_MAILED, MOST_TOGETHER
from domain.file_types import KINDS
from domain.text import _
from models import Municipality
from services.config_rules.common import check_all_known, need

LIMITS = {
    "file_count": MOST_COUNT,
    "file_megabytes": MOST_EACH,
    "file_total_megabytes": MOST_TOGETHER,
    "mail_megabytes": MOST_MAILED,
}


def check_files(row: Municipality) -> None:
    """Some kind of file is taken in, and all together may be as large as a single one."""
    need(row.file_endings, "file_endings", _("Kryssa i minst en filtyp."))
    check_all_known(row, "file_endings", KINDS)
    for field, most in LIMITS.items():
        sentence = _("Skriv ett heltal från %(low)s till %(high)s.")
        need(1 <= getattr(row, field) <= most, field, sentence, low=1, high=most)
    fits = row.file_megabytes <= row.file_total_megabytes
    sentence = _("Alla filer tillsammans måste få vara minst lika stora som en fil.")
    need(fits, "file_total_megabytes", sentence)
