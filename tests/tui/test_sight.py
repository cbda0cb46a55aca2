"""What is in sight while a finding is looked at: its equation, its line of the source, its reason, at every size."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.driving import running
from tests.tui.made_up import ROWS, analysis
from workbench.model.check import Applicability, Suggestion
from workbench.model.message import Message
from workbench.model.record import ReviewStatus, Verdict
from workbench.pipeline import Analysis

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


async def test_all_of_a_reason_can_be_read_by_keys_on_a_small_terminal(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path, size=(80, 24)) as it:
        await it.press("enter")
        last = it.review.detail.text.split()[-1][-12:]
        assert last not in it.text
        await it.press("4")
        assert it.app.focused is it.review.detail
        assert any("▸✗ error" in line for line in it.lines), "the pane that hears the keys bears a sign"
        await it.press("G")
        assert last in it.text
        await it.press("c")
        assert not it.review.state.open_findings, "what settles a finding works from here too"


async def test_what_a_step_did_to_the_checks_is_said_before_its_words(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path, size=(80, 24)) as it:
        await it.press("enter", "c")
        assert re.match(r" ✓ \d+ cleared  nothing is open", it.status)
        await it.press("u")
        assert re.match(r" ✗ \d+ broken  undone: ", it.status)
        await it.press("U")
        assert re.match(r" ✓ \d+ cleared  redone", it.status)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_when_nothing_is_open_the_screen_says_where_to_go_on(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running([analysis(), analysis("lanxi.txt")], tmp_path, size=size) as it:
        await it.press("enter", "c")
        assert "nothing is open: D marks it done and goes on" in it.status
        assert it.keys.startswith(" D done  J next document")
        assert re.search(r"D  Mark the document as done", it.text)
        assert re.search(r"✓ Nothing to look at: \d+ checks hold", it.text)
        first = it.review.entry.key
        await it.press("D")
        assert it.review.entry.key != first and it.review.state.record.status is ReviewStatus.NEW
        assert it.status.strip().startswith("done: 青禾县医疗保障局2024年部门预算; ^o goes back to it")
        await it.press("ctrl+o", "n")
        assert it.review.entry.key == first and it.review.state.record.status is ReviewStatus.DONE
        assert "the document is done: J goes to the next" in it.status
        await it.press("J", "c", "D")
        assert "done; no other document has an open finding; q leads to the queue" in it.status


async def test_at_the_last_finding_the_others_are_counted(tmp_path: Path) -> None:
    rows = tuple((*row[:4], "42.00") if row[0] == "2101505" else row for row in ROWS)
    async with running([analysis(rows=rows)], tmp_path) as it:
        await it.press("enter")
        assert len(it.review.state.open_findings) == 2
        await it.press("n", "n")
        assert "no open finding further on, 1 the other way: N" in it.status


async def test_the_cursor_is_on_the_cell_that_the_finding_tells_of(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        told = {term.ref for term in it.review.finding().finding.check.terms}  # type: ignore[union-attr]
        assert it.review.ref() in told


async def test_a_corrected_text_of_the_header_bears_the_sign_of_a_correction(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "h", "t", "e", "ctrl+u")
        await it.type("功能分类")
        await it.press("enter")
        assert "✎功能分类" in it.text
        await it.press("u")
        assert "✎" not in "\n".join(it.lines[2:5])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_each_suggestion_is_seen_in_the_table_with_its_reason_before_it_is_taken(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    slips = {"210": (3, "660.50"), "2101501": (4, "0.10")}
    rows = tuple(
        tuple(slips[row[0]][1] if row[0] in slips and at == slips[row[0]][0] else text for at, text in enumerate(row))
        for row in ROWS
    )
    made = analysis(rows=rows)
    several = next(number for number, found in enumerate(made.findings) if len(found.suggestions) > 1)
    async with running([made], tmp_path, size=size) as it:
        await it.press("enter", *["n"] * several)
        assert it.review.finding().finding.suggestions == made.findings[several].suggestions  # type: ignore[union-attr]
        place, suggestions = it.review.ref(), it.review.finding().finding.suggestions  # type: ignore[union-attr]
        await it.press("v")
        seen = []
        for number, suggestion in enumerate(suggestions):
            assert it.review.preview().texts or not suggestion.edits
            drawn = "\n".join(it.lines[: size[1] - it.review.query_one("#lower").size.height - 2])
            for text in it.review.preview().texts.values():
                assert f"→{text}" in drawn, number
            assert suggestion.reason.en[:20] in " ".join(it.text.split())
            seen.append(dict(it.review.preview().texts))
            await it.press("j")
        assert len(seen) == len(suggestions) and seen[0] != seen[1]
        await it.press("escape")
        assert it.review.ref() == place
        assert dict(it.review.preview().texts) == seen[0]
        await it.press("v", "2")
        for ref, text in seen[1].items():
            assert it.review.state.document.cell(ref).text == text


IDLE = Suggestion(
    "rule_does_not_hold",
    Applicability.DISPLAY,
    (),
    (),
    (),
    Message("It may not hold.", "此规则在此处可能不成立。"),
    0.2,
)


async def test_a_suggestion_that_changes_nothing_says_so_and_asks_for_the_reason_when_taken(tmp_path: Path) -> None:
    def with_idle(made: Analysis) -> Analysis:
        first, *rest = made.findings
        return replace(made, findings=(replace(first, suggestions=(*first.suggestions, IDLE)), *rest))

    async with running([with_idle(analysis())], tmp_path) as it:
        await it.press("enter", "n", "v")
        number = len(it.review.finding().finding.suggestions)  # type: ignore[union-attr]
        assert "no change: the rule may not hold here" in it.text
        await it.press(str(number))
        await it.type("rounded by the body")
        await it.press("enter")
        decisions = it.review.state.record.decisions
        assert [(made.verdict, made.note) for made in decisions] == [(Verdict.WAIVED, "rounded by the body")]


async def test_where_only_the_rule_may_not_hold_the_key_that_says_so_is_told_with_the_others(tmp_path: Path) -> None:
    made = analysis()
    idle = replace(made, findings=(replace(made.findings[0], suggestions=(IDLE,)),))
    async with running([idle], tmp_path) as it:
        await it.press("enter")
        shown = it.review.detail.text
        assert "x no change: the rule may not hold here" in shown and "c no change" not in shown
        assert "clears 0" not in shown and "a source is wrong" in shown
        assert "c take fix" not in it.keys


async def test_a_finding_without_a_fix_says_which_keys_settle_it(tmp_path: Path) -> None:
    made = analysis()
    bare = replace(made, findings=(replace(made.findings[0], suggestions=()),))
    async with running([bare], tmp_path) as it:
        await it.press("enter")
        shown = it.review.detail.text
        assert "No repair explains it" in shown
        for words in ("a source is wrong", "x waive", "e edit", "zm note on finding", "]c next place"):
            assert words in shown
        await it.press("s", "X")
        assert "a source is wrong" in it.review.detail.text
        await it.press("a", "enter")
        assert "a source is wrong" not in it.review.detail.text, "it is settled"
        assert "No repair explains it" not in it.review.detail.text
        await it.press("D")
        assert it.review.state.record.status is ReviewStatus.DONE


@pytest.mark.parametrize("keys", [("space",), ("f2",), ("v",)], ids=["palette", "all keys", "fixes"])
async def test_a_box_fits_the_terminal_that_became_smaller(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with running([analysis()], tmp_path, size=(200, 55)) as it:
        await it.press("enter", *keys, *(["pagedown"] * 2 if keys != ("v",) else []))
        chosen = it.app.screen.lines.current  # type: ignore[attr-defined]
        for size in ((80, 24), (60, 20), (120, 40)):
            await it.pilot.resize_terminal(*size)
            await it.settle()
            box = it.app.screen
            assert box.query_one("#keys").region.bottom <= size[1], "its keys are in sight"
            top, height = box.lines.scroll_offset.y, box.lines.body_height  # type: ignore[attr-defined]
            assert top <= box.lines.cursor < top + height  # type: ignore[attr-defined]
            assert box.lines.current == chosen  # type: ignore[attr-defined]
            assert box.lines.region.bottom <= box.query_one("#keys").region.y  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_long_name_of_a_row_leaves_room_for_its_figure(tmp_path: Path, size: tuple[int, int]) -> None:
    long = tuple((row[0], row[1] * 8, *row[2:]) for row in ROWS)
    async with running([analysis(rows=long)], tmp_path, size=size) as it:
        await it.press("enter")
        assert re.search(r"21015 医疗.*› · 合计 +808\.50", it.status)
