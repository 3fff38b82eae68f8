"""Sheet to Table: where tables are, roles, statistic, measure, and which cells are totals of which."""

from wpmi_lint.tables.sheets import understand

__all__ = ["understand"]
