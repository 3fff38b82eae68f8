"""wpmi-lint: a policy-as-code linter for statistical disclosure control."""

__version__ = "0.1.0"
