"""What the screens say of keys is whole and true, at every size, in both languages, with every keymap."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.driving import Driver, pilot_key, running
from tests.tui.made_up import three_documents
from workbench.config.commands import command
from workbench.config.keymap import load_keymap
from workbench.config.messages import Phrasebook
from workbench.tui.drawing.display import set_ambiguous_width, width
from workbench.tui.drawing.scroll_bars import fit_scroll_bars
from workbench.tui.keys.sequence import continuations, key_label
from workbench.tui.screens import commanding
from workbench.tui.screens.base import CommandScreen
from workbench.tui.widgets.which_key import WhichKey

SIZES = [(80, 24), (200, 55)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("keymap", "language"), [("default", "zh"), ("vim", "en"), ("emacs", "zh")])
async def test_the_box_of_an_open_chord_names_every_way_to_go_on(
    tmp_path: Path, keymap: str, language: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commanding, "_WHICH_KEY_AFTER", 0.001)
    say = Phrasebook(language)
    async with running(three_documents(), tmp_path, size=size, keymap=load_keymap(keymap), language=language) as it:
        await it.press("enter")
        bindings = it.review._bindings_now()
        box = it.review.query_one(WhichKey)
        for prefix in sorted({keys[0] for keys in bindings if len(keys) > 1}):
            await open_chord(it, prefix, box)
            assert all(width(line) <= size[0] for line in it.lines)
            for keys, identifier in continuations((prefix,), bindings):
                title = say.of(command(identifier).title)
                assert any(f"{key_label(keys)}  {title}" in line for line in it.lines), (prefix, keys, title, it.text)
            assert it.status.strip().startswith(key_label(prefix)), "the lines under it stay"
            await it.pilot.press("escape")
            await it.settle()
            assert not box.display


async def open_chord(it: Driver, prefix: str, box: WhichKey) -> None:
    if prefix:
        await it.pilot.press(pilot_key(prefix))
    await it.until(lambda: box.display and box.region.area)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_help_palette_and_keys_fit_and_are_left_by_escape(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with running(three_documents(), tmp_path, size=size, language=language) as it:
        for keys in ((), ("enter",)):
            await it.press(*keys)
            here = it.app.screen
            for box in ("?", "space", "f2", ":", "S" if not keys else "v"):
                await it.press(box)
                assert it.app.screen is not here, box
                assert all(width(line) <= size[0] for line in it.lines)
                top = it.app.screen
                assert isinstance(top, CommandScreen)
                await it.press("escape")
                assert it.app.screen is here, box


@pytest.fixture
def wide() -> Iterator[None]:
    """A terminal that gives ambiguous characters two cells."""
    set_ambiguous_width("wide")
    fit_scroll_bars("wide")
    yield
    set_ambiguous_width("narrow")
    fit_scroll_bars("narrow")


async def test_nothing_on_the_screens_is_of_ambiguous_width_where_that_shifts_lines(tmp_path: Path, wide: None) -> None:
    async with running(three_documents(), tmp_path, size=(100, 24)) as it:
        for keys in (("?",), ("space",), (":",), ("F",), ("S",), ("R",), ("enter", "?"), ("v",), ("t",)):
            await it.press(*keys)
            if keys == ("t",):
                await open_chord(it, "", it.review.query_one(WhichKey))
            ambiguous = {c for c in it.text if unicodedata.east_asian_width(c) == "A"}
            assert not ambiguous, (keys, ambiguous)
            await it.press("escape")


async def click(it: Driver, text: str, times: int = 1) -> None:
    """Click on the first place of the screen that says `text`."""
    for row, line in enumerate(it.lines):
        if text in line:
            await it.pilot.click(offset=(width(line[: line.index(text)]), row), times=times)
            await it.settle()
            return
    raise AssertionError(f"{text} is not on the screen:\n{it.text}")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_mouse_reaches_every_command(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(three_documents(), tmp_path, size=size) as it:
        await click(it, "蓝溪县", times=2)
        await click(it, "Space commands")
        await it.type("back")
        await click(it, "app.back", times=2)
        assert it.queue.is_current
        await click(it, "Space commands")
        await it.type("statistics")
        await click(it, "queue.stats", times=2)
        assert "findings by rule" in it.text


@pytest.mark.parametrize("key", ["/", "space"])
async def test_the_help_is_left_to_search_the_commands_that_it_tells_of(tmp_path: Path, key: str) -> None:
    async with running(three_documents(), tmp_path, size=(80, 24)) as it:
        await it.press("enter", "?")
        assert "Space / searches the commands" in it.text
        await it.press(key)
        await it.type("redo")
        assert "redo" in it.text and "U ^y" in it.text
