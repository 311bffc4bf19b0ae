"""Förhandsgranska: a template filled in as the form holds it now, saving nothing."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from admin_views.event_templates import previewing
from domain.permissions import Role
from extensions import db
from models import EventTemplate, Municipality, RoleAssignment, User
from services.secret_links import current_link
from tests.support.cases import SODERTALJE, new_case, person, unit_id
from tests.support.config import fill_in
from tests.support.fingerprint import everything
from tests.support.forms import form_data
from tests.web.template_pages import preview, template, template_url

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture(autouse=True)
def administrator(client):
    return client.login("admin")


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """On a busy machine the first letter takes longer than a request would wait."""
    monkeypatch.setattr(previewing, "PATIENCE_SECONDS", 30)


@pytest.fixture
def both_roles(client):
    """An administrator who also registers: sees Hjo's cases, and may change templates."""
    give("registrator.hjo", Role.ADMINISTRATOR, "Kommunförvaltningen")
    return client.login("registrator.hjo")


def give(username: str, role: Role, unit: str) -> User:
    user = person(username)
    user.assignments.append(RoleAssignment(role=role, unit_id=unit_id(unit)))
    db.session.commit()
    return user


def paper(answer) -> str:
    """What stands on the previewed page."""
    text = answer.text
    start = text.index('id="preview"')
    return text[start : text.index("</section>", start)]


def test_the_unsaved_text_is_shown_filled_in_with_a_made_up_case(client):
    answer = preview(
        client, subject="Ämne {{ arende.nummer }}", body="Hej {{ lamnare.namn }}!\n\n- ett\n- två"
    )
    assert answer.status_code == 200
    shown = paper(answer)
    assert "Exempelärende" in shown
    assert "Ämne 1234" in shown
    assert "Hjo kommun (synpunkten@hjo.example)" in shown
    assert "<p>Hej Exempla Exempelsson!</p><ul><li>ett</li><li>två</li></ul>" in shown
    assert "Hej Exempla Exempelsson!\n\n- ett\n- två" in shown


def test_what_was_typed_stays_in_the_form(client):
    answer = preview(client, subject="Osparat ämne", body="Osparad text")
    assert 'value="Osparat ämne"' in answer.text
    assert ">Osparad text</textarea>" in answer.text.replace("\r\n", "")
    assert 'data-guard="dirty"' in answer.text


@pytest.mark.row("H14")
def test_a_preview_changes_no_row_at_all(client, both_roles):
    case = new_case(unit=unit_id("Fritid"))
    before = everything()
    for key in ("confirmation-email", "confirmation-letter"):
        for deed in ("preview", "preview-pdf"):
            given = {"subject": "Osparat", "body": "{{ arende.text }} {{ lank.svarssida }}"}
            assert preview(client, key, deed, **given).status_code == 200
            assert preview(client, key, deed, preview_case=case.id, **given).status_code == 200
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("body", "Hej\n\n{{ arende.hemligt }}", "Rad 3: {{ arende.hemligt }} finns inte."),
        ("subject", "{% for x in y %}{% endfor %}", "Rad 1: "),
        ("subject", "", "Ett mejl behöver ett ämne."),
    ],
)
def test_a_text_that_cannot_be_filled_in_is_told_at_its_field_with_the_line(
    client, field, text, sentence
):
    answer = preview(client, **{field: text})
    assert answer.status_code == 422
    error = answer.text[answer.text.index(f'id="{field}-error"') :].split("</div>")[0]
    assert sentence in error
    assert 'id="preview"' not in answer.text


def test_every_template_of_both_presets_can_be_previewed(client):
    for row in list(db.session.scalars(db.select(EventTemplate))):
        answer = fill_in(client, f"/admin/event-templates/edit/?id={row.id}", _do="preview")
        assert answer.status_code == 200, row.key
        assert "{{" not in paper(answer), row.key


def test_a_new_template_can_be_previewed_before_it_exists(client):
    given = {
        "label": "Ny", "key": "ny", "subject": "S", "kind": "email", "event_kind": "sent_email",
        "body": "Hej {{ kommun.namn }}", "_do": "preview",
    }  # fmt: skip
    answer = fill_in(client, "/admin/event-templates/new/?case_type=synpunkt-hjo", **given)
    assert answer.status_code == 200
    assert "<p>Hej Demokommunen</p>" in paper(answer)


def test_an_administrator_sees_no_case_whatever_number_is_sent(client):
    case = new_case(text="KANARIE", submitter_name="Kanarie Fågel")
    assert "Fyll i med ärende-ID" not in client.get(template_url()).text
    answer = preview(client, body="{{ arende.text }} {{ lamnare.namn }}", preview_case=case.id)
    assert "KANARIE" not in answer.text
    assert "Kanarie Fågel" not in answer.text
    assert "Exempelärende" in paper(answer)


def test_who_sees_cases_may_fill_the_text_in_with_one(client, both_roles):
    assert "Fyll i med ärende-ID" in client.get(template_url()).text
    case = new_case(text="Gungan är trasig.")
    answer = preview(client, body="{{ arende.text }}", preview_case=str(case.id))
    assert f"Ärende {case.id}" in paper(answer)
    assert "<p>Gungan är trasig.</p>" in paper(answer)
    assert "Exempelärende" in paper(preview(client, body="Hej"))


def test_the_citizens_link_and_code_are_never_shown(client, both_roles):
    case = new_case()
    link = current_link(case)
    answer = preview(client, body="{{ lank.svarssida }} {{ arende.kod }}", preview_case=case.id)
    assert link.token not in answer.text
    assert link.code not in answer.text
    assert "/svar/dold" in answer.text


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "9999", "99999999999999999999"])
def test_a_case_that_may_not_be_seen_or_is_none_is_told_at_the_field(client, both_roles, number):
    answer = preview(client, preview_case=number)
    assert answer.status_code == 422
    assert "Ärendet finns inte, eller så får du inte se det." in answer.text


