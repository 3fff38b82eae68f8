"""Policies: text to typed, resolved rules."""

from wpmi_lint.policy.loading import bundled, load

__all__ = ["bundled", "load"]
