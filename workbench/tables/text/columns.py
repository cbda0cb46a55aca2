"""Tables that only alignment shows: text laid out in columns by blanks, PDF pages without ruled lines.

The columns are the strips that the words of the body leave free between them; header labels are stacked and hung over
the columns by where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from workbench.fiscal.captions import is_note, title_of_line, unit_of_line
from workbench.model.amount import match_key
from workbench.model.table import Row
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import Captions, is_caption
from workbench.tables.text.column_heads import Column, columns_of, header_labels, hung
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import EMPTY, Line, Piece, cell_of, key_of, text_of
from workbench.tables.text.places import Placed, PlacedLine, placed_lines, strips
from workbench.tables.text.vocabulary import (
    NEW_LABEL,
    column_kind,
    indicator_family,
    is_indicator_header,
    is_known,
    is_known_prefix,
)

_PAGE_BREAK = 12.0
"""How far below the last line of a page the first line of the next is taken to stand."""
_MOST_COLUMNS = 100
_MOST_LABELS = 240
"""Words that stand in more columns than these, below more words than these, are no table."""
_ENOUGH_LINES = 200
"""The last so many lines of a body show its columns."""
_MOST_RESTS = 3
"""Among so many lines at the top of a page the first whole row stands, where a wrapped label goes on there."""
_SENTENCE = re.compile(r"[。；！？]|，.*，")
_PAGE_NUMBER = re.compile(r"^(?:[-—–－]*\s*\d{1,4}\s*[-—–－]*|第\s*\d{1,4}\s*页.*)$")
_VALUE_LABEL = re.compile(r"指标值$|目标值$|^值$")
_NUMBERED = re.compile(r"^(?:\*+|栏次|行次|\d{1,2}(?:=.*)?|[甲乙丙])$")
_HEADING = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章)")


@dataclass(slots=True)
class _Region:
    """The lines of one table on one page, captions left out."""

    captions: Captions
    lines: list[PlacedLine] = field(default_factory=list)

    @property
    def captioned(self) -> bool:
        """Whether a title or a unit stands above it, without which it is no table."""
        return bool(self.captions.title or self.captions.unit)

    def go_on(self, region: _Region) -> None:
        """Add the body of a region on a later page, its lines counted on from here; the rest of a label that the page
        break parted stays with its row."""
        after = self.lines[-1]
        first = region.lines[0] if region.lines else after
        rests = _rests(region.lines)
        for index, line in enumerate(region.lines):
            number = after.number + 1 + line.number - first.number
            y = after.y + (line.y - first.y) + _PAGE_BREAK if index >= rests else after.y
            cells = tuple(Placed(cell.pieces, cell.x0, cell.x1, number, y) for cell in line.cells)
            self.lines.append(PlacedLine(line.line, number, y, cells, line.em))


def is_aligned(lines: Sequence[Line]) -> bool:
    """Whether the figures of these lines stand in columns: wide blanks between words, or boxes."""
    if lines and lines[0].page.boxes:
        return True
    rows = [line.text.strip() for line in lines if any(is_figure_word(word) for word in line.text.split())]
    wide = sum(bool(re.search(r"\S {3,}\S", row)) for row in rows)
    return len(rows) >= 3 and wide * 2 >= len(rows)


def aligned_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of these lines, in order; a table that goes on at the top of the next page is one table."""
    regions: list[_Region] = []
    prose: list[list[Line]] = []
    for _, group in groupby(lines, key=lambda line: line.page.number):
        page_lines = list(group)
        if not (regions and regions[-1].captioned) and not any(map(_may_tell, page_lines)):
            # without captions, and no table before it to go on with: only a page that has just the unit of a table may
            # want to know its last lines
            prose.append(page_lines)
            continue
        found = list(_regions(placed_lines(page_lines)))
        if found:
            for page in () if found[0].captions.title else prose:
                _add_page(regions, list(_regions(placed_lines(page))))
            prose = []
            _add_page(regions, found)
    tables = [_table(region) for region in regions if region.captioned]
    return [table for table in tables if table is not None]


def _may_tell(line: Line) -> bool:
    """Whether a line may be the title of a table or name its unit."""
    text = line.text.strip()
    return bool(title_of_line(text) or unit_of_line(text))


def _add_page(regions: list[_Region], found: Sequence[_Region]) -> None:
    """Add the regions of one page, those that go on with the last table joined to it."""
    for index, region in enumerate(found):
        if index == 0 and regions and _only_goes_on(regions[-1], region):
            regions[-1].go_on(region)
            continue
        moved = _moved(regions[-1], region) if index == 0 and regions else None
        if moved is not None:
            regions[-1].go_on(moved)
            continue
        again = _lines_again(regions[-1], region) if regions else 0
        if again and _stands_alike(regions[-1], region, again):
            region.lines = region.lines[again:]
            regions[-1].go_on(region)
            continue
        if again:
            # The columns stand elsewhere on this page: it is read on its own, and joined by its title and header.
            region.captions = regions[-1].captions
        regions.append(region)


