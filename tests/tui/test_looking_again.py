"""Documents that come, change and go, and what others do in the records, while the app is open all day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.tui.driving import Driver, running
from tests.tui.made_up import ROWS, MadeUpWorkspace, analysis
from workbench.pipeline import Analysis
from workbench.tui.models.queue import QueueEntry

WRONG = tuple((*row[:2], "99.00", *row[3:]) if row[0] == "2101501" else row for row in ROWS)


@dataclass
class Colleague:
    """What somebody else has settled meanwhile, by document."""

    settled: dict[str, int] = field(default_factory=dict)

    def of(self, entry: QueueEntry) -> QueueEntry:
        return replace(entry, settled=self.settled.get(entry.path.name, entry.settled))


def put(folder: Path, name: str, *, entity: str = "青禾县教育局", text: str = "1", wrong: bool = False) -> Analysis:
    (folder / name).write_text(text, encoding="utf-8")
    return analysis(str(folder / name), entity, WRONG if wrong else ROWS)


def row(it: Driver, name: str) -> str:
    return next((line for line in it.lines if name in line), "")


async def looked(it: Driver) -> None:
    await it.press("f5")
    await it.until(lambda: it.app.reading_done)
    await it.until_drawn()


async def test_what_came_changed_and_went_is_taken_in_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    colleague, read = Colleague(), list[Path]()
    monkeypatch.setattr(MadeUpWorkspace, "with_record", lambda _self, entry: colleague.of(entry))
    analyses = [
        put(tmp_path, "a.txt", entity="甲局"),
        put(tmp_path, "b.txt", entity="乙局"),
        put(tmp_path, "c.txt", entity="丙局"),
    ]
    async with running(analyses, tmp_path / "records") as it:
        workspace = it.app.workspace
        reading = workspace.read
        monkeypatch.setattr(workspace, "read", lambda paths: (read.extend(paths), reading(paths))[1], raising=False)
        analyses[1] = put(tmp_path, "b.txt", entity="乙局新版", text="22", wrong=True)
        analyses[2] = put(tmp_path, "d.txt", entity="丁局")
        colleague.settled["a.txt"] = 7
        await looked(it)
        assert "new, changed or unread documents: 2, gone: 1" in it.status
        assert row(it, "乙局新版") and row(it, "丁局") and not row(it, "丙局")
        assert row(it, "甲局").split()[-1] == "7", "what others did is seen"
        assert sorted(path.name for path in read) == ["b.txt", "d.txt"], "the others are known"


async def test_a_document_that_was_changed_on_the_disk_is_read_again_before_it_is_opened(tmp_path: Path) -> None:
    analyses = [put(tmp_path, "a.txt", entity="甲局")]
    async with running(analyses, tmp_path / "records") as it:
        analyses[0] = put(tmp_path, "a.txt", entity="甲局新版", text="22", wrong=True)
        await it.press("enter")
        assert "甲局新版" in it.lines[0]
        await it.press("q")
        assert row(it, "甲局新版")


async def test_a_document_that_is_gone_from_the_disk_opens_as_it_was_read(tmp_path: Path) -> None:
    async with running([put(tmp_path, "a.txt", entity="甲局")], tmp_path / "records") as it:
        (tmp_path / "a.txt").unlink()
        await it.press("enter")
        assert "甲局" in it.lines[0] and "open" in it.lines[0]
