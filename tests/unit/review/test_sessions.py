"""The scripted reviews of tests/sessions, played without a screen, leave what they say,
and the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.sessions.replayer import Player
from workbench.records.codec.record import decode

SCRIPTS = sorted((ROOT / "tests" / "sessions").glob("*.toml"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_scripted_review_leaves_what_it_says_and_the_same_bytes_each_time(script: Path, tmp_path: Path) -> None:
    written = []
    for folder in ("first", "second"):
        session = Player(script, tmp_path / folder).play()
        written.append(session.save().read_bytes())
        session.close()
        assert [path.suffix for path in (tmp_path / folder).iterdir()] == [".toml"]
    assert written[0] == written[1]
    record = decode(written[0].decode("utf-8"))
    assert record.tables and record.source.reader


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) >= 3
