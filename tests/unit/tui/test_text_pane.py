"""Paragraphs are folded to their pane: nothing of what they say is lost, and each word keeps its colour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.tui.drawing.display import width
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.text_pane import Paragraph, folded

WORDS = st.text(alphabet="ab1. 合计→", max_size=30)


def said(part: Paragraph, room: int) -> list[str]:
    """The lines of a paragraph as text."""
    return ["".join(text for text, _ in line) for line in folded(part, room)]


def test_blanks_at_a_fold_between_two_spans_are_on_no_line() -> None:
    part = Paragraph((Span("合计: 1.00 → 2.00"), Span("  safe", "settled"), Span(", clears 4. None breaks.")), indent=2)
    assert said(part, 18) == ["合计: 1.00 → 2.00", "  safe, clears 4.", "  None breaks."]


@given(st.lists(WORDS, min_size=1, max_size=4), st.integers(12, 30), st.integers(0, 4))
def test_whatever_is_folded_is_all_said_within_the_room(texts: list[str], room: int, indent: int) -> None:
    spans = tuple(Span(text, str(number)) for number, text in enumerate(texts))
    lines = folded(Paragraph(spans, indent), room)
    assert max(width("".join(text for text, _ in line)) for line in lines) <= room
    for span in spans:
        pieces = "".join(text for line in lines for text, of in line if of is span)
        assert pieces.replace(" ", "") == span.text.replace(" ", "")
