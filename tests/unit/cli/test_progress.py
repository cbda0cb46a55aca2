"""How far a run is: one line that is drawn over itself, says when the run may end, and is gone at its end."""

from __future__ import annotations

import io
import os

import pytest

from workbench.cli.progress import Progress
from workbench.cli.text import cells_wide
from workbench.config.messages import Phrasebook


class Hands:
    """A clock whose hands are set by the test."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def lines_of(stream: io.StringIO) -> list[str]:
    return stream.getvalue().split("\r\x1b[K")[1:]


@pytest.mark.parametrize(("language", "left"), [("en", "about 3 min left"), ("zh", "约剩 3 分钟")])
def test_the_time_that_is_left_follows_from_the_time_that_was_taken(language: str, left: str) -> None:
    stream, hands = io.StringIO(), Hands()
    progress = Progress(stream, Phrasebook(language), hands)
    progress.show(1, 100, "a.pdf")
    hands.now = 20.0
    progress.show(10, 100, "b.pdf")
    hands.now = 198.0
    progress.show(99, 100, "c.pdf")
    progress.show(100, 100, "d.pdf")
    first, second, third, last = lines_of(stream)
    assert first == "1/100  a.pdf"
    assert second == f"10/100  {left}  b.pdf"
    assert third.endswith("c.pdf") and "99/100" in third and "3" not in third.removeprefix("99/100")
    assert last == "", "nothing is left of it"


def test_it_is_drawn_seldom_and_within_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((40, 24)))
    stream, hands = io.StringIO(), Hands()
    progress = Progress(stream, Phrasebook("en"), hands)
    for number in range(1, 100):
        hands.now += 0.01
        progress.show(number, 1000, "临崖县卫生健康局2023年部门预算公开" * 3)
    assert 8 <= len(lines_of(stream)) <= 12
    assert all(cells_wide(line) < 40 for line in lines_of(stream))


def test_other_lines_do_not_run_into_it() -> None:
    stream = io.StringIO()
    progress = Progress(stream, Phrasebook("en"), Hands())
    progress.clear()
    assert stream.getvalue() == ""
    progress.show(1, 9, "a.pdf")
    progress.clear()
    progress.clear()
    assert lines_of(stream) == ["1/9  a.pdf", ""]
