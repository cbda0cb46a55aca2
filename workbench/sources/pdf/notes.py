"""What was read past on the pages of a PDF, for the warnings of its document."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class PageNotes:
    """What was read past on the pages so far, by kind: page numbers."""

    outside: list[int] = field(default_factory=list)
    clipped: list[int] = field(default_factory=list)
    slanted: list[int] = field(default_factory=list)
    unseen: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    truncated: list[int] = field(default_factory=list)

    def warnings(self) -> tuple[str, ...]:
        """The notes as sentences."""
        said = (
            (self.outside, "text outside the visible page was left out"),
            (self.clipped, "text hidden by a clip was left out"),
            (self.slanted, "slanted or large pale text (a watermark) was left out"),
            (self.unseen, "text that is set without ink was left out"),
            (self.unmapped, "much of the text has no Unicode value in the file; what is read may be wrong"),
            (self.damaged, "characters of the text are damaged in the file; labels may be wrong"),
            (self.scanned, "the page is an image without text and was not read"),
            (self.recognised, "the page is an image, or its text has no Unicode values; it was read by OCR"),
            (self.unread, "the page is damaged and could not be read"),
            (self.truncated, "the page draws more objects than are looked at; ruled lines may be missing"),
        )
        return tuple(f"page {_ranges(numbers)}: {sentence}" for numbers, sentence in said if numbers)


def _ranges(numbers: list[int]) -> str:
    """The numbers 3, 4, 5, 9 as "3–5, 9"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in spans)
