"""Settings, read from the environment. A wrong value stops the start with a sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
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
    schemes = {
        "smtp": ("none", 25),
        "smtp+starttls": ("starttls", 587),
        "smtps": ("tls", 465),
    }
    parts = _parts(value)
    if parts is None or parts.scheme not in schemes or not parts.hostname:
        raise SettingsError(
            "GENSVAR_SMTP_URL går inte att använda. Skriv smtp://värd:25, "
            "smtp+starttls://användare:lösenord@värd:587 eller smtps://värd:465."
        )
    security, default_port = schemes[parts.scheme]
    return SmtpSettings(
        host=parts.hostname,
        port=parts.port or default_port,
        security=security,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
