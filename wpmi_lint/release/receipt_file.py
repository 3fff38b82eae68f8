"""A receipt as it lies on the disk."""

from __future__ import annotations

import json
import os
from typing import Any

from wpmi_lint import resources
from wpmi_lint.errors import UsageError

SCHEMA = "receipt.schema.json"
MAX_BYTES = 50_000_000


def read_receipt(path: str) -> dict[str, Any]:
    """A receipt by its schema. Raises UsageError."""
    from jsonschema import Draft202012Validator

    try:
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        receipt = json.loads(data[:MAX_BYTES])
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError):
        help = "`wpmi-lint release FOLDER --receipt FILE` writes one"
        raise UsageError(f"{path}: not a receipt: not JSON", help) from None
    with open(resources.schema(SCHEMA), encoding="utf-8") as stream:
        fault = next(Draft202012Validator(json.load(stream)).iter_errors(receipt), None)
    if fault:
        where = "/".join(str(step) for step in fault.absolute_path)
        raise UsageError(f"{path}: not a receipt: /{where}: {fault.message[:200]}")
    return dict(receipt)


def is_receipt(path: str) -> bool:
    """Whether a file is a receipt: only then is it no part of what is shared."""
    if not os.path.isfile(path):
        return False
    try:
        read_receipt(path)
    except UsageError:
        return False
    return True
