"""Using event templates: the prefilled draft, and registering what the person made of it."""

from services.correspondence.drafting import Draft, check_use, draft
from services.correspondence.effects import ANSWERS
from services.correspondence.registering import register_event, send_email

__all__ = ["ANSWERS", "Draft", "check_use", "draft", "register_event", "send_email"]
