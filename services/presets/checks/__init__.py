"""What the files of a preset must say about each other. Every check notes all faults it finds."""

from services.presets.checks.case_type import check_case_type
from services.presets.checks.events import check_templates
from services.presets.checks.fields import check_tabs
from services.presets.checks.forms import check_forms
from services.presets.checks.lists import check_lists
from services.presets.checks.organisation import check_organisation
from services.presets.checks.phrases import check_phrases

CHECKS = (
    check_case_type,
    check_lists,
    check_tabs,
    check_templates,
    check_organisation,
    check_forms,
    check_phrases,
)

__all__ = ["CHECKS"]
