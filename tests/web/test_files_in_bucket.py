"""The whole way of a file with a bucket instead of a folder, also while the bucket is away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from config import S3Settings
from extensions import db
from models import Attachment
from tests.support.cases import person
from tests.support.client import Client, settle
from tests.support.files import stored, worker_looks
from tests.support.pictures import phone_photo
from tests.support.s3 import keys_in, new_bucket, s3_server
from tests.web.public_site import TEXT, cases, opened, parsed, sent, upload

pytestmark = pytest.mark.usefixtures("app", "town")


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    with s3_server() as url:
        yield url


@pytest.fixture
def bucket(app: Flask, s3_url: str, monkeypatch: pytest.MonkeyPatch) -> S3Settings:
    settings = new_bucket(s3_url)
    use(app, monkeypatch, s3=settings)
    return settings


def use(app: Flask, monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    """Run on with other settings, as another process on another machine would."""
    monkeypatch.setitem(app.extensions, "gensvar", replace(app.extensions["gensvar"], **changed))


def test_what_one_machine_took_in_another_hands_out(
    client: Client, app: Flask, bucket: S3Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    photo = phone_photo()
    assert sent(client, "hjo", opened(client), files=upload("ö.jpg", photo)).status_code == 303
    use(app, monkeypatch, data_dir=tmp_path)
    worker_looks()

    file = db.session.scalars(db.select(Attachment)).one()
    row = stored(file)
    client.login("registrator.hjo")
    address = f"/admin/case/do/{file.case_id}/file/{file.public_id}"

    assert client.get(address).data == photo
    assert client.get(f"{address}/thumbnail").mimetype == "image/jpeg"
    names = {key.rpartition("/")[2] for key in keys_in(bucket)}
    assert names == {row.sha256, row.copy_sha256, row.thumbnail_sha256}
    assert list(tmp_path.iterdir()) == []


def test_while_the_bucket_is_away_the_text_stays_and_goes_without_files(
    client: Client, app: Flask, bucket: S3Settings, monkeypatch: pytest.MonkeyPatch
):
    use(app, monkeypatch, s3=replace(bucket, bucket="finns-inte"))
    hidden = opened(client)

    answer = sent(client, "hjo", hidden, files=upload("bild.png"))

    page = parsed(answer)
    assert answer.status_code == 422
    assert (
        "Vi kan inte ta emot filer just nu. Filen bild.png"
        in page.one("div", id="error-summary").text
    )
    assert page.one("textarea", name="f_text").text.strip() == TEXT
    assert sent(client, "hjo", hidden).status_code == 303
    assert cases()[0].attachments == []


def test_doctor_tells_a_bucket_that_cannot_be_used_and_a_scanner_that_is_away(
    app: Flask, bucket: S3Settings, monkeypatch: pytest.MonkeyPatch
):
    assert person("admin")
    settle()
    doctor = app.test_cli_runner().invoke(args=["doctor"])
    assert (doctor.exit_code, doctor.output) == (0, "Allt i ordning.\n")

    lost = replace(bucket, bucket="finns-inte")
    use(app, monkeypatch, s3=lost, clamd="unix:///finns/inte.ctl")
    doctor = app.test_cli_runner().invoke(args=["doctor"])

    assert doctor.exit_code == 1
    assert "Fillagret går inte att använda" in doctor.output
    assert "GENSVAR_FILES_URL" in doctor.output
    assert "ClamAV svarar inte på unix:///finns/inte.ctl" in doctor.output
    assert "hemlighet" not in doctor.output
