"""Statistik: the standard reports, the cases behind their numbers, and files of them."""

from admin_views.statistics.pages import StatisticsView

__all__ = ["StatisticsView"]
