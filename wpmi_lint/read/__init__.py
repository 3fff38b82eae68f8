"""Bytes to sheets, and what a file hides."""
