"""Flask extension objects, created once and bound to the app in app.py."""

from __future__ import annotations

from flask import current_app
from flask_babel import Babel
from flask_login import LoginManager
from flask_mail import Mail
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from config import Settings
from models.base import Base

babel = Babel()
csrf = CSRFProtect()
db = SQLAlchemy(model_class=Base)
login_manager = LoginManager()
mail = Mail()
migrate = Migrate()


def current_settings() -> Settings:
    """The settings of the running application. Needs an app context, not a request."""
    settings: Settings = current_app.extensions["gensvar"]
    return settings
