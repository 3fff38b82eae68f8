"""What policies can speak of: one file a noun, with its fields and what fills them. Names in policies resolve to these.

A file gives its nouns as `NOUNS`, and the named checks on them, where there are any, as `CHECKS`.
"""

from importlib import import_module

from wpmi_lint.nouns.contract import register, register_checks

# In the order in which their rules are judged.
FILES = (
    "cell",
    "total",
    "table",
    "measure",
    "breakdown",
    "file",
    "text",
    "hidden",
    "identifier",
    "release",
    "item",
)

_MODULES = [import_module(f"{__name__}.{name}") for name in FILES]
NOUNS = register([noun for module in _MODULES for noun in module.NOUNS])
CHECKS = register_checks([check for module in _MODULES for check in getattr(module, "CHECKS", ())], NOUNS)