def test_a_case_of_another_type_is_refused(client):
    give("strateg.omsorg", Role.ADMINISTRATOR, "Kommunförvaltningen")
    client.login("strateg.omsorg")
    case = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    answer = preview(client, preview_case=case.id)
    assert answer.status_code == 422
    assert "hör till en annan ärendetyp" in answer.text


@pytest.mark.parametrize("also", [None, Role.ASSISTANT])
def test_who_may_read_a_case_but_not_its_submitter_cannot_preview_on_it(client, also):
    """The assistant sees other cases, and so has the field."""
    give("lasare.omsorg", Role.ADMINISTRATOR, "Kommunförvaltningen")
    if also:
        give("lasare.omsorg", also, "Hemtjänst")
    case = new_case(SODERTALJE, unit=unit_id("Hemtjänst"), submitter_name="Kanarie Fågel")
    own = db.session.scalars(
        db.select(EventTemplate).filter_by(case_type_id=case.case_type_id, kind="email")
    ).first()
    client.login("lasare.omsorg")
    url = f"/admin/event-templates/edit/?id={own.id}"
    given = {"preview_case": case.id, "body": "{{ lamnare.namn }}", "_do": "preview"}
    answer = fill_in(client, url, **given)
    assert answer.status_code == (422 if also else 200)
    assert "Kanarie Fågel" not in answer.text


def test_hostile_values_of_a_case_stay_text(client, both_roles):
    case = new_case(text="<script>alert(1)</script>", submitter_name="<b>Berit</b>")
    shown = paper(
        preview(client, body="{{ lamnare.namn }} {{ arende.text }}", preview_case=case.id)
    )
    assert "<script" not in shown
    assert "&lt;b&gt;Berit" in shown


@pytest.mark.row("H16")
def test_a_letter_is_previewed_as_pdf_with_the_address_in_its_place(client):
    given = {"subject": "Osparad titel", "body": "Hej {{ lamnare.namn }}!"}
    shown = paper(preview(client, "confirmation-letter", **given))
    assert re.search(r"Adress i fönstret.*Exempelgatan 1", shown, re.DOTALL)
    assert "Visa som PDF" in shown
    answer = preview(client, "confirmation-letter", "preview-pdf", **given)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("inline")
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    for part in ("Osparad titel", "Hej Exempla Exempelsson!", "Exempelgatan 1", "1234"):
        assert part in text


def test_files_follow_a_template_until_they_are_taken_away(client):
    answer = send_file(client, "följeblad åäö.pdf", PDF, subject="Osparat")
    assert answer.status_code == 200
    assert "följeblad åäö.pdf" in answer.text
    assert 'value="Osparat"' in answer.text
    assert template().subject != "Osparat"
    href = re.search(r'href="([^"]*/file/[^"]*)"', answer.text)[1].replace("&amp;", "&")
    got = client.get(href)
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    public_id = re.search(r'name="_remove_file" value="([^"]+)"', answer.text)[1]
    after = fill_in(client, template_url(), _remove_file=public_id)
    assert (
        "följeblad" not in after.text[after.text.index('id="part-files"') :].split("</section>")[0]
    )
    assert client.get(href).status_code == 404


def test_files_are_added_with_spara_too(client):
    assert send_file(client, "broschyr.pdf", PDF, _do="save").status_code == 302
    assert "broschyr.pdf" in client.get(template_url()).text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.exe", b"MZ", "av en typ som vi inte tar emot"),
        ("falsk.pdf", b"ingen pdf", "går inte att läsa som en pdf-fil"),
        ("tom.pdf", b"", "är tom"),
        ("", b"", "Välj en fil först."),
    ],
)
def test_a_file_that_is_refused_is_told_at_its_field_and_the_text_is_kept(
    client, name, content, sentence
):
    answer = send_file(client, name, content, subject="Osparat")
    assert answer.status_code == 422
    assert sentence in answer.text[answer.text.index('id="files-error"') :].split("</div>")[0]
    assert 'value="Osparat"' in answer.text


def test_a_file_of_another_template_is_out_of_reach(client):
    page = send_file(client, "broschyr.pdf", PDF).text
    public_id = re.search(r'name="_remove_file" value="([^"]+)"', page)[1]
    other = template("answer-email").id
    answer = client.get(f"/admin/event-templates/file/?id={other}&file={public_id}")
    assert answer.status_code == 404
    fill_in(client, f"/admin/event-templates/edit/?id={other}", _remove_file=public_id)
    assert "broschyr.pdf" in client.get(template_url()).text


def test_the_files_of_a_template_must_fit_into_a_mail(client):
    db.session.get(Municipality, 1).mail_megabytes = 1
    db.session.commit()
    big = PDF + b"0" * 400_000
    for number in (1, 2):
        assert send_file(client, f"{number}.pdf", big + b"%d" % number).status_code == 200
    answer = send_file(client, "3.pdf", big + b"3")
    assert answer.status_code == 422
    assert "annars ryms de inte i ett mejl" in answer.text


PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def send_file(client, name, content, **changes):
    """Choose one file on the template's page and press Lägg till nu."""
    data = {**form_data(client.get(template_url()).text, "config-form"), "_do": "files", **changes}
    data["files"] = [(io.BytesIO(content), name)]
    return client.post(template_url(), data=data, content_type="multipart/form-data")
