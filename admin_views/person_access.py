"""What an administrator does about a person's way in: a link to a password, a lost second factor.

The password itself is never seen and never chosen by anybody but the person.
"""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin_views.base import GuardedView, telling_refusals
from domain.permissions import Permission
from domain.row_ids import row_id
from extensions import db
from models import User
from services.account_mails import mail_factor_reset
from services.password_links import GivenLink, give_link
from services.second_factor import reset_factor
from services.unit_of_work import unit_of_work
from web.session import current_actor


class PersonAccessView(GuardedView, BaseView):
    """The buttons below a person's form (templates/admin/config/_person_access.html)."""

    read_permission = Permission.CONFIG_USERS

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Response:
        """Flask-Admin wants a first page: it is the list of people."""
        return redirect(url_for("users.index_view"))

    @expose("/link", methods=("POST",))
    def link(self) -> Response:
        """Skicka en länk där personen väljer lösenord."""
        person = _wanted()
        with telling_refusals():
            with unit_of_work():
                given = give_link(person, actor=current_actor())
            flash(told(given), "success")
        return _back(person)

    @expose("/reset-factor", methods=("POST",))
    def reset_factor(self) -> Response:
        """Ta bort tvåstegsinloggningen for somebody who lost phone and recovery codes."""
        person = _wanted()
        with telling_refusals():
            with unit_of_work():
                reset_factor(person, actor=current_actor())
                mail_factor_reset(person)
            flash(_("Tvåstegsinloggningen är borttagen och personen är utloggad."), "success")
        return _back(person)


def told(given: GivenLink) -> str:
    """What the administrator reads after a link was made."""
    if given.was_mailed:
        return _("En länk där personen väljer lösenord är skickad.")
    return _(
        "Personen har ingen e-postadress. Lämna över den här länken själv. Den visas bara nu, går "
        "att använda en gång och gäller i sju dygn: %(url)s",
        url=given.url,
    )


def _wanted() -> User:
    number = row_id(request.form.get("id", ""))
    person = db.session.get(User, number) if number else None
    return person if person is not None else abort(404)


def _back(person: User) -> Response:
    return redirect(url_for("users.edit_view", id=person.id))
