"""Settings: each name's values, and a sentence for each that cannot be used."""

from __future__ import annotations

import re

import pytest

from config import DEVELOPMENT_KEY, SettingsError, load_settings

KEY = "0123456789abcdef0123456789abcdef"
PRODUCTION = {"GENSVAR_ENV": "production", "GENSVAR_SECRET_KEY": KEY}


def test_nothing_set_is_a_development_installation_on_this_machine():
    settings = load_settings({})
    assert (settings.env, settings.host, settings.port) == ("development", "127.0.0.1", 5000)
    assert settings.base_url == "http://127.0.0.1:5000"
    assert settings.database_url == f"sqlite:///{settings.data_dir}/gensvar.db"
    assert settings.smtp is None
    assert not settings.is_production


def test_the_port_is_part_of_the_default_address():
    assert load_settings({"GENSVAR_PORT": "8080"}).base_url == "http://127.0.0.1:8080"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_may_be_written_in_three_ways(scheme: str):
    url = load_settings({"GENSVAR_DATABASE_URL": f"{scheme}://u:p@h/d"}).database_url
    assert url == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize(
    "url, security, port",
    [
        ("smtp://mail.example", "none", 25),
        ("smtp://127.0.0.1:2525", "none", 2525),
        ("smtp+starttls://mail.example", "starttls", 587),
        ("smtps://mail.example", "tls", 465),
    ],
)
def test_the_address_of_the_mail_server_says_how_to_talk_to_it(url: str, security: str, port: int):
    smtp = load_settings({"GENSVAR_SMTP_URL": url}).smtp
    assert smtp is not None
    assert (smtp.security, smtp.port) == (security, port)


def test_user_and_password_of_the_mail_server_are_unquoted():
    smtp = load_settings({"GENSVAR_SMTP_URL": "smtps://u%40x:p%2Fw@mail.example"}).smtp
    assert smtp is not None
    assert (smtp.username, smtp.password) == ("u@x", "p/w")


@pytest.mark.parametrize(
    "environ",
    [
        {"GENSVAR_ENV": "prod"},
        {"GENSVAR_PORT": "0"},
        {"GENSVAR_PORT": "65536"},
        {"GENSVAR_PORT": "http"},
        {"GENSVAR_PORT": "٣"},
        {"GENSVAR_PROXY_HOPS": "-1"},
        {"GENSVAR_DEBUG": "yes"},
        {"GENSVAR_LOG_LEVEL": "loud"},
        {"GENSVAR_DATABASE_URL": "mysql://h/d"},
        {"GENSVAR_DATABASE_URL": "sqlite:///relative.db"},
        {"GENSVAR_DATABASE_URL": "postgresql://h:port/d"},
        {"GENSVAR_BASE_URL": "synpunkt.kommunen.se"},
        {"GENSVAR_BASE_URL": "https://[kommunen.se"},
        {"GENSVAR_BASE_URL": "https://kommunen.se:port"},
        {"GENSVAR_BASE_URL": "https://kommunen.se#start"},
        {"GENSVAR_BASE_URL": "https://user@kommunen.se"},
        {"GENSVAR_BASE_URL": "https://kommunen.se\nBcc: x"},
        {"GENSVAR_BASE_URL": "https://kommunen.se/synpunkt"},
        {"GENSVAR_SMTP_URL": "mail.example"},
        {"GENSVAR_SMTP_URL": "smtp://mail.example:port"},
        {"GENSVAR_SMTP_URL": "smtp://mail.example\r\n"},
        {"GENSVAR_SECRET_KEY": "short"},
        {"GENSVAR_ENV": "production"},
        {"GENSVAR_ENV": "production", "GENSVAR_SECRET_KEY": DEVELOPMENT_KEY},
        {"GENSVAR_ENV": "production", "GENSVAR_SECRET_KEY": KEY[:-1]},
        {**PRODUCTION, "GENSVAR_DEBUG": "1"},
    ],
    ids=lambda environ: " ".join(f"{k.removeprefix('GENSVAR_')}={v}" for k, v in environ.items()),
)
def test_a_value_that_cannot_be_used_is_named_in_one_sentence(environ: dict[str, str]):
    with pytest.raises(SettingsError) as refusal:
        load_settings(environ)
    named = set(re.findall(r"GENSVAR_[A-Z_]+", str(refusal.value)))
    assert named & {*environ, "GENSVAR_SECRET_KEY"}
    assert "\n" not in str(refusal.value)


def test_no_refusal_repeats_a_password():
    for environ in (
        {"GENSVAR_SMTP_URL": "smtp://user:hemligt-losen@mail.example:port"},
        {"GENSVAR_DATABASE_URL": "mysql://user:hemligt-losen@h/d"},
        {"GENSVAR_SECRET_KEY": "hemligt-losen"},
    ):
        with pytest.raises(SettingsError) as refusal:
            load_settings(environ)
        assert "hemligt-losen" not in str(refusal.value)


def test_production_with_a_strong_key_starts():
    assert load_settings(PRODUCTION).is_production