def _only_goes_on(before: _Region, region: _Region) -> bool:
    """Whether a region at the top of a page is nothing but more rows of the table before: no captions, no header, and
    its words stand in that table's columns. The rest of a label that the page break parted may stand first."""
    if region.captioned or not before.captioned:
        return False
    if not _begins_with_row(region.lines):
        return False
    _, _, body = _header_and_body(before.lines)
    covered = _covered(body[-_ENOUGH_LINES:], max(line.em for line in before.lines))
    if not 3 <= len(covered) <= _MOST_COLUMNS:
        return False
    cells = [cell for line in region.lines for cell in line.cells]
    inside = [sum(1 for x0, x1 in covered if min(x1, cell.x1) > max(x0, cell.x0)) == 1 for cell in cells]
    return inside[0] and sum(inside) * 10 >= len(cells) * 8


def _moved(before: _Region, region: _Region) -> _Region | None:
    """A region at the top of a page that is nothing but more rows of the table before, whose columns stand elsewhere on
    this page: its words moved to that table's columns. None where it is not so."""
    if region.captioned or not before.captioned or len(region.lines) < 2:
        return None
    if not _begins_with_row(region.lines):
        return None
    _, _, body = _header_and_body(before.lines)
    em = max(line.em for line in region.lines)
    there, here = _covered(body[-_ENOUGH_LINES:], em), _covered(region.lines, em)
    if len(there) != len(here) or not 4 <= len(here) <= _MOST_COLUMNS:
        return None
    if _figure_strips(body[-_ENOUGH_LINES:], there) != _figure_strips(region.lines, here):
        return None
    lines = []
    for line in region.lines:
        cells = []
        for cell in line.cells:
            index = max(range(len(here)), key=lambda strip: min(cell.x1, here[strip][1]) - max(cell.x0, here[strip][0]))
            shift = there[index][0] - here[index][0]
            x0 = min(cell.x0 + shift, there[index][1])
            cells.append(replace(cell, x0=x0, x1=max(min(cell.x1 + shift, there[index][1]), x0)))
        lines.append(replace(line, cells=tuple(cells)))
    return _Region(region.captions, lines)


def _figure_strips(lines: Sequence[PlacedLine], found: Sequence[tuple[float, float]]) -> list[bool]:
    """Which strips hold figures."""
    counts = [0] * len(found)
    for line in lines:
        for cell in line.cells:
            for index, (x0, x1) in enumerate(found):
                if min(x1, cell.x1) > max(x0, cell.x0):
                    counts[index] += 1 if is_figure_word(cell.text) else -1
    return [count > 0 for count in counts]


def _rests(lines: Sequence[PlacedLine]) -> int:
    """How many lines at the top of a page hold the rest of a label of the row before. Where text goes on below the
    first whole row as well, the label is its own, wrapped around the line with its figures."""
    lone = [len(line.cells) == 1 and not _begins_body([match_key(line.cells[0].text)]) for line in lines]
    count = lone.index(False) if False in lone else 0
    return 0 if count > _MOST_RESTS or any(lone[count + 1 : count + 2]) else count


def _begins_with_row(lines: Sequence[PlacedLine]) -> bool:
    """Whether the first line is a row of a body, but for lines of one cell each that is no label of a header."""
    for line in lines[:_MOST_RESTS]:
        if _begins_body([match_key(cell.text) for cell in line.cells]):
            return True
        if len(line.cells) > 1 or is_known(line.cells[0].text):
            return False
    return False


def _covered(lines: Sequence[PlacedLine], em: float) -> list[tuple[float, float]]:
    """The vertical strips that the words of these lines cover."""
    return strips([cell for line in lines for cell in line.cells], 0.3 * em)


def _lines_again(before: _Region, region: _Region) -> int:
    """With how many lines a region repeats the header of the table before, below no other title; 0 where it does not."""
    title = match_key(region.captions.title)
    if title and title != match_key(before.captions.title):
        return 0
    header, numbering, _ = _header_and_body(before.lines)
    whole = "".join(_key(line) for line in header)
    key = ""
    for index, line in enumerate(region.lines):
        key += _key(line)
        if key == whole:
            following = [_key(line) for line in region.lines[index + 1 :][: len(numbering)]]
            return index + 1 + (len(numbering) if following == [_key(line) for line in numbering] else 0)
        if not whole.startswith(key):
            return 0
    return 0


