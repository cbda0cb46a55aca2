"""Documents in which reviewers left marks and notes are found in the queue, and what is noted on them is read there."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driving import running
from tests.tui.made_up import three_documents
from workbench.records.index import read_index
from workbench.tui.models.narrowing import matching


async def test_the_queue_is_narrowed_to_documents_with_marks_or_notes(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("enter", "2", "f", "q", "j", "enter", "M")
        await it.type("ask the bureau")
        await it.press("enter", "q")
        entries = list(it.app.entries.values())
        assert [entry.marks for entry in matching(entries, "status:marked")] == [1, 1]
        assert matching(entries, "状态:有标记") == matching(entries, "status:marked")
        assert "ask the bureau" in it.status
        await it.press("k", "enter", "2", "f", "w", "q")
        assert len(matching(list(it.app.entries.values()), "status:marked")) == 1
        assert sum(summary.flags for summary in read_index(tmp_path).records) == 0, "a mark taken away is none"
