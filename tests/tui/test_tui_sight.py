"""What is in sight while a finding is looked at: its equation, its line of the source, its reason, at every size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.driving import running
from tests.tui.made_up import ROWS, analysis

FILLER = tuple(("", f"备用项目{number}", "0.00", "0.00", "0.00") for number in range(14))


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 55)])
async def test_the_whole_equation_is_in_sight_with_a_sign_in_each_cell(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running([analysis(rows=(*FILLER, *ROWS))], tmp_path, size=size) as it:
        await it.press("enter")
        row = next(line for line in it.lines if re.search(r"\? *(808.50)?→880.50", line))
        assert re.search(r"→880.50 \+ +640.50 \+ +240.00", row)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_line_of_the_source_is_in_sight_with_its_name_and_no_torn_figure(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running([analysis(rows=(*FILLER, *ROWS))], tmp_path, size=size) as it:
        await it.press("enter")
        for _ in range(3):
            source = it.review.source
            drawn = ["".join(s.text for s in source.render_line(y)) for y in range(source.size.height)]
            line = next(line for line in drawn if line.startswith("▸"))
            assert "医疗" in line
            figures = set(re.findall(r"[\d.]+", line))
            assert figures <= {"21015", "808.50", "640.50", "240.00"} and figures
            await it.press("l")


async def test_what_is_looked_at_stays_in_sight_when_the_terminal_changes(tmp_path: Path) -> None:
    async with running([analysis(rows=(*FILLER, *ROWS))], tmp_path, size=(160, 50)) as it:
        await it.press("enter")
        for size in ((80, 24), (120, 30), (70, 20)):
            await it.pilot.resize_terminal(*size)
            await it.settle()
            assert re.search(r"\? *(808.50)?→880.50", it.text), size
            assert any(re.match("▸ +(21015 +)?医疗", line) for line in it.lines), size
            assert it.lines[-1].endswith(("commands", "help")), size


async def test_an_edit_goes_on_when_the_terminal_changes(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path, size=(120, 40)) as it:
        await it.press("enter", "e", "ctrl+u")
        await it.type("880")
        await it.pilot.resize_terminal(80, 24)
        await it.settle()
        assert it.review.editor.has_focus and it.review.editor.value == "880"
        await it.type(".50")
        assert "880.50" in it.lines[it.review.editor.region.y]
        assert it.review.editor.region.y == it.review.grid.region.y + it.review.grid.cell_region().y
        await it.press("enter")
        assert it.review.state.document.table("t02").rows[4][2].text == "880.50"
