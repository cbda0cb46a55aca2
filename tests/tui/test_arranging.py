"""How the screens are arranged is the reviewer's, for every document and every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import Driver, running, started
from tests.tui.made_up import MadeUpWorkspace, three_documents
from workbench.tui.app import WorkbenchApp
from workbench.tui.memory.arrangement import Arrangement, ArrangementKept, Layout
from workbench.tui.models.queue import Order
from workbench.tui.models.source_lines import Wrapping


def room(it: Driver) -> tuple[int, int]:
    """Columns and lines of the source."""
    return it.review.source.size.width, it.review.source.size.height


async def test_the_room_of_the_source_is_the_same_in_the_next_document(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("enter")
        usual = room(it)
        await it.press("<", "<")
        wide = room(it)
        assert wide[0] == usual[0] + 12
        await it.press("q", "j", "enter")
        assert room(it) == wide
        await it.press(">")
        assert room(it)[0] == wide[0] - 6


async def test_each_layout_has_its_own_room_and_one_pane_alone_has_all_of_it(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("enter", "<", "<")
        beside = room(it)
        await it.press("\\")
        stacked = room(it)
        assert stacked[0] >= it.app.size.width - 2, "above the table the source has the whole width"
        await it.press("<")
        assert room(it) == (stacked[0], stacked[1] + 3)
        await it.press("\\")
        assert not it.review.source.region.area
        await it.press("\\")
        assert room(it) == beside
        await it.press("1", "f11")
        assert room(it)[0] >= it.app.size.width - 2
        await it.press("f11")
        assert room(it) == beside


async def test_the_next_run_has_what_the_last_one_had(tmp_path: Path) -> None:
    def app() -> WorkbenchApp:
        made = WorkbenchApp(MadeUpWorkspace(three_documents(), tmp_path / "records"))
        made.arrangement = ArrangementKept(tmp_path / "state" / "arrangement.json")
        return made

    async with started(app()) as it:
        await it.press("o", "enter", "\\", "<", "z", "w")
        left = room(it)
        await it.press("q", "T")
        assert it.app.theme_choice == "light"
    async with started(app()) as it:
        assert "order: name" in it.status
        await it.press("enter")
        assert room(it) == left
        assert it.review.source.wrapping is Wrapping.ALL
        assert it.app.arrangement.now.theme == "light"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"layout": "round"}',
        b'{"theme": "pink"}',
        b'{"theme": ["light"]}',
        b'{"share_beside": 400}',
        b'{"share_stacked": "much"}',
        b"{" * 9000,
    ],
)
def test_a_damaged_file_leaves_the_usual_arrangement(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "arrangement.json").write_bytes(content)
    kept = ArrangementKept(tmp_path / "arrangement.json")
    assert kept.now == Arrangement()
    kept.change(Arrangement(layout=Layout.STACKED, order=Order.YEAR))
    assert ArrangementKept(tmp_path / "arrangement.json").now == kept.now


def test_where_nothing_can_be_kept_it_holds_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = ArrangementKept(tmp_path / "file" / "arrangement.json")
    kept.change(Arrangement(layout=Layout.NO_SOURCE))
    assert kept.now.layout is Layout.NO_SOURCE
