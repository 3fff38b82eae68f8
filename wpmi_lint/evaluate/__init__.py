"""Rules over facts, a column at a time."""
