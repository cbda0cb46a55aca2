"""Whole reviews by real keys of every keymap, against the same reviews without a screen: the same bytes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.sessions.settling import ASKS, SCRIPTS, Script, noon, play_without_screen
from tests.tui.driving import started
from tests.tui.made_up import MadeUpWorkspace
from workbench.config.keymap import keymap_files, load_keymap
from workbench.pipeline import Analysis
from workbench.review import ReviewSession
from workbench.tui.app import WorkbenchApp


class ScriptedWorkspace(MadeUpWorkspace):
    """One document, opened at noon by the script's reviewer."""

    def __init__(self, script: Script, analysis: Analysis, records: Path) -> None:
        super().__init__([analysis], records, [])
        self.script = script

    def open(
        self, path: Path, analysis: Analysis | None, *, steal_lock: bool = False, read_only: bool = False
    ) -> ReviewSession:
        assert analysis is not None
        return self.script.open(self.records, analysis, causes_later=True)


async def play_by_keys(script: Script, keymap: str, records: Path) -> str:
    loaded = load_keymap(keymap)
    app = WorkbenchApp(ScriptedWorkspace(script, script.analysis(), records), keymap=loaded)
    async with started(app) as driver:
        await driver.press(*loaded.keys("queue.open")[0].split())
        for step in script.steps:
            await driver.press(*loaded.keys(step["command"])[0].split())
            if step["command"] in ASKS:
                if step["text"]:
                    await driver.type(step["text"])
                await driver.press("enter")
        await driver.press(*loaded.keys("app.quit")[0].split())
    (path,) = records.glob("*.toml")
    return path.read_text(encoding="utf-8")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("keymap", sorted(keymap_files()))
@pytest.mark.parametrize("script", [Script.read(path) for path in SCRIPTS], ids=lambda script: script.path.stem)
async def test_a_review_by_keys_leaves_the_record_that_the_session_leaves(
    script: Script, keymap: str, tmp_path: Path, here: None
) -> None:
    headless = play_without_screen(script, tmp_path / "headless")
    by_keys = await play_by_keys(script, keymap, tmp_path / "keys")
    assert by_keys == headless
    record = tomllib.loads(by_keys)
    assert record["review"]["status"] == "done"
    assert record["review"]["updated_at"] == noon()


@pytest.mark.parametrize("keymap", sorted(keymap_files()))
def test_settling_takes_three_keys_a_finding_at_most(keymap: str, here: None) -> None:
    scripts = [Script.read(path) for path in SCRIPTS]
    keys = sum(script.keys(load_keymap(keymap)) for script in scripts)
    findings = sum(len(script.analysis().findings) for script in scripts)
    assert keys <= 3 * findings
