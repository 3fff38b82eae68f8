"""Where tables are in a sheet: their rows and columns by role, and the words of and around them."""
