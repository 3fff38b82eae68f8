"""Policies: text to typed, resolved rules."""

from wpmi_lint.policy.loading import load

__all__ = ["load"]