def _stands_alike(before: _Region, region: _Region, count: int) -> bool:
    """Whether the header stands at the same places on both pages."""
    places = [cell.x0 for line in before.lines[:count] for cell in line.cells]
    again = [cell.x0 for line in region.lines[:count] for cell in line.cells]
    em = max(line.em for line in region.lines)
    return len(places) == len(again) and all(abs(a - b) <= em for a, b in zip(places, again, strict=True))


def _key(line: PlacedLine) -> str:
    return match_key("".join(cell.text for cell in line.cells))


def _regions(lines: Sequence[PlacedLine]) -> Iterator[_Region]:
    """Stretches of lines below a title, a unit line, or the top of the page, up to running text."""
    region = _Region(Captions())
    for line in lines:
        text = line.line.text.strip()
        if _PAGE_NUMBER.match(text):
            continue
        title = (
            title_of_line(text) if len(line.cells) <= 2 and not any(is_figure_word(c.text) for c in line.cells) else ""
        )
        labels = all(is_known(cell.text) for cell in line.cells)
        if title and not labels and not is_caption(text) and not _in_body(region, line):
            if region.lines:
                yield region
            region = _Region(Captions(title, line.line.pieces()))
        elif _is_caption_line(line):
            if region.lines:
                yield region
                region = _Region(Captions())
            unit = unit_of_line(text)
            region.captions = region.captions.merged(Captions(unit=unit)) if unit else region.captions
        elif is_note(text) or _HEADING.match(text) or (_SENTENCE.search(text) and len(line.cells) < 3):
            if region.lines:
                yield region
            region = _Region(Captions())
        else:
            region.lines.append(line)
    if region.lines:
        yield region


def _in_body(region: _Region, line: PlacedLine) -> bool:
    """Whether a line that reads like a title is a label inside the table: it does not end in 表."""
    return bool(region.lines) and not re.search(r"表(?:[（(].*[）)])?$", match_key(line.line.text))


def _is_caption_line(line: PlacedLine) -> bool:
    texts = [cell.text for cell in line.cells]
    return any(is_caption(text) for text in texts) and len(texts) <= 4 and not any(is_figure_word(t) for t in texts)


def _table(region: _Region) -> RawTable | None:
    header, numbering, body = _header_and_body(region.lines)
    if sum(len(line.cells) for line in header) > _MOST_LABELS:
        return None
    labels = header_labels(header)
    if sum(is_known(label.text) for label in labels) * 2 < len(labels) or len(labels) < 2:
        return None
    em = max(line.em for line in region.lines)
    if len(_covered((*numbering, *body), em)) > _MOST_COLUMNS:
        return None
    columns = columns_of(labels, numbering, body, em)
    if len(columns) < 2:
        return None
    header_rows = hung(labels, columns)
    rows: list[Row] = [tuple(cell_of(pieces) for pieces in row) for row in header_rows]
    for line in numbering:
        rows.append(tuple(cell_of(pieces) for pieces in _spread(line.cells, columns)))
    header_count = len(rows)
    rows.extend(
        _lifted(_body_rows(body, columns, header_rows), [_leaf_key(header_rows, i) for i in range(len(columns))])
    )
    pages = tuple(sorted({anchor.page for row in rows for cell in row for anchor in cell.anchors}))
    captions = region.captions
    return RawTable(
        tuple(rows),
        header_count,
        title=captions.title,
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces),
        unit_text=captions.unit,
        pages=pages,
    )


def _header_and_body(
    lines: Sequence[PlacedLine],
) -> tuple[list[PlacedLine], list[PlacedLine], list[PlacedLine]]:
    header: list[PlacedLine] = []
    numbering: list[PlacedLine] = []
    for index, line in enumerate(lines):
        keys = [match_key(cell.text) for cell in line.cells]
        if len(keys) >= 2 and all(_NUMBERED.match(key) for key in keys) and header:
            numbering.append(line)
        elif (
            numbering
            or _begins_body(keys)
            or (header and _ends_indicators(header[-1]))
            or _is_blank_total(header, line, lines[index + 1 : index + 2])
        ):
            return header, numbering, list(lines[index:])
        else:
            header.append(line)
    return header, numbering, []


def _is_blank_total(header: Sequence[PlacedLine], line: PlacedLine, following: Sequence[PlacedLine]) -> bool:
    """Whether a line below a header is the total row of a body without figures, not the end of a label above it
    (支出 | 合计): the header names a total already, or the word stands below a text column."""
    key = match_key(line.cells[0].text)
    if not header or len(line.cells) > 1 or key not in ("合计", "总计"):
        return False
    if any(not _begins_body([match_key(cell.text) for cell in below.cells]) for below in following):
        return False
    cell = line.cells[0]
    above = [
        other
        for other in header[-1].cells
        if min(other.x1, cell.x1) > max(other.x0, cell.x0) and other.line < cell.line
    ]
    if any(is_known(other.text + key) for other in above):
        return False
    named = any(match_key(other.text) == key for row in header for other in row.cells)
    return named or any(column_kind(other.text) == "text" for other in above)


