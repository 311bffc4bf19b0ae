"""Presets: a municipality's configuration as TOML files. Read, validate, load."""

from services.presets.faults import Fault, PresetFault
from services.presets.loading import Loaded, load_preset
from services.presets.reading import available_presets
from services.presets.validating import check_preset, read_preset

__all__ = [
    "Fault",
    "Loaded",
    "PresetFault",
    "available_presets",
    "check_preset",
    "load_preset",
    "read_preset",
]
