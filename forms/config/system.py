"""Forms of the municipality's own row and of its days off."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired, Length

from domain.locks import LOCK_MINUTES
from forms.config_fields import ConfigForm, NumberField, needed
from forms.fields import AreaField, DayField, LineField


class MunicipalityForm(ConfigForm):
    """Names, numbers and links that pages, mails and letters use."""

    columns = (
        "name", "service", "phone", "urgent_phone", "address", "website", "organisation_number",
        "data_protection_officer", "data_protection_email", "retention_text",
        "fault_report_link", "appeal_link", "whistleblower_link", "lock_minutes",
    )  # fmt: skip
    locked = ()

    name = LineField(_("Kommunens namn"), [needed(), Length(max=120)])
    service = LineField(_("Namn på tjänsten"), [Length(max=120)])
    phone = LineField(_("Telefon"), [Length(max=60)])
    urgent_phone = LineField(_("Telefon när det är bråttom"), [Length(max=60)])
    address = LineField(_("Postadress"), [Length(max=200)])
    website = LineField(_("Webbplats"), [Length(max=200)])
    organisation_number = LineField(_("Organisationsnummer"), [Length(max=20)])
    data_protection_officer = LineField(_("Dataskyddsombud"), [Length(max=120)])
    data_protection_email = LineField(_("Dataskyddsombudets e-post"), [Length(max=254)])
    retention_text = AreaField(
        _("Hur länge uppgifter sparas"), [Length(max=5_000)], render_kw={"rows": 4}
    )
    fault_report_link = LineField(_("Länk till felanmälan"), [Length(max=300)])
    appeal_link = LineField(_("Länk till att överklaga"), [Length(max=300)])
    whistleblower_link = LineField(_("Länk till visselblåsning"), [Length(max=300)])
    lock_minutes = NumberField(
        _("Arbetslås, minuter"),
        *LOCK_MINUTES,
        empty=15,
        description=_("Så länge efter den senaste aktiviteten behåller någon arbetslåset."),
    )


class ClosedDayForm(ConfigForm):
    """A day that is no working day here."""

    columns = ("day", "name")
    locked = ()

    day = DayField(_("Dag"), [InputRequired(_("Skriv dagen som åååå-mm-dd."))])
    name = LineField(_("Namn"), [needed(), Length(max=120)])
