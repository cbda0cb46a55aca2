"""The figures that running text quotes: amounts, shares, changes and growth with what they are about.

One pass over the tokens of each paragraph keeps, like a reader, what the text speaks of: the figure last named (a bare
"占20%" or "比上年增加" is said about it), the whole that 其中 or 包括 took apart, the numbered item it is under.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workbench.model.source import Anchor, Page
from workbench.model.table import Cell, StatedFigure, StatedKind, Table
from workbench.tables.narrative.drafts import Draft
from workbench.tables.narrative.reader import read_drafts
from workbench.tables.narrative.text import Ranges, RunningText, passage, running_text
from workbench.tables.narrative.tokens import MONEY, is_count

_PROSE = re.compile(rf"[一-龥]{{2}}[^\d]*\d[\d.,]*(?:{MONEY}|%|万|人)")


def stated_figures(
    pages: Sequence[Page], covered: Mapping[int, Ranges] | None = None, tables: Sequence[Table] = ()
) -> tuple[StatedFigure, ...]:
    """The figures quoted in the text of `pages`, in reading order, ids "s01"….

    `covered` gives for each page number the character ranges that tables occupy; what stands there is not read. Cells
    of `tables` that hold sentences rather than figures (a form's reasons and calculations) are read each by itself.
    A figure that the text left out ("其他收入万元") has a blank cell.
    """
    if covered is None:
        covered = covered_by(tables, pages)
    running = running_text(pages, covered)
    found = [(running, draft) for draft in read_drafts(running)]
    by_number = {page.number: page for page in pages}
    for table in tables:
        for text in _prose(table, by_number):
            found.extend((text, draft) for draft in read_drafts(text))
    width = max(2, len(str(len(found))))
    return tuple(_finish(found, f"s{{:0{width}d}}"))


def covered_by(tables: Sequence[Table], pages: Sequence[Page]) -> dict[int, list[tuple[int, int]]]:
    """The ranges of page text that `tables` cover: on each page from the first to the last character of each table's
    title and cells. A paragraph that quotes figures between the heading that is the title and the cells is not part of
    the table, and so not covered."""
    texts = {page.number: page.text for page in pages}
    covered: dict[int, list[tuple[int, int]]] = {}
    for table in tables:
        cells = _bounds(anchor for row in (*table.header, *table.rows) for cell in row for anchor in cell.anchors)
        titles = _bounds(table.title_anchors)
        for page in cells.keys() | titles.keys():
            ranges = sorted(bounds[page] for bounds in (titles, cells) if page in bounds)
            between = texts.get(page, "")[ranges[0][1] : ranges[-1][0]]
            if not any(_PROSE.search(line) for line in between.split("\n")):
                ranges = [(ranges[0][0], max(end for _, end in ranges))]
            covered.setdefault(page, []).extend(ranges)
    return covered


def _bounds(anchors: Iterable[Anchor]) -> dict[int, tuple[int, int]]:
    """From the first to the last character that `anchors` hold on each page."""
    bounds: dict[int, tuple[int, int]] = {}
    for anchor in anchors:
        start, end = bounds.get(anchor.page, (anchor.start, anchor.end))
        bounds[anchor.page] = (min(start, anchor.start), max(end, anchor.end))
    return bounds


def _prose(table: Table, pages: Mapping[int, Page]) -> Iterator[RunningText]:
    """The cells of a table that quote figures in words, once where a span repeats them."""
    seen: set[object] = set()
    for row in table.rows:
        for cell in row:
            if len(cell.printed) < 8 or cell.anchors in seen or not _PROSE.search(cell.printed):
                continue
            seen.add(cell.anchors)
            yield passage(cell.anchors, pages)


def _finish(found: Sequence[tuple[RunningText, Draft]], name: str) -> Iterator[StatedFigure]:
    """The stated figures of the drafts, with their ids and links."""
    first = 0
    for position, (running, draft) in enumerate(found):
        if position and found[position - 1][0] is not running:
            first = position
        link = draft.whole if draft.whole is not None else draft.about
        yield StatedFigure(
            id=name.format(position + 1),
            label=_label(draft),
            cell=Cell(
                running.raw[draft.start : draft.number_end].strip(), running.anchors(draft.start, draft.number_end)
            ),
            unit=draft.unit,
            text=running.raw[draft.clause : draft.end].strip("、，；。：:"),
            kind=StatedKind.COUNT if draft.kind is StatedKind.AMOUNT and is_count(draft.unit) else draft.kind,
            direction=draft.phrase.direction,
            year=draft.year,
            parent="" if link is None else name.format(first + link + 1),
        )


def _label(draft: Draft) -> str:
    """What the figure is about, in the words of the document."""
    phrase, subject = draft.phrase, draft.subject
    if phrase.kind in (StatedKind.CHANGE, StatedKind.GROWTH):
        return f"{subject}{phrase.base}{phrase.verb}"
    if phrase.kind is StatedKind.SHARE and phrase.whole and not phrase.aspect:
        return f"{subject}占比" if phrase.whole == "合计" else f"{subject}占{phrase.whole}"
    if subject and subject in phrase.aspect:
        return phrase.aspect
    if phrase.held and subject and phrase.aspect.endswith(("预算", "预算数", "预算额")) and "完成" not in phrase.aspect:
        return f"{subject} {phrase.aspect}"
    return phrase.words or f"{subject} {phrase.aspect}".strip() or draft.unit
