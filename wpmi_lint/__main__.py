"""python -m wpmi_lint."""

import sys

from wpmi_lint.cli import main

if __name__ == "__main__":
    sys.exit(main())
