"""A document that is named on the command line is opened as soon as it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import started
from tests.tui.made_up import MadeUpWorkspace, analysis, three_documents, unreadable
from workbench.config.settings import Settings
from workbench.pipeline import Analysis, Failure
from workbench.tui import app as app_module
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.queue import QueueScreen
from workbench.tui.screens.review.screen import ReviewScreen


def named(records: Path, analyses: list[Analysis], failures: list[Failure] | None = None) -> WorkbenchApp:
    app = WorkbenchApp(MadeUpWorkspace(analyses, records, failures or []))
    app.opens_at_once = True
    return app


async def test_the_one_document_is_open_and_left_for_the_queue(tmp_path: Path) -> None:
    async with started(named(tmp_path, [analysis()])) as it:
        await it.until(lambda: isinstance(it.app.screen, ReviewScreen))
        await it.settle()
        assert "青禾县" in it.lines[0]
        await it.press("q")
        assert isinstance(it.app.screen, QueueScreen)
        await it.press("f5")
        await it.pilot.pause(0.2)
        assert isinstance(it.app.screen, QueueScreen), "it is opened once"


async def test_several_or_none_that_can_be_read_are_shown_in_the_queue(tmp_path: Path) -> None:
    for app in (named(tmp_path, three_documents()), named(tmp_path, [], [unreadable()])):
        async with started(app) as it:
            await it.pilot.pause(0.2)
            assert isinstance(it.app.screen, QueueScreen)


async def test_whoever_typed_something_goes_where_they_want(tmp_path: Path) -> None:
    app = named(tmp_path, [analysis()])
    app.anything_typed = True
    async with started(app) as it:
        await it.pilot.pause(0.2)
        assert isinstance(it.app.screen, QueueScreen)


@pytest.mark.parametrize(("names", "opens"), [(["a.txt"], True), (["."], False), (["a.txt", "b.txt"], False)])
def test_a_file_is_named_and_no_folder(
    names: list[str], opens: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("合计 1.00", encoding="utf-8")
    seen: list[bool] = []
    monkeypatch.setattr(app_module.WorkbenchApp, "run", lambda app: seen.append(app.opens_at_once))
    monkeypatch.setattr(app_module, "graphics_for", lambda _: None)
    assert app_module.run([Path(name) for name in names], Settings()) == 0
    assert seen == [opens]
