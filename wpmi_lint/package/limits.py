"""Every limit of the readers, with its reason: over one, the file is unreadable and the message names the limit."""

from __future__ import annotations

FILE_BYTES = 512 * 2**20  # the whole file is held in memory; published tables are far below
CELLS = 20_000_000  # a cell of a text file costs about 70 bytes: 1.4 GB
WORKBOOK_CELLS = 5_000_000  # about 6 seconds and 400 MB; a grid of 16 full columns would take a minute
UNUSUAL_CELLS = 500_000  # of a sheet whose tags no common program writes so: they are read one at a time, in 5 seconds
WORKBOOK_TEXT = 512 * 2**20  # characters of all cells: one long string that many cells share is copied for each
COLUMNS = 16_384  # the widest sheet of a workbook; a wider CSV is not a table for people
ROWS = 1_048_576  # the longest sheet of a workbook
CELL_TEXT = 1_000_000  # characters; a workbook allows 32,767, a note in a CSV can be longer
BLANKS = 10_000_000  # characters that an ODS file writes as a count of spaces: real ones have thousands
SHEETS = 1_000  # a workbook with more is no report
FORMATS = 65_490  # cell formats of a workbook: the format's own limit is about this
MERGED = 100_000  # merged ranges of a sheet: each is looked at on its own

ARCHIVE_ENTRIES = 10_000  # real workbooks have up to some hundred parts
PART_BYTES = 512 * 2**20  # the sheet of 5 million cells, uncompressed
ARCHIVE_BYTES = 1024 * 2**20  # all parts together, uncompressed
RATIO = 200  # uncompressed over compressed: repetitive real parts reach 60
RATIO_FREE = 2**20  # parts below this size may have any ratio: they cannot do harm
XML_TAG = 100_000  # characters of a tag with its attributes: real ones have up to some thousand
XML_BYTES = 64 * 2**20  # of a part that is built as a tree: a tree takes many times the text
XML_NODES = 2_000_000  # elements of such a tree
XML_DEPTH = 256  # real parts nest about 30 deep; deeper nesting only attacks programs

JSON_DEPTH = 100  # tables in JSON nest less than 10 deep; the parser is recursive
JSON_DIGITS = 400  # the longest number: a double has at most 309 digits before the point
