"""A release on the disk that can be written with any part changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

MANIFEST = """\
release: leeds-2012-09
programme: Work Programme
provider: Northern Example Ltd
area: West Yorkshire
authority: Leeds City Council
representative: Ann Example
agreement: LCA-014
date: 2012-09-28
kind: routine
purpose: To plan local support
items:
  - path: referrals.csv
    label: internal
"""
REGISTER = """\
agreements:
  - id: LCA-014
    version: 1
    authority: Leeds City Council
    agreed: 2012-07-02
    signed: 2012-07-05
    signatory: A Director
    expires: 2013-07-04
    permitted: [Leeds City Region LEP]
representatives:
  - name: Ann Example
    authority: Leeds
    from: 2012-07-01
    to: 2013-06-30
contracts:
  - provider: Northern Example Ltd
    area: CPA16
    from: 2011-06-01
    to: 2016-05-31
approvers:
  - name: Head of Information
"""
TABLE = """\
Referrals by month. Internal MI for Leeds City Council only
Month,Referrals
July,120
August,140
Total,260
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a release; `manifest` and `register` are (old, new) pairs of text to change. Gives the folder."""

    def build(
        manifest: tuple[tuple[str, str], ...] = (),
        register: tuple[tuple[str, str], ...] = (),
        files: dict[str, str] | None = None,
    ) -> Path:
        folder = tmp_path / "2012-09"
        folder.mkdir(exist_ok=True)
        (tmp_path / ".git").mkdir(exist_ok=True)
        (folder / "release.yaml").write_text(_changed(MANIFEST, manifest))
        (tmp_path / "register.yaml").write_text(_changed(REGISTER, register))
        for name, text in ({"referrals.csv": TABLE} if files is None else files).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return folder

    return build


def _changed(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text
