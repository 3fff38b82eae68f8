"""Build hook: a wheel carries its policies resolved, so that the first run of an installed tool parses none."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledPolicies(BuildHookInterface):
    """Adds the compiled form of each bundled policy. A checkout has none: its policies are resolved at first use."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a folder that lives until the wheel is written."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from wpmi_lint.policy.loading import write_compiled

        self.made = tempfile.TemporaryDirectory()
        for path in write_compiled(self.made.name):
            build_data["force_include"][path] = f"wpmi_lint/_data/policies/compiled/{os.path.basename(path)}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove that folder."""
        if version != "editable":
            self.made.cleanup()
