"""Välj ny händelse…: one page for every kind of event template."""
