"""What a file is made of: archives, parts, grids of cells, texts and their encodings."""
