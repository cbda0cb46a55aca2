"""The picture in README is of the app as it is."""

from __future__ import annotations

from tests.tui.screenshot import PICTURE, draw, words


async def test_the_picture_in_readme_shows_the_app_as_it_is() -> None:
    kept = words(PICTURE.read_text(encoding="utf-8"))
    assert words(await draw()) == kept, "draw it again: python -m tests.tui.screenshot"
    assert "639.72→679.72" in kept
