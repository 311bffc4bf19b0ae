"""Documents that take longer than a request may last: queued, made by a worker, kept for a day."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from cli.document_work import make_next_document
from cli.worker import Worker
from domain.clock import as_of
from domain.documents import Document
from domain.errors import RuleBroken
from extensions import current_settings, db
from models import RenderJob, utcnow
from services.attachments import file_store
from services.documents import jobs
from services.documents.rendering import pdf_of
from services.file_purging import used_among
from tests.support.papers import SETTINGS, letter, text_of

HASTE = 0.001


def queued(document: Document | None = None) -> RenderJob:
    """The job of a document that was asked for by somebody without any patience."""
    before = set(db.session.scalars(select(RenderJob.key)))
    assert pdf_of(document or letter(), patience=HASTE) is None
    db.session.commit()
    new = set(db.session.scalars(select(RenderJob.key))) - before
    job = row(new.pop())
    db.session.expunge(job)
    db.session.rollback()
    return job


def row(key: str) -> RenderJob:
    db.session.rollback()
    found = db.session.get(RenderJob, key, populate_existing=True)
    assert found is not None
    return found


def fail_once() -> bool:
    """A worker takes the next job and fails. False when the claim was lost meanwhile."""
    job = jobs.claim_due(utcnow())
    assert job is not None
    result, problem = jobs.make(job, seconds=HASTE)
    assert result is None
    written = jobs.finish(job, result, problem, utcnow())
    db.session.commit()
    return written


def test_what_takes_too_long_is_made_by_the_worker_and_found_by_the_next_call(app: Flask):
    job = queued()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert pdf_of(letter(), patience=30) is None  # it waits for the worker now
    assert make_next_document()
    assert not make_next_document()
    assert row(job.key).state == "done"
    assert "Berit Ek" in text_of(pdf_of(letter(), patience=HASTE))


def test_the_workers_pdf_holds_what_the_quick_one_does(app: Flask):
    quick = pdf_of(letter(), patience=30)
    queued()
    make_next_document()
    assert text_of(pdf_of(letter())) == text_of(quick)


def test_asking_twice_is_asking_once(app: Flask):
    queued()
    assert pdf_of(letter(), patience=HASTE) is None
    jobs.queue(jobs.key_of([letter()]), [letter()])
    db.session.commit()
    assert len(db.session.scalars(select(RenderJob)).all()) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"body": "<div>annat</div>"},
        {"title": "Annat"},
        {"address": ()},
        {"date": "23 november 2026"},
        {"is_ours": True},
        {"settings": replace(SETTINGS, left_mm=20)},
        {"settings": replace(SETTINGS, logo_sha256="0" * 64)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_document_has_another_key(app: Flask, change: dict[str, object]):
    assert jobs.key_of([letter()]) != jobs.key_of([letter(**change)])


def test_a_document_that_fails_three_times_is_given_up_with_a_sentence(app: Flask):
    job = queued()
    moment = utcnow()
    for tries in (1, 2, 3):
        with as_of(moment):
            assert fail_once()
            assert jobs.claim_due(utcnow()) is None  # it rests
            db.session.commit()
        moment += timedelta(seconds=10)
        assert row(job.key).state == ("failed" if tries == 3 else "waiting")
        assert "TookTooLong" in row(job.key).error
    with pytest.raises(RuleBroken, match="Word i stället"):
        pdf_of(letter())
    with as_of(moment):
        assert not make_next_document()


def test_a_job_whose_worker_died_goes_to_another_and_the_dead_ones_word_counts_no_more(app: Flask):
    job = queued()
    lost = jobs.claim_due(utcnow())
    db.session.commit()
    assert lost is not None
    assert not make_next_document()
    with as_of(utcnow() + jobs.LEASE + timedelta(seconds=1)):
        assert make_next_document()
    assert not jobs.finish(lost, None, "late", utcnow())
    db.session.commit()
    assert (row(job.key).state, row(job.key).attempts, row(job.key).error) == ("done", 2, "")


def test_a_document_that_kills_its_worker_three_times_is_left_alone(app: Flask):
    job = queued()
    moment = utcnow()
    for _try in range(jobs.MOST_TRIES):
        assert jobs.claim_due(moment) is not None
        db.session.commit()
        moment += jobs.LEASE + timedelta(seconds=1)
    assert jobs.claim_due(moment) is None
    db.session.commit()
    assert row(job.key).state == "failed"


def test_two_workers_make_each_document_once(app: Flask):
    keys = [queued(letter(title=f"Brev {number}")).key for number in range(8)]
    made: list[int] = []

    def work() -> None:
        with app.app_context():
            count = 0
            while make_next_document():
                count += 1
            made.append(count)
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == 8
    db.session.rollback()
    assert {(row(key).state, row(key).attempts) for key in keys} == {("done", 1)}


def test_the_command_makes_what_waits(app: Flask):
    job = queued()
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output
    assert row(job.key).state == "done"


def test_source_and_result_are_used_until_the_job_is_forgotten(app: Flask):
    job = queued()
    make_next_document()
    job = row(job.key)
    assert job.result_sha256 is not None
    hashes = [job.source_sha256, job.result_sha256]
    assert used_among(hashes) == set(hashes)
    with as_of(utcnow() + timedelta(hours=25)):
        Worker(current_settings()).tidy()
    assert db.session.scalars(select(RenderJob)).all() == []
    assert used_among(hashes) == set()


def test_a_result_that_is_gone_is_made_again(app: Flask):
    job = queued()
    make_next_document()
    result = row(job.key).result_sha256
    assert result is not None
    file_store().delete(result)
    assert "Berit Ek" in text_of(pdf_of(letter(), patience=30))
