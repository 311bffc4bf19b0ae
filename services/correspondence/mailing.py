"""What a mail will be when it leaves: its text, and whether its files go with it.

Sending and Förhandsgranska both ask here, so that what is shown is what is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import RuleBroken
from domain.file_types import megabytes
from domain.layout import EventTemplateItem
from domain.richtext import clean_html, html_to_text, text_to_html
from domain.text import _
from extensions import current_settings
from models import Case
from queries.configuration import configuration
from queries.public_case import SHOWN_PURPOSES
from services.correspondence.drafting import Draft
from services.link_seals import HIDDEN_TOKEN, hide_links
from services.mail_files import NamedFile, mail_files
from services.text_context import is_sensitive


@dataclass(frozen=True)
class Outgoing:
    """The parts of a mail. The citizen's link and code are still hidden in `html`."""

    html: str
    files: tuple[NamedFile, ...]

    @property
    def text(self) -> str:
        """The text part."""
        return html_to_text(self.html)


def outgoing(
    case: Case, template: EventTemplateItem, mail: Draft, files: Sequence[NamedFile]
) -> Outgoing:
    """What leaves. Files of a sensitive case (JO 1376-2013), and more than mail servers take, are
    announced and fetched on the reply page.

    Raises RuleBroken when they cannot be fetched there either, or may not leave at all.
    """
    body = hide_links(clean_html(mail.body), case.id)
    size = sum(file.size for file in mail_files(files))
    if not files or (size <= _limit() and not is_sensitive(case)):
        return Outgoing(body, tuple(files))
    if not _reads_reply_page(template, mail):
        raise RuleBroken(_refusal(case), field="files", limit=megabytes(_limit()))
    return Outgoing(body + _announcement(body, len(files)), ())


def _reads_reply_page(template: EventTemplateItem, mail: Draft) -> bool:
    is_shown = template.purpose in SHOWN_PURPOSES and template.recipient == "submitter"
    return is_shown and not mail.goes_elsewhere


def _limit() -> int:
    return configuration().file_policy.mailed


def _refusal(case: Case) -> str:
    if is_sensitive(case):
        return _(
            "Ärendet är känsligt, så filer får inte följa med i mejl. Ta bort filerna, eller "
            "skicka till synpunktslämnaren, som kan hämta dem på sin svarssida."
        )
    return _("Filerna är större än %(limit)s tillsammans och ryms inte i ett mejl. Ta bort någon.")


def _announcement(body: str, count: int) -> str:
    """A sentence, and the address when the mail does not name it."""
    if count == 1:
        sentence = _("Med svaret följer en fil. Du hämtar den på din svarssida.")
    else:
        sentence = _("Med svaret följer %(count)s filer. Du hämtar dem på din svarssida.")
    lines = [sentence % {"count": count} if "%" in sentence else sentence]
    if f"/svar/{HIDDEN_TOKEN}" not in body:
        lines.append(f"{current_settings().base_url}/svar/{HIDDEN_TOKEN}")
    return text_to_html("\n".join(lines))