def _ends_indicators(line: PlacedLine) -> bool:
    """Whether a line is the header of an indicator grid, below which indicators begin at once."""
    return is_indicator_header([cell.text for cell in line.cells])


def _begins_body(keys: Sequence[str]) -> bool:
    first = keys[0]
    if any(is_figure_word(key) and not re.fullmatch(r"20\d\d", key) for key in keys):
        return True
    return bool(NEW_LABEL.match(first)) and not is_known_prefix(first)


def _spread(cells: Sequence[Placed], columns: Sequence[Column]) -> list[tuple[Piece, ...]]:
    """The pieces of each column: every cell goes to the column that it overlaps most, or is nearest to."""
    row: list[tuple[Piece, ...]] = [()] * len(columns)
    for cell in cells:
        index = max(range(len(columns)), key=lambda column: _closeness(cell, columns[column]))
        row[index] = row[index] + cell.pieces
    return row


def _closeness(cell: Placed, column: Column) -> float:
    return min(cell.x1, column.x1) - max(cell.x0, column.x0)


def _body_rows(
    lines: Sequence[PlacedLine], columns: Sequence[Column], header: Sequence[Sequence[tuple[Piece, ...]]]
) -> list[Row]:
    """The rows of the body. A line with nothing but the rest of a wrapped label belongs to the row nearest to it."""
    names = {
        index for index in range(len(columns)) if re.search(r"名称|项目|科目|内容|备注|说明", _leaf_key(header, index))
    }
    spread = [_spread(line.cells, columns) for line in lines]
    value = next((index for index in range(len(columns)) if _VALUE_LABEL.search(_leaf_key(header, index))), None)
    if value is not None and is_indicator_header([_leaf_key(header, index) for index in range(len(columns))]):
        main = [bool(row[value]) for row in spread]
    else:
        main = [not _is_rest(row, names) for row in spread]
    owners = _owners(lines, main)
    members: dict[int, list[list[tuple[Piece, ...]]]] = {}
    for row, owner in zip(spread, owners, strict=True):
        members.setdefault(owner, []).append(row)
    return [
        tuple(
            cell_of([piece for member in members[owner] for piece in member[column]]) for column in range(len(columns))
        )
        for owner in sorted(members)
    ]


def _lifted(rows: list[Row], leaves: Sequence[str]) -> list[Row]:
    """The rows of an indicator grid, each first-level label, centred beside its rows, put on the first of them."""
    if "一级指标" not in leaves or "二级指标" not in leaves:
        return rows
    first, second = leaves.index("一级指标"), leaves.index("二级指标")
    for index, row in enumerate(rows):
        target = index
        family = indicator_family(row[first].printed)
        while target > 0 and family and not rows[target - 1][first].printed:
            above = rows[target - 1][second].printed
            if above and indicator_family(above) != family:
                break
            target -= 1
        if target != index and rows[target][second].printed:
            rows[target] = (*rows[target][:first], row[first], *rows[target][first + 1 :])
            rows[index] = (*row[:first], EMPTY, *row[first + 1 :])
    return rows


def _leaf_key(header: Sequence[Sequence[tuple[Piece, ...]]], column: int) -> str:
    return next((key_of(row[column]) for row in reversed(header) if row[column]), "")


def _owners(lines: Sequence[PlacedLine], main: Sequence[bool]) -> list[int]:
    """For each line the line whose row it belongs to: itself where it is a `main` one, else the nearest that is."""
    following: list[int | None] = [None] * len(lines)
    after: int | None = None
    for index in range(len(lines) - 1, -1, -1):
        after = index if main[index] else after
        following[index] = after
    owners: list[int] = []
    before: int | None = None
    for index, after in enumerate(following):
        if after == index or before is None:
            owners.append(index if after is None else after)
        else:
            below = after is not None and lines[after].y - lines[index].y < 0.8 * (lines[index].y - lines[before].y)
            owners.append(after if below and after is not None else before)
        before = index if main[index] else before
    return owners


def _is_rest(row: Sequence[tuple[Piece, ...]], names: set[int]) -> bool:
    """Whether a line prints only text in label columns that begins no label of its own."""
    printed = [column for column, pieces in enumerate(row) if pieces]
    if not printed or any(column not in names for column in printed):
        return False
    texts = [text_of(row[column]) for column in printed]
    if any(NEW_LABEL.match(match_key(text)) or is_figure_word(text) for text in texts):
        return False
    return not any(re.search(r"(?:合计|总计|小计)$", match_key(text)) for text in texts)
