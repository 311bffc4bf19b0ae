"""Loading presets: by key, again and again, two in one installation, all or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config import ROOT
from domain.errors import NotAllowed, RuleBroken
from domain.permissions import SYSTEM
from extensions import db
from models import (
    AuditEntry,
    Base,
    CaseType,
    Choice,
    ChoiceList,
    EventTemplate,
    Field,
    Municipality,
    PublicForm,
    PublicFormField,
    Tab,
    Unit,
)
from queries.configuration import configuration
from services.config_rules import check
from services.presets import PresetFault, load_preset
from tests.support.cases import HJO, SODERTALJE, actor, choice, layout, new_case

pytestmark = pytest.mark.usefixtures("app")
TABLES: tuple[type[Base], ...] = (
    CaseType, Tab, Field, ChoiceList, Choice, EventTemplate, PublicForm, PublicFormField,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Hjo's preset to change."""
    return Path(shutil.copytree(ROOT / "presets" / "hjo", tmp_path / "hjo"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row of the configuration, as stored."""
    return {
        model.__tablename__: [
            dict(row._mapping)
            for row in db.session.execute(
                select(*model.__table__.columns).order_by(model.__table__.c.id)
            )
        ]
        for model in (*TABLES, Municipality, Unit)
    }


@pytest.mark.parametrize("name", ["hjo", "sodertalje"])
def test_what_is_loaded_obeys_the_rules_of_the_configuration_pages(name: str):
    load_preset(name, actor=SYSTEM)
    for model in (*TABLES, Municipality):
        for row in db.session.scalars(select(model)):
            check(row)


def test_loading_again_changes_nothing():
    load_preset("hjo", actor=SYSTEM)
    before = rows()
    load_preset("hjo", actor=SYSTEM)
    assert rows() == before


def test_both_presets_share_one_tree():
    load_preset("hjo", actor=SYSTEM)
    load_preset("sodertalje", actor=SYSTEM)
    db.session.commit()
    units = {unit.name: unit for unit in configuration().units}
    assert [u.name for u in configuration().units if u.depth == 0] == ["Hjo kommun"]
    assert [u.name for u in configuration().units if u.depth == 1] == [
        "Kommunförvaltningen", "Omsorgskontoret", "Socialkontoret",
    ]  # fmt: skip
    assert units["Kansli"].path.startswith(units["Stab"].path)
    assert configuration().municipality["name"] == "Hjo kommun"
    assert [t.key for t in configuration().case_types] == [HJO, SODERTALJE]


def test_the_load_is_written_in_the_log_and_counted():
    loaded = load_preset("sodertalje", actor=SYSTEM)
    db.session.commit()
    entry = db.session.scalars(select(AuditEntry).filter_by(action="preset.loaded")).one()
    assert (entry.actor_name, entry.new["preset"]) == ("Systemet", "sodertalje")
    assert entry.new["public_forms"] == loaded.counts["public_forms"] == 2


def test_an_older_spelling_becomes_the_new_one_and_cases_keep_it(folder: Path):
    load_preset("hjo", actor=SYSTEM)
    slip = db.session.scalars(
        select(Choice).filter_by(label="Värdighetsgaranti (Vård och omsorg)")
    ).one()
    slip.label = "Vårdighetsgaranti (Vård och omsorg)"
    db.session.flush()
    load_preset("hjo", actor=SYSTEM)
    assert slip.label == "Värdighetsgaranti (Vård och omsorg)"


@pytest.mark.usefixtures("town")
def test_a_choice_that_is_gone_stays_on_its_cases_but_is_offered_no_more(folder: Path):
    taken = choice(HJO, "types", "Beröm")
    case = new_case(types=[taken])
    change(folder, "choices.toml", '    { label = "Beröm", meaning = "type:praise" },\n', "")
    (folder / "phrases.toml").unlink()
    load_preset(str(folder), actor=SYSTEM)
    db.session.commit()
    assert case.choice_ids("types") == [taken]
    item = layout(HJO).choice(taken)
    assert item is not None
    assert not item.is_active


def test_a_field_that_moves_takes_its_row_along(folder: Path):
    load_preset("hjo", actor=SYSTEM)
    before = db.session.scalars(select(Field).filter_by(key="keywords")).one().id
    text = (folder / "tabs.toml").read_text(encoding="utf-8")
    block = text[text.index('[[tabs.fields]]\nkey = "keywords"') :]
    block = block[: block.index("\n\n") + 2]
    text = text.replace(block, "").rstrip("\n") + "\n\n" + block
    (folder / "tabs.toml").write_text(text, encoding="utf-8")
    load_preset(str(folder), actor=SYSTEM)
    moved = db.session.scalars(select(Field).filter_by(key="keywords")).one()
    assert (moved.id, moved.tab.label, moved.position) == (before, "Synpunktslämnaren", 6)


def test_what_the_preset_no_longer_has_goes_or_rests(folder: Path):
    load_preset("hjo", actor=SYSTEM)
    own = Field(
        case_type_id=1, tab_id=1, key="dnr", kind="line", label="Dnr", position=99,
    )  # fmt: skip
    db.session.add(own)
    db.session.flush()
    change(
        folder, "tabs.toml", '[[tabs.fields]]\nkey = "received_by"', '[[tabs.fields]]\nkey = "x"'
    )
    change(folder, "tabs.toml", 'label = "Togs emot av"', 'label = "Togs emot av"\nkind = "line"')
    change(folder, "event_templates.toml", 'key = "note"', 'key = "remark"')
    change(folder, "public_forms.toml", 'slug = "hjo"', 'slug = "ny"')
    load_preset(str(folder), actor=SYSTEM)
    keys = set(db.session.scalars(select(Field.key)))
    assert "received_by" not in keys
    assert {"x", "dnr"} <= keys
    gone = db.session.scalars(select(EventTemplate).filter_by(key="note")).one()
    assert not gone.is_active
    closed = db.session.scalars(select(PublicForm).filter_by(slug="hjo")).one()
    assert not closed.is_active


def test_a_unit_that_moves_takes_its_subtree_along(folder: Path):
    load_preset("hjo", actor=SYSTEM)
    change(
        folder, "organisation.toml",
        'kind = "area"\nparent = "hjo-kommunforvaltningen"', 'kind = "area"',
    )  # fmt: skip
    load_preset(str(folder), actor=SYSTEM)
    office = db.session.scalars(select(Unit).filter_by(key="hjo-kansli")).one()
    staff = db.session.scalars(select(Unit).filter_by(key="hjo-stab")).one()
    root = db.session.scalars(select(Unit).filter_by(key="kommunen")).one()
    assert staff.path == f"{root.path}{staff.id}/"
    assert office.path == f"{staff.path}{office.id}/"


def test_a_preset_with_faults_changes_nothing(folder: Path):
    change(folder, "choices.toml", '"status:new"', '"status:ny"')
    with pytest.raises(PresetFault, match=r"lists\[1\]\.choices\[1\]\.meaning"):
        load_preset(str(folder), actor=SYSTEM)
    assert db.session.scalar(select(func.count(CaseType.id))) == 0


def test_an_address_that_another_case_type_uses_is_refused(folder: Path):
    load_preset("hjo", actor=SYSTEM)
    change(folder, "case_type.toml", 'key = "synpunkt-hjo"', 'key = "synpunkt-ny"')
    with pytest.raises(RuleBroken, match="hjo används redan"):
        load_preset(str(folder), actor=SYSTEM)


@pytest.mark.usefixtures("town")
def test_only_who_may_configure_case_types_loads():
    with pytest.raises(NotAllowed):
        load_preset("hjo", actor=actor("chef.hjo"))
    assert load_preset("hjo", actor=actor("admin")).name == "Synpunkt Hjo"
