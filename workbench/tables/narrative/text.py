"""The running text of a document: what no table covers, white space taken out, every character still with its place.

Lines that the page broke are joined, paragraphs are kept apart by one line feed, page numbers and repeated page heads
are left out. A figure broken over a line or a page is whole again here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.fiscal.characters import is_traditional, simplified
from workbench.model.source import Anchor, Page

Ranges = Sequence[tuple[int, int]]
"""Character ranges of one page's text."""

_RUN = re.compile(r"\S+")
_BARRED_RUN = re.compile(r"[^\s|]+")
_NO_WORDS = re.compile(r"^\s*\|(?:[\s:|-]*)\|?\s*$|^\s*[-–—]{1,3}\s*\d+\s+of\s+\d+\s*[-–—]{1,3}\s*$")
"""The rule below the head of a table of bars; the number of a page, as a converter writes it between pages."""
_PAGE_NUMBER = re.compile(r"^[-—–~·\s]*\d{1,4}[-—–~·\s]*$|^第\s*\d+\s*页.{0,12}$|^\d+\s*/\s*\d+$")
_DIGITS = re.compile(r"\d+")
_ITEM_FIRST = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+(?:部分|章|条|节)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}[“＂\"〝]?(?:、|[.．](?!\s*\d))|\d{1,2}(?=[“＂\"〝][^”，。；]{2,30}[（(]类)|[①-⑳])"
)
_GOES_ON_AFTER = tuple("，,、：:；;（(“《〔【+＋-*×=＝/％%")
_GOES_ON_BEFORE = re.compile(r"[，,、；;：:。）)”》〕】+＋*×=＝%％.]|[亿万千百]?元")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％＋－−＝〝〞＂「」", "0123456789.%+--=“””“”")
_LATIN_STOP = re.compile(r"(?:(?<=[^\W\da-zA-Z一二三四五六七八九十])|(?<=[%）)”]))\.(?=[^\W\da-zA-Z]|[（(“\n]|$)")
"""A Latin full stop behind a Chinese word: sites that write such commas write such stops."""
_SHORT_LINE = 0.7
"""A line without inner punctuation and shorter than this share of the usual full line stands for itself."""
_INNER_MARK = re.compile(r"[，。；,;]")
_HEADING = re.compile(
    r"(?:情况|说明|概况|职能|职责|设置|构成|解释|依据|内容|目标|安排|概述|分析|原因|主体|方案|周期|变化|信息|用途)$"
)


@dataclass(slots=True)
class RunningText:
    """Joined text with a place for each character. `text` has full-width figures as ASCII and Latin full stops as
    Chinese ones, `raw` has them as printed; both have the same length."""

    raw: str = ""
    text: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[tuple[Page, int]] = field(default_factory=list)

    def anchors(self, start: int, end: int) -> tuple[Anchor, ...]:
        """Where the characters `start:end` stand: one anchor for each stretch that only white space interrupts."""
        stretches: list[tuple[Page, int, int]] = []
        index = bisect_right(self.starts, start) - 1
        while index < len(self.starts) and self.starts[index] < end:
            page, place = self.places[index]
            run_end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.raw)
            first = place + max(start - self.starts[index], 0)
            last = place + min(end, run_end) - self.starts[index]
            if place >= 0 and first < last:
                before = stretches[-1] if stretches else None
                if before and before[0] is page and not page.text[before[2] : first].strip():
                    stretches[-1] = (page, before[1], last)
                else:
                    stretches.append((page, first, last))
            index += 1
        return tuple(page.anchor(first, last) for page, first, last in stretches)

    def paragraphs(self) -> Iterable[tuple[int, int]]:
        """The ranges of its paragraphs."""
        start = 0
        while start < len(self.text):
            end = self.text.find("\n", start)
            end = len(self.text) if end < 0 else end
            if end > start:
                yield start, end
            start = end + 1


class _Joiner:
    """Collects runs of characters and joins them to running text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.places: list[tuple[Page, int]] = []

    def add(self, text: str, page: Page, place: int) -> None:
        self.starts.append(self.length)
        self.places.append((page, place))
        self.parts.append(text)
        self.length += len(text)

    def separate(self, mark: str, page: Page) -> None:
        """A character that is in no source: a paragraph's end, or the blank between two figures."""
        if self.parts and self.parts[-1] != "\n":
            self.add(mark, page, -1_000_000_000)

    def result(self) -> RunningText:
        raw = "".join(self.parts)
        text = simplified(raw) if is_traditional(raw) else raw
        return RunningText(raw, _LATIN_STOP.sub("。", text.translate(_FULL_WIDTH)), self.starts, self.places)


@dataclass(frozen=True, slots=True)
class _Line:
    page: Page
    start: int
    text: str
    width: int
    prose: bool = False
    """Whether the TABs in it are blanks between words, as on its whole page, and no edges of cells."""


