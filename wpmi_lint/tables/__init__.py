"""From sheets to tables: where they are, what their cells are, which are totals of which."""
