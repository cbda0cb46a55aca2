"""What every app of these tests reads in the same way is read once."""

from __future__ import annotations

import pytest
from textual.css.stylesheet import Stylesheet


@pytest.fixture(autouse=True, scope="session")
def styles_read_once() -> None:
    """The rules of a style sheet follow from its text and the colours of the theme: each app would parse those of all
    widgets anew, a tenth of what its test takes."""
    kept: dict[tuple[object, ...], list[object]] = {}
    parse = Stylesheet._parse_rules

    def parse_once(self: Stylesheet, css: str, read_from: object, *rest: object, **more: object) -> list[object]:
        key = (css, read_from, rest, tuple(sorted(more.items())), tuple(sorted(self._variables.items())))
        if key not in kept:
            kept[key] = parse(self, css, read_from, *rest, **more)  # type: ignore[arg-type, assignment]
        return kept[key]

    patched = pytest.MonkeyPatch()
    patched.setattr(Stylesheet, "_parse_rules", parse_once)
