"""Places of characters on a page."""

from array import array
from math import nan

import pytest

from workbench.model.source import Anchor, Box, Page, RuledLine, SourceDocument

PAGE = Page(2, "ab c", boxes=array("f", [1, 2, 3, 4, 3, 1, 5, 6, nan, nan, nan, nan, 9, 9, 10, 12]))


def test_the_box_of_characters_is_around_those_that_have_a_place() -> None:
    assert PAGE.box_of(0, 2) == Box(1, 1, 5, 6)
    assert PAGE.box_of(0, 4) == Box(1, 1, 10, 12)
    assert PAGE.box_of(3, 99) == Box(9, 9, 10, 12)


def test_characters_without_a_place_have_no_box() -> None:
    assert PAGE.box_of(2, 3) is None
    assert PAGE.box_of(4, 4) is None
    assert Page(1, "text").box_of(0, 4) is None


def test_an_anchor_knows_its_page_and_box() -> None:
    assert PAGE.anchor(0, 1) == Anchor(2, 0, 1, Box(1, 2, 3, 4))


def test_pages_are_counted_from_one() -> None:
    source = SourceDocument("a.txt", "0" * 64, "text/plain", "text/1", (Page(1, "first"), Page(2, "second")))
    assert [source.page(number).text for number in (1, 2)] == ["first", "second"]
    assert source.text_of(Anchor(2, 1, 4)) == "eco"
    for number in (0, 3, -1):
        with pytest.raises(IndexError, match=f"no page {number}"):
            source.page(number)


def test_a_line_runs_across_or_down() -> None:
    assert RuledLine(0, 5, 10, 5).horizontal
    assert not RuledLine(5, 0, 5, 10).horizontal
