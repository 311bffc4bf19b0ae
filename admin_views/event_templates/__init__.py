"""Ärendetyper → Händelsemallar: the list and form, the preview, the files, the versions."""

from admin_views.event_templates.view import EventTemplateView

__all__ = ["EventTemplateView"]
