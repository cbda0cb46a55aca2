"""What went wrong is said whole: on the status line, and where that is too short over the line of keys."""

from __future__ import annotations

import subprocess
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.tui.driving import running
from tests.tui.made_up import analysis
from workbench.errors import UnreadableSourceError
from workbench.model.edit import SetCell
from workbench.pipeline import Failure
from workbench.records.journal import Journal
from workbench.review import ReviewSession


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("width", [80, 200])
async def test_why_a_step_was_not_taken_and_what_to_do_is_said_whole(
    tmp_path: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running([analysis()], Path("records"), size=(width, 24)) as it:
        await it.press("enter")
        usual, append = it.keys, Journal.append
        monkeypatch.setattr(Journal, "append", full)
        await it.press("c")
        said = it.status.strip() if width == 200 else f"{it.status.strip()} {it.keys.strip()}"
        assert "could not be written: No space left on device (free space or choose another --records folder" in said
        assert width == 80 or ("nothing shown as done is lost)" in it.status and it.keys == usual)
        monkeypatch.setattr(Journal, "append", append)
        await it.press("j")
        assert it.keys == usual and "space left" not in it.text
        await it.press("n", "c")
        assert "✎ 21015" in it.status, "the step can be taken once there is room"


async def test_what_was_told_is_cut_anew_where_the_terminal_changes(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path, size=(200, 24)) as it:
        await it.press("enter")
        it.review.tell("why this was not done: " + "a long reason, " * 9 + "and the end", "failing")
        await it.settle()
        assert "and the end" in it.status and "Space commands" in it.keys
        await it.pilot.resize_terminal(120, 24)
        await it.settle()
        assert it.keys.endswith("and the end")
        await it.pilot.resize_terminal(200, 24)
        await it.settle()
        assert "and the end" in it.status and "Space commands" in it.keys


async def test_failures_are_said_in_the_language_of_the_interface(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    broken = Path("坏.pdf")
    failure = Failure(broken, UnreadableSourceError(broken, "is a damaged or truncated PDF", "print it to a new PDF"))
    async with running([analysis()], Path("records"), language="zh", failures=[failure]) as it:
        assert "PDF 损坏或不完整（请打印为新的 PDF）" in it.text
        monkeypatch.setattr(Journal, "append", full)
        await it.press("enter", "c")
        assert "无法写入" in it.status and "磁盘空间不足（请腾出空间" in it.status + it.keys


async def test_a_note_that_could_not_be_kept_is_offered_again_for_what_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "m")
        append = Journal.append
        monkeypatch.setattr(Journal, "append", full)
        await it.type("与附表不符，待核实")
        await it.press("enter")
        assert "could not be written" in it.status
        await it.press("l", "m")
        assert "待核实" not in it.text, "another cell"
        await it.press("escape", "h", "m")
        assert "与附表不符，待核实" in it.text
        monkeypatch.setattr(Journal, "append", append)
        await it.press("enter")
        assert it.review.state.record.marks[0].note == "与附表不符，待核实"
        await it.press("M")
        assert "待核实" not in it.text.splitlines()[-2]


async def test_what_was_typed_into_a_cell_stays_where_it_could_not_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "e")
        ref, append = it.review.ref(), Journal.append
        monkeypatch.setattr(Journal, "append", full)
        for key in ("enter", "tab"):
            it.review.editor.value = "641.25（原件模糊）"
            await it.press(key)
            assert "could not be written" in it.status and "641.25（原件模糊）" in it.text
            assert it.review.editor.has_focus and it.review.ref() == ref
        monkeypatch.setattr(Journal, "append", append)
        await it.press("enter")
        assert not it.review.editor.display and it.app.focused is it.review.grid
        assert it.review.state.document.cell(ref).text == "641.25（原件模糊）"
        monkeypatch.setattr(Journal, "append", full)
        await it.press("e", "backspace", "enter", "escape")
        assert not it.review.editor.display, "who gives up what was typed leaves it"
        assert it.review.state.document.cell(ref).text == "641.25（原件模糊）"


async def test_what_came_from_an_editor_stays_where_it_could_not_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edited(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        Path(command[-1]).write_text("641.25\n", encoding="utf-8")
        return subprocess.CompletedProcess(command, 0)

    async with running([analysis()], tmp_path) as it:
        monkeypatch.setattr(type(it.app), "suspend", nullcontext)
        monkeypatch.setattr(subprocess, "run", edited)
        await it.press("enter")
        append = Journal.append
        monkeypatch.setattr(Journal, "append", full)
        await it.press("i")
        assert "could not be written" in it.status and it.review.editor.value == "641.25"
        monkeypatch.setattr(Journal, "append", append)
        await it.press("enter")
        assert it.review.state.document.cell(it.review.ref()).text == "641.25"


async def test_who_had_the_document_taken_over_keeps_what_was_typed_and_is_told_the_way_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = analysis()
    async with running([made], Path("records")) as it:
        await it.press("enter", "e")
        ref = it.review.ref()
        assert ref is not None
        before = made.document.cell(ref).text
        with ReviewSession.open(
            made.path, records=Path("records"), reviewer="王芳", analysis=made, steal_lock=True
        ) as theirs:
            theirs.apply((SetCell(ref, before, "640.51"),))
            it.review.editor.value = "641.25（原件模糊）"
            await it.press("enter")
            assert "王芳" in it.status and "641.25（原件模糊）" in it.text and it.review.editor.has_focus
            assert "opens it in the app may read it or take it over" in f"{it.status.strip()} {it.keys.strip()}"
            await it.press("escape", "q", "enter")
            assert "王芳" in it.text and "take the lock over" in it.text
            await it.press("down", "enter")
            assert it.review.state.document.cell(ref).text == "640.51", "nothing that the other did is lost"
