"""python -m wpmi_lint."""

from wpmi_lint.cli import entry

if __name__ == "__main__":
    entry()
