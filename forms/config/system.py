"""Forms of the municipality's own row and of its days off."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FileField, RadioField
from wtforms.validators import InputRequired, Length

from domain.accessibility import STATUS_WORDS
from domain.locks import LOCK_MINUTES
from forms.config_fields import ConfigForm, NumberField, needed, options
from forms.fields import AreaField, DayField, LineField

_COLOUR_HELP = _("Skriv som #rrggbb, till exempel #0b5563. Tomt: Gensvars egen färg.")


class MunicipalityForm(ConfigForm):
    """Names, numbers and links that pages, mails and letters use."""

    columns = (
        "name", "service", "phone", "urgent_phone", "address", "website", "organisation_number",
        "data_protection_officer", "data_protection_email", "retention_text",
        "fault_report_link", "appeal_link", "whistleblower_link", "lock_minutes",
        "public_logo_alt", "main_colour", "accent_colour", "embed_origins",
        "accessibility_status", "accessibility_faults", "accessibility_tested",
        "accessibility_email",
    )  # fmt: skip
    locked = ()
    shown_at: ClassVar[dict[str, str]] = {
        "public_logo_sha256": "logo", "public_logo_type": "logo",
    }  # fmt: skip

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
    logo = FileField(
        _("Logotyp på invånarnas sidor"),
        description=_("PNG eller JPEG, högst 1 MB. Visas överst, bredvid kommunens namn."),
        render_kw={"accept": ".png,.jpg,.jpeg"},
    )
    remove_logo = BooleanField(_("Ta bort logotypen"))
    public_logo_alt = LineField(
        _("Vad logotypen föreställer"),
        [Length(max=200)],
        description=_("Läses upp för den som inte ser bilden, till exempel Kommunvapen."),
    )
    main_colour = LineField(_("Huvudfärg"), [Length(max=7)], description=_COLOUR_HELP)
    accent_colour = LineField(
        _("Accentfärg, för länkar"), [Length(max=7)], description=_COLOUR_HELP
    )
    embed_origins = AreaField(
        _("Webbplatser som får bädda in formulär"),
        [Length(max=2_000)],
        description=_(
            "En webbplats per rad, till exempel https://www.kommunen.se. Koden att klistra in "
            "står hos varje formulär under Länk och QR-kod. Tomt: ingen får bädda in."
        ),
        render_kw={"rows": 3},
    )
    accessibility_status = RadioField(
        _("Tillgänglighet enligt lagen"), choices=lambda: options(STATUS_WORDS), default=""
    )
    accessibility_faults = AreaField(
        _("Det som inte är tillgängligt"),
        [Length(max=5_000)],
        description=_("Vad som brister och varför, och när det ska vara rättat."),
        render_kw={"rows": 4},
    )
    accessibility_tested = LineField(_("Hur och när sidorna granskades"), [Length(max=300)])
    accessibility_email = LineField(
        _("E-post för brister i tillgänglighet"),
        [Length(max=254)],
        description=_("Tomt: Rapportera brist leder till formuläret."),
    )

    def __init__(self, obj: Any = None, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        if obj is not None and not obj.public_logo_sha256:
            del self.remove_logo

    def values(self) -> dict[str, Any]:
        found = super().values()
        for name in ("main_colour", "accent_colour"):
            found[name] = (found[name] or "").strip().lower()
        return found


class ClosedDayForm(ConfigForm):
    """A day that is no working day here."""

    columns = ("day", "name")
    locked = ()

    day = DayField(_("Dag"), [InputRequired(_("Skriv dagen som åååå-mm-dd."))])
    name = LineField(_("Namn"), [needed(), Length(max=120)])
