"""Settings, read from the environment. A wrong value stops the start with a sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

ROOT = Path(__file__).parent
DEVELOPMENT_KEY = "gensvar-utveckling-inte-hemlig-0123456789"


class SettingsError(Exception):
    """A setting has a value that cannot be used. The message is a Swedish sentence."""


@dataclass(frozen=True)
class SmtpSettings:
    """Where mail goes. `security`: none, starttls or tls. Certificates are always checked."""

    host: str
    port: int
    security: str
    username: str = ""
    password: str = ""


@dataclass(frozen=True)
class ImapSettings:
    """The mailbox where bounces arrive. `security`: none, starttls or tls, always checked."""

    host: str
    port: int
    security: str
    username: str
    password: str
    folder: str


@dataclass(frozen=True)
class S3Settings:
    """The S3-compatible store for files. Without one they lie in the data folder."""

    bucket: str
    prefix: str
    endpoint: str
    region: str
    access_key: str
    secret_key: str


@dataclass(frozen=True)
class Settings:
    """Everything that can be set. Names, defaults and meanings: the table in README.md."""

    env: str
    secret_key: str
    database_url: str
    data_dir: Path
    base_url: str
    host: str
    port: int
    smtp: SmtpSettings | None
    imap: ImapSettings | None
    s3: S3Settings | None
    clamd: str
    proxy_hops: int
    debug: bool
    log_level: str

    @property
    def is_production(self) -> bool:
        return self.env == "production"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read GENSVAR_... from `environ`. Raises SettingsError with a sentence for the first fault."""
    env = _choice(environ, "GENSVAR_ENV", "development", ("development", "production", "test"))
    data_dir = Path(environ.get("GENSVAR_DATA_DIR") or ROOT / "var").absolute()
    host = environ.get("GENSVAR_HOST") or "127.0.0.1"
    port = _number(environ, "GENSVAR_PORT", 5000, 1, 65535)
    settings = Settings(
        env=env,
        secret_key=environ.get("GENSVAR_SECRET_KEY") or "",
        database_url=_database_url(environ, data_dir),
        data_dir=data_dir,
        base_url=_base_url(environ, port),
        host=host,
        port=port,
        smtp=_smtp(environ.get("GENSVAR_SMTP_URL") or ""),
        imap=_imap(environ.get("GENSVAR_IMAP_URL") or ""),
        s3=_s3(environ),
        clamd=_clamd(environ.get("GENSVAR_CLAMD_URL") or ""),
        proxy_hops=_number(environ, "GENSVAR_PROXY_HOPS", 0, 0, 10),
        debug=_choice(environ, "GENSVAR_DEBUG", "0", ("0", "1")) == "1",
        log_level=_choice(
            environ, "GENSVAR_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")
        ),
    )
    return _with_checked_key(settings)


def settings_or_exit() -> Settings:
    """The settings for a process that starts: a fault is one sentence on stderr and code 2."""
    try:
        return load_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201 - there is no log yet
        sys.exit(2)