def running_text(pages: Sequence[Page], covered: Mapping[int, Ranges]) -> RunningText:
    """The text of `pages` outside `covered` (ranges by page number) as running text."""
    joiner = _Joiner()
    heads = _repeated_heads(pages)
    previous: _Line | None = None
    full = 0
    for page in pages:
        lines = list(_lines(page, covered.get(page.number, ()), heads))
        full = _full_width(lines) or full
        for line in lines:
            _join(joiner, previous, line, full)
            previous = line
    return joiner.result()


def passage(pieces: Iterable[Anchor], pages: Mapping[int, Page]) -> RunningText:
    """The text of one table cell as running text: its pieces joined."""
    joiner = _Joiner()
    for piece in pieces:
        page = pages.get(piece.page)
        if page is None:
            continue
        previous = ""
        for match in _RUN.finditer(page.text, piece.start, piece.end):
            text = match.group()
            if previous and (_ITEM_FIRST.match(text) or (previous[-1].isdigit() and text[0].isdigit())):
                joiner.separate("\n" if _ITEM_FIRST.match(text) else " ", page)
            joiner.add(text, page, match.start())
            previous = text
    return joiner.result()


def _lines(page: Page, covered: Ranges, heads: frozenset[str]) -> Iterable[_Line]:
    """The lines of a page that print something and are neither covered nor furniture."""
    covered = sorted(covered)
    starts = [start for start, _ in covered]
    found: list[_Line] = []
    at = 0
    for text in page.text.split("\n"):
        for start, end in _uncovered(at, at + len(text), covered, starts) if covered else ((at, at + len(text)),):
            piece = page.text[start:end].rstrip() if covered else text.rstrip()
            if piece and not piece.isspace() and not _NO_WORDS.match(piece):
                found.append(_Line(page, start, piece, len(piece.encode("gb18030", "replace"))))
        at += len(text) + 1
    edges = {0, 1, len(found) - 1, len(found) - 2}
    tabbed = [line for line in found if "\t" in line.text]
    prose = sum(_INNER_MARK.search(line.text) is not None for line in tabbed) * 2 > len(tabbed)
    return [
        replace(line, prose=True) if prose else line
        for index, line in enumerate(found)
        if index not in edges or not (_PAGE_NUMBER.match(line.text.strip()) or _masked(line.text) in heads)
    ]


def _uncovered(start: int, end: int, covered: Ranges, starts: list[int]) -> Iterable[tuple[int, int]]:
    index = max(bisect_right(starts, start) - 1, 0)
    while index < len(covered) and covered[index][0] < end and start < end:
        first, last = covered[index]
        if start < first:
            yield start, first
        start = max(start, last)
        index += 1
    if start < end:
        yield start, end


def _masked(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


def _repeated_heads(pages: Sequence[Page]) -> frozenset[str]:
    """The first and last lines that at least three pages, and a third of all, have in common but for their numbers."""
    if len(pages) < 3:
        return frozenset()
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.text.split("\n") if line.strip()]
        seen.update({_masked(line) for line in lines[:2] + lines[-2:]})
    return frozenset(text for text, count in seen.items() if count >= 3 and count * 3 >= len(pages) and len(text) < 60)


def _full_width(lines: Sequence[_Line]) -> int:
    widths = sorted(line.width for line in lines)
    return widths[len(widths) * 4 // 5] if widths else 0


def _join(joiner: _Joiner, previous: _Line | None, line: _Line, full: int) -> None:
    """Adds one line, with a paragraph's end before it where there is one."""
    if previous is not None:
        if _starts_paragraph(previous, line, full):
            joiner.separate("\n", line.page)
    last = ""
    barred = line.text.lstrip().startswith("|")
    for match in (_BARRED_RUN if barred else _RUN).finditer(line.text):
        text = match.group()
        if last and last[-1].isdigit() and text[0].isdigit():
            joiner.separate(" ", line.page)
        elif last and not line.prose and "\t" in line.text[match.start() - 1 : match.start()]:
            joiner.separate("\n", line.page)
        joiner.add(text, line.page, line.start + match.start())
        last = text


def _starts_paragraph(previous: _Line, line: _Line, full: int) -> bool:
    before = previous.text.rstrip()
    if _ITEM_FIRST.match(line.text):
        return True
    if before.endswith(_GOES_ON_AFTER) or _GOES_ON_BEFORE.match(line.text.lstrip()):
        return False
    if _INNER_MARK.search(before) or before.count("“") > before.count("”"):
        return False
    if _HEADING.search(before) and (_ITEM_FIRST.match(before) or previous.width < 0.92 * full):
        return True
    return previous.width < _SHORT_LINE * full
