"""What a file carries and does not show."""

from wpmi_lint.carried.ways import WAYS, Hidden

__all__ = ["WAYS", "Hidden"]
