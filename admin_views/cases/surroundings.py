"""What stands around the form of a case: neighbours in the list, linked cases, the menu Mer."""

from __future__ import annotations

from functools import cached_property

from admin_views.cases.neighbours import carried_list, case_url, neighbours_of
from admin_views.cases.page import CasePage
from domain.case_links import WORDS
from domain.permissions import Permission, can
from queries.case_links import LinkedCase, links_of
from queries.neighbours import Neighbours
from services.cases.links import may_link
from services.cases.moving import may_move, may_recuse
from services.text_context import case_address


class Surroundings:
    """For the templates of the case page; each part is read when it is drawn."""

    words = WORDS

    def __init__(self, page: CasePage) -> None:
        self.page, self.case, self.actor = page, page.case, page.actor

    @cached_property
    def neighbours(self) -> Neighbours:
        return neighbours_of(self.case, self.actor)

    @cached_property
    def links(self) -> list[LinkedCase]:
        return links_of(self.case.id, self.actor)

    @property
    def carried(self) -> str | None:
        """The list in whose order the neighbours stand, for the forms of the page."""
        return carried_list()

    @property
    def may_lock(self) -> bool:
        """Then a step to a neighbour gives the work lock back first."""
        return self.page.may_lock

    @property
    def address(self) -> str:
        """The direct link that can be sent to a colleague."""
        return case_address(self.case.id)

    @property
    def may_copy(self) -> bool:
        return can(self.actor, Permission.CASE_COPY, self.case)

    @property
    def may_link(self) -> bool:
        return may_link(self.case, self.actor)

    @property
    def may_move(self) -> bool:
        return may_move(self.case, self.page.layout, self.actor)

    @property
    def may_recuse(self) -> bool:
        return may_recuse(self.case, self.page.layout, self.actor)

    def case_url(self, number: int) -> str:
        return case_url(number)
