"""Statistik: the standard reports, the cases behind their numbers, and files of them."""

from admin_views.statistics.kept import KeptReportView
from admin_views.statistics.own_unit import offers_unit_report
from admin_views.statistics.pages import StatisticsView
from admin_views.statistics.schedules import ScheduleView

__all__ = ["KeptReportView", "ScheduleView", "StatisticsView", "offers_unit_report"]
