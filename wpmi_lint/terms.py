"""Matching the words of headers and text with the terms of a policy."""
