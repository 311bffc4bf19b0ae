"""Measurements for people: ./dev bench."""
