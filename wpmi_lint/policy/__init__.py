"""Policies: text to typed, resolved rules."""
