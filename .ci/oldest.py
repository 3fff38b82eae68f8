"""Print the oldest versions that pyproject.toml allows, as constraints for pip: python .ci/oldest.py > oldest.txt."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
for requirement in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
    bound = re.match(r"([\w.-]+)>=([\d.]+)", requirement)
    if bound is None:
        raise SystemExit(f"pyproject.toml: {requirement!r} has no lower bound")
    print(f"{bound[1]}=={bound[2]}")
