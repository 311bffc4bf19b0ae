"""What a change of a case means for its publication. The deeds that change cases call this.

Taking back happens in the transaction of the change itself: there is no moment at which the public
reads what has just become secret.
"""

from __future__ import annotations

from domain.errors import RuleBroken
from domain.layout import CaseTypeLayout
from domain.meanings import Meaning
from domain.permissions import Actor
from domain.publication import LIVE, in_text, never, of_submitter
from domain.text import _
from extensions import db
from models import Case, Publication
from queries.configuration import configuration
from services.publishing.reading import (
    chosen_yes,
    facts_of,
    findings,
    publication_of,
    text_of,
)
from services.publishing.showing import set_choice, take_down

CHOSEN_NO = _("Valet i ärendet är att synpunkten inte ska publiceras.")
REOPENED = _("Ärendet öppnades igen.")
ANSWER_GONE = _("Svaret togs tillbaka.")
NAMED = _("Texten innehåller namn eller kontaktuppgifter till den som lämnade synpunkten.")


def follow_edit(case: Case, layout: CaseTypeLayout, changed: set[str], actor: Actor) -> None:
    """After the case form was saved: the choice of publication, and all that could forbid it.

    Raises RuleBroken when somebody chooses to publish what is never published.
    """
    if "publication" in changed:
        _follow_choice(case, layout, actor)
    follow(case, actor)


def _follow_choice(case: Case, layout: CaseTypeLayout, actor: Actor) -> None:
    if not chosen_yes(case, layout):
        take_down(case, _(CHOSEN_NO), actor=actor)
        return
    for bar in never(facts_of(case)):
        raise RuleBroken(bar.sentence, field="publication")
    begin(case)


def begin(case: Case) -> Publication:
    """A draft, if there is none: from now on it waits to be checked.

    It has no words of its own until somebody saves some, and follows those of the case.
    """
    publication = publication_of(case.id)
    if publication is None:
        publication = Publication(case_id=case.id, state="draft", title="", question="", answer="")
        db.session.add(publication)
    elif publication.state == "withdrawn":
        publication.state, publication.withdrawn_reason = "draft", ""
    db.session.flush()
    return publication


def follow(case: Case, actor: Actor) -> None:
    """Take the publication back when a rule forbids it now."""
    publication = publication_of(case.id)
    if publication is None or publication.state == "withdrawn":
        return
    reason = reason_against(case, publication)
    if reason:
        take_back(case, reason, actor)


def reason_against(case: Case, publication: Publication) -> str:
    """Why the publication may not go on, "" when it may. A draft may still be mended."""
    facts, text = facts_of(case), text_of(case, publication)
    bars = never(facts)
    if publication.state in LIVE:
        bars += in_text(facts, text)
    if bars:
        return bars[0].sentence
    layout = configuration().case_type(case.case_type_id)
    if publication.state in LIVE and layout and of_submitter(findings(case, layout, text)):
        return _(NAMED)
    return ""


def take_back(case: Case, reason: str, actor: Actor) -> bool:
    """Take it back because of `reason`, and the choice to publish with it: it is made anew."""
    if not take_down(case, reason, actor=actor):
        return False
    layout = configuration().case_type(case.case_type_id)
    if layout is not None and chosen_yes(case, layout):
        set_choice(case, layout, None, actor)
    return True


def withdraw_choice(case: Case, actor: Actor) -> None:
    """For deeds after which nothing may be published: the choice goes, and so does what is there.

    The choice goes even when no text was begun.
    """
    follow(case, actor)
    layout = configuration().case_type(case.case_type_id)
    if layout is not None and layout.meaning_of(case.publication_id) == Meaning.PUBLISH_YES:
        set_choice(case, layout, None, actor)