def _with_checked_key(settings: Settings) -> Settings:
    """Refuse what production must never have; give development its known key."""
    if settings.is_production:
        if len(settings.secret_key) < 32 or settings.secret_key == DEVELOPMENT_KEY:
            raise SettingsError(
                "GENSVAR_SECRET_KEY saknas eller är för svag. Ange minst 32 slumpade tecken, "
                "till exempel från: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        if settings.debug:
            raise SettingsError("GENSVAR_DEBUG=1 får inte användas med GENSVAR_ENV=production.")
        return settings
    if not settings.secret_key:
        return Settings(**{**vars(settings), "secret_key": DEVELOPMENT_KEY})
    if len(settings.secret_key) < 32:
        raise SettingsError("GENSVAR_SECRET_KEY är för kort. Ange minst 32 slumpade tecken.")
    return settings


def _choice(environ: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = environ.get(name) or default
    if value not in allowed:
        raise SettingsError(f"{name}={value} går inte att använda. Välj {' eller '.join(allowed)}.")
    return value


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        raise SettingsError(f"{name}={value} är inte ett heltal mellan {low} och {high}.")
    return int(value)


def _database_url(environ: Mapping[str, str], data_dir: Path) -> str:
    """The address in SQLAlchemy's spelling. A refusal never repeats it: it may hold a password."""
    value = environ.get("GENSVAR_DATABASE_URL") or f"sqlite:///{data_dir / 'gensvar.db'}"
    if value.startswith("sqlite:////"):
        return value
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if value.startswith(prefix) and _parts(value):
            return "postgresql+psycopg://" + value.removeprefix(prefix)
    raise SettingsError(
        "GENSVAR_DATABASE_URL går inte att använda. Skriv postgresql://användare@värd/databas "
        "eller sqlite:////sökväg/gensvar.db (hela sökvägen, med fyra snedstreck)."
    )


def _base_url(environ: Mapping[str, str], port: int) -> str:
    value = (environ.get("GENSVAR_BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    parts = _parts(value)
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or value != f"{parts.scheme}://{parts.netloc}"
        or "@" in parts.netloc
    ):
        raise SettingsError(
            "GENSVAR_BASE_URL går inte att använda. Skriv bara protokoll och värd, "
            "till exempel https://synpunkt.kommunen.se."
        )
    return value


def _parts(url: str) -> SplitResult | None:
    """The parts of an address, or None when it is none: a port that is no number, a space."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return None if any(sign.isspace() or not sign.isprintable() for sign in url) else parts


def _smtp(value: str) -> SmtpSettings | None:
    """Read smtp://host:25, smtp+starttls://user:password@host:587 or smtps://host:465."""
    if not value:
        return None
    parts, security, port = _mail_server(value, "smtp", (25, 587, 465)) or _refuse(
        "GENSVAR_SMTP_URL går inte att använda. Skriv smtp://värd:25, "
        "smtp+starttls://användare:lösenord@värd:587 eller smtps://värd:465."
    )
    return SmtpSettings(
        host=parts.hostname or "",
        port=port,
        security=security,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _imap(value: str) -> ImapSettings | None:
    """Read imaps://user:password@host:993/INBOX, or imap+starttls://, or imap://."""
    if not value:
        return None
    found = _mail_server(value, "imap", (143, 143, 993))
    if found is None or not found[0].username or not found[0].password:
        _refuse(
            "GENSVAR_IMAP_URL går inte att använda. Skriv "
            "imaps://användare:lösenord@värd:993/INBOX."
        )
    parts, security, port = found
    return ImapSettings(
        host=parts.hostname or "",
        port=port,
        security=security,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def _mail_server(
    value: str, name: str, ports: tuple[int, int, int]
) -> tuple[SplitResult, str, int] | None:
    """(parts, security, port) of an address of a mail server; `ports` are the usual ones."""
    securities = {name: "none", f"{name}+starttls": "starttls", f"{name}s": "tls"}
    parts = _parts(value)
    if parts is None or parts.scheme not in securities or not parts.hostname:
        return None
    security = securities[parts.scheme]
    usual = dict(zip(("none", "starttls", "tls"), ports, strict=True))
    return parts, security, parts.port or usual[security]


def _s3(environ: Mapping[str, str]) -> S3Settings | None:
    """Read GENSVAR_FILES_URL=s3://bucket/prefix and the four GENSVAR_S3_... beside it."""
    value = environ.get("GENSVAR_FILES_URL") or ""
    if not value:
        return None
    parts = _parts(value)
    endpoint = (environ.get("GENSVAR_S3_ENDPOINT") or "").rstrip("/")
    if parts is None or parts.scheme != "s3" or not parts.hostname:
        _refuse("GENSVAR_FILES_URL går inte att använda. Skriv s3://hink eller s3://hink/mapp.")
    if endpoint and not endpoint.startswith(("https://", "http://")):
        _refuse("GENSVAR_S3_ENDPOINT går inte att använda. Skriv https://värd.")
    access = environ.get("GENSVAR_S3_ACCESS_KEY") or ""
    secret = environ.get("GENSVAR_S3_SECRET_KEY") or ""
    if not access or not secret:
        _refuse("GENSVAR_FILES_URL kräver GENSVAR_S3_ACCESS_KEY och GENSVAR_S3_SECRET_KEY.")
    return S3Settings(
        bucket=parts.netloc,
        prefix=parts.path.strip("/"),
        endpoint=endpoint,
        region=environ.get("GENSVAR_S3_REGION") or "us-east-1",
        access_key=access,
        secret_key=secret,
    )


def _clamd(value: str) -> str:
    """Read tcp://host:3310 or unix:///run/clamav/clamd.ctl; "" means that nothing is scanned."""
    parts = _parts(value)
    is_tcp = parts is not None and parts.scheme == "tcp" and parts.hostname and parts.port
    is_unix = parts is not None and parts.scheme == "unix" and parts.path.startswith("/")
    if value and not (is_tcp or is_unix):
        _refuse(
            "GENSVAR_CLAMD_URL går inte att använda. Skriv tcp://värd:3310 eller "
            "unix:///run/clamav/clamd.ctl."
        )
    return value


def _refuse(sentence: str) -> NoReturn:
    raise SettingsError(sentence)
