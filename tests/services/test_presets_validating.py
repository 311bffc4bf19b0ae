"""Faults of a preset: every one is named with its file, its place and what to do about it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config import ROOT
from services.presets import PresetFault, check_preset, read_preset


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Hjo's preset to break."""
    return Path(shutil.copytree(ROOT / "presets" / "hjo", tmp_path / "lilleby"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    """The faults without the folder's own path."""
    return [str(fault).removeprefix(f"{folder}/") for fault in check_preset(str(folder))]


def test_an_unbroken_copy_has_no_faults(folder: Path):
    assert faults(folder) == []


def test_a_word_that_does_not_exist_is_answered_with_those_that_do(folder: Path):
    change(folder, "tabs.toml", '\nrequired_when = "save"', '\nrequired_when = "alltid"')
    assert faults(folder) == [
        "tabs.toml, tabs[1].fields[1].required_when: ”alltid” finns inte. "
        "Välj never, save, ready, answer eller close."
    ]


def test_all_faults_of_all_files_come_at_once(folder: Path):
    change(folder, "tabs.toml", 'label = "Filer"', "label = 7")
    change(folder, "choices.toml", '"Fråga",', '"Förslag",')
    change(folder, "case_type.toml", "answer_days = 10", "answer_days = 0")
    with pytest.raises(PresetFault) as refused:
        read_preset(str(folder))
    assert sorted(fault.place for fault in refused.value.faults) == [
        "answer_days", "lists[3].choices[3].label", "phrases[6].choice",
        "tabs[1].fields[2].label",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "says"),
    [
        ("case_type.toml", 'name = "Synpunkt Hjo"', "", "name", "saknas"),
        ("case_type.toml", "answer_days = 10", "svarsdagar = 10", "svarsdagar", "finns inte"),
        ("case_type.toml", "answer_days = 10", "answer_days = true", "answer_days", "heltal"),
        ("case_type.toml", "synpunkten@hjo.example", "hjo", "sender.email", "e-postadress"),
        ("case_type.toml", 'key = "title"', 'key = "rubrik"', "list_columns[2].key", "finns inte"),
        ("case_type.toml", 'key = "id"', 'key = "unit"', "list_columns", "id saknas"),
        ("tabs.toml", 'key = "files"', 'key = "filer"', "tabs[1].fields[2].key", "kind = "),
        ("tabs.toml", 'key = "files"', 'key = "text"', "tabs[1].fields[2].key", "två gånger"),
        ("tabs.toml", 'label = "Filer"', 'label = "Status"', "tabs[1].fields[7].label", "två"),
        ("tabs.toml", 'key = "text"', 'key = "title"', "tabs", "text saknas"),
        ("tabs.toml", "registrar = 3", "chef = 3", "tabs[1].role_positions", "finns inte"),
        ("tabs.toml", 'key = "status"\n', 'key = "status"\nlist = "x"\n',
         "tabs[1].fields[7].list", "finns inte i choices.toml"),
        ("tabs.toml", 'key = "status"\n', 'key = "status"\nlist = "channel"\n',
         "tabs[1].fields[7].list", "hör till ett annat fält"),
        ("tabs.toml", 'key = "status"\n', 'key = "status"\nis_many = true\n',
         "tabs[1].fields[7].is_many", "bara ett värde"),
        ("tabs.toml", 'meaning = "status:answered" }', 'meaning = "type:internal" }',
         "tabs[1].fields[8].visible_when.meaning", "betydelsen"),
        ("tabs.toml", 'field = "status"', 'field = "lage"',
         "tabs[1].fields[8].visible_when.field", "finns inte"),
        ("choices.toml", '"status:new"', '"status:inkommen"',
         "lists[1].choices[1].meaning", "finns inte"),
        ("choices.toml", '"status:acknowledged"', '"status:answered"',
         "lists[1].choices", "Flera val"),
        ("choices.toml", 'aliases = ["Vårdighets', 'aliases = ["Övrigt", "Vårdighets',
         "lists[4].choices[9].aliases", "Övrigt"),
        ("event_templates.toml", '"has_email"', '"har_epost"',
         "templates[1].conditions", "har_epost"),
        ("event_templates.toml", 'purpose = "confirmation"', 'purpose = "hej"',
         "templates[1].purpose", "finns inte"),
        ("event_templates.toml", 'event_kind = "sent_email"', 'event_kind = "note"',
         "templates[1].event_kind", "sent_email"),
        ("event_templates.toml", "{{ lamnare.namn }}", "{{ lamnare.personnummer }}",
         "templates[1].body", "Rad 1"),
        ("event_templates.toml", "Synpunkt mottagen", "{{ arende.nummer",
         "templates[1].subject", "Rad 1"),
        ("public_forms.toml", 'key = "title"', 'key = "status"', "forms[1].fields[2].key", "Välj"),
        ("public_forms.toml", 'key = "text"', 'key = "own_type"', "forms[1].fields", "text"),
        ("public_forms.toml", '"workflow:feedback"', '"workflow:annat"',
         "forms[1].defaults.workflow", "betydelsen"),
        ("public_forms.toml", "{{ kommun.namn }}", "{{ lamnare.namn }}",
         "forms[1].intro", "finns inte"),
        ("organisation.toml", 'parent = "hjo-stab"', 'parent = "hjo-stad"',
         "units[3].parent", "finns inte ovanför"),
        ("organisation.toml", 'unit = "hjo-fritid"', 'unit = "fritid"',
         "positions[2].unit", "finns inte"),
        ("phrases.toml", 'choice = "Beröm"', 'choice = "Ros"', "phrases[2].choice", "finns inte"),
        ("phrases.toml", '"Tack för beröm"', '"Vi beklagar"', "phrases[3].title", "två gånger"),
        ("phrases.toml", 'list = "workflow"', 'list = "status"', "phrases[7].list", "Välj"),
        ("phrases.toml", "Tack för dina", "x" * 6000, "phrases[2].body", "Korta"),
        ("organisation.toml", 'website = "https://', 'website = "', "municipality.website", "http"),
    ],
)  # fmt: skip
def test_each_fault_is_found_at_its_place(
    folder: Path, file: str, old: str, new: str, place: str, says: str
):
    change(folder, file, old, new)
    found = [f for f in check_preset(str(folder)) if f.place == place]
    assert found, faults(folder)
    assert found[0].file.endswith(file)
    assert says in found[0].sentence


def test_a_preset_can_do_without_phrases(folder: Path):
    (folder / "phrases.toml").unlink()
    assert faults(folder) == []
    assert read_preset(str(folder)).phrases == []


def test_a_missing_file_an_unknown_file_and_broken_toml_are_named(folder: Path):
    (folder / "choices.toml").rename(folder / "val.toml")
    (folder / "tabs.toml").write_text("[[tabs", encoding="utf-8")
    said = {line.split(":")[0]: line for line in faults(folder)}
    assert "saknas" in said["choices.toml"]
    assert "choices.toml" in said["val.toml"]
    assert "TOML" in said["tabs.toml"]


def test_a_folder_that_is_not_there_is_answered_with_the_presets_that_are():
    with pytest.raises(PresetFault, match=r"Ange en mapp eller någon av hjo, sodertalje\."):
        check_preset("lilleby")
