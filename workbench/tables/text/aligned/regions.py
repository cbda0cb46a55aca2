"""Tables that only alignment shows, over pages: what stands below a title, a unit line or the top of a page, up to
running text, and what goes on with the table of the page before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from workbench.fiscal.captions import is_note, is_table_number, title_of_line, unit_of_line
from workbench.model.amount import match_key
from workbench.tables.grids.surroundings import is_continued_title
from workbench.tables.text.aligned.further_rows import rows_by_order
from workbench.tables.text.aligned.head_lines import begins_body, header_and_body, key_of_line
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.running_lines import is_running_text, without_headings
from workbench.tables.text.aligned.shifted import ShownColumn, lines_in_columns_of, shown_columns
from workbench.tables.text.aligned.told_by_head import told_by_heads
from workbench.tables.text.captions import Captions, is_caption
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.vocabulary import is_known

_PAGE_BREAK = 12.0
"""How far below the last line of a page the first line of the next is taken to stand."""
MOST_COLUMNS = 100
"""Words that stand in more columns are no table."""
_MOST_CAPTIONS = 4
_ENOUGH_LINES = 200
"""The last so many lines of a body show its columns."""
_FEWEST_NAMES, _FEWEST_ROWS = 3, 3
"""So many names make the head of a table, and so many rows show its columns without them."""
_MOST_OF_HEAD = 0.9
"""What part of a header a further page may print of it, where the row is cut off below which it stands."""
_MOST_RESTS = 3
"""Among so many lines at the top of a page the first whole row stands, where a wrapped label goes on there."""
_PAGE_NUMBER = re.compile(r"^(?:[-—–－]*\s*\d{1,4}\s*[-—–－]*|\d{1,4}\s*/\s*\d{1,4}|第\s*\d{1,4}\s*页.*)$")
_IN_BRACKETS = re.compile(r"^[（(][^（()）]+[）)]$")
_TABLE_NUMBER = re.compile(r"^附?表 ?\d{1,2}(?:[-.]\d{1,2})? ")
_YEAR = re.compile(r"^20\d\d年?$")
_HEADING = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章)")


@dataclass(slots=True)
class Region:
    """The lines of one table on one page, captions left out."""

    captions: Captions
    lines: list[PlacedLine] = field(default_factory=list)
    headed_again: bool = False
    """Whether it is a further page of the table before, with the same header again."""

    @property
    def captioned(self) -> bool:
        """Whether a title or a unit stands above it, without which it is no table."""
        return bool(self.captions.title or self.captions.unit)

    def go_on(self, region: Region) -> None:
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


def regions_of(lines: Sequence[PlacedLine]) -> Iterator[Region]:
    """Stretches of lines below a title, a unit line, or the top of the page, up to running text; the last may have
    captions alone, those of a table on the next page."""
    for region in _stretches(lines):
        if region.captioned:
            yield region
        else:
            yield from (Region(*told) for told in told_by_heads(region.lines))


def _stretches(lines: Sequence[PlacedLine]) -> Iterator[Region]:
    region = Region(Captions())
    for line in lines:
        text = line.line.text.strip()
        if _PAGE_NUMBER.match(text):
            continue
        title = title_of_line(text) if _may_be_title(text, line) else ""
        labels = all(is_known(cell.text) for cell in line.cells)
        if title and not labels and not is_caption(text) and not _in_body(region, line):
            if region.lines:
                yield region
            region = Region(Captions(title, line.line.pieces()))
        elif _is_caption_line(line) and not ((region.lines or len(line.cells) > 1) and _only_names_years(line)):
            if region.lines and not _is_head_alone(region):
                yield region
                region = Region(Captions())
            unit = unit_of_line(text)
            region.captions = region.captions.merged(Captions(unit=unit)) if unit else region.captions
            beside = _labels_beside(line)
            if beside and not region.lines:
                region.lines.append(replace(line, cells=beside))
        elif is_note(text) or _HEADING.match(text) or is_running_text(line, region.lines):
            region.lines = without_headings(region.lines)
            if region.lines:
                yield region
            region = Region(Captions())
        else:
            region.lines.append(line)
    if region.lines or region.captioned:
        yield region


def _labels_beside(line: PlacedLine) -> tuple[Placed, ...]:
    """The labels that stand on a line of captions: where that is set close above a table, the uppermost line of its
    header comes to stand on it."""
    others = tuple(cell for cell in line.cells if not is_caption(cell.text))
    spanning = all(is_known(cell.text) for cell in others)
    return others if spanning and is_caption(line.cells[0].text) else ()


def _is_head_alone(region: Region) -> bool:
    """Whether below a title there are but the first lines of a header: a caption set beside it, or one that floats, may
    come to stand on a line among them."""
    if not region.captions.title or region.captions.unit or len(region.lines) > _MOST_RESTS:
        return False
    header, _, _ = header_and_body(region.lines)
    names = [is_known(cell.text) for line in header for cell in line.cells]
    return len(header) == len(region.lines) and sum(names) * 2 >= len(names)


def _may_be_title(text: str, line: PlacedLine) -> bool:
    """Whether a line prints a word or two, none of them a figure but the number of the table (表 1), and perhaps the
    same in Latin letters behind."""
    number = _TABLE_NUMBER.match(text)
    words = text[number.end() :].split() if number else [cell.text for cell in line.cells]
    written = [word for word in words if not (word.isascii() and word.isalpha())]
    return len(written) <= 2 and not any(map(is_figure_word, words))


def _only_names_years(line: PlacedLine) -> bool:
    """Whether the only captions of a line are years, which name columns of a table that has begun."""
    captions = [match_key(cell.text) for cell in line.cells if is_caption(cell.text)]
    return bool(captions) and all(map(_YEAR.match, captions))


def _in_body(region: Region, line: PlacedLine) -> bool:
    """Whether a line that reads like a title is a label inside the table: it does not end in 表."""
    return bool(region.lines) and not re.search(r"表(?:[（(].*[）)])?$", match_key(line.line.text))


def _is_caption_line(line: PlacedLine) -> bool:
    """Whether a line holds captions, and no figure but the code of the body that they name."""
    if is_table_number(line.line.text):
        return True
    texts = [cell.text for cell in line.cells]
    if len(texts) > 1 and all(map(_IN_BRACKETS.match, texts)):
        return False  # what the names right above are counted in
    figures = [text for text in texts if is_figure_word(text)]
    named = figures == texts[:1] and texts[0].isdigit() and len(texts) > 2
    return any(is_caption(text) for text in texts) and len(texts) <= _MOST_CAPTIONS and (not figures or named)


def add_page(regions: list[Region], found: Sequence[Region]) -> None:
    """Add the regions of one page, those that go on with the last table joined to it."""
    for index, region in enumerate(found):
        if regions and not regions[-1].lines:
            captions = regions.pop().captions
            region.captions = captions if _follows(captions, region) else region.captions
            regions.append(region)
            continue
        further = _further_rows(regions[-1], region) if index == 0 and regions else None
        if further is not None:
            regions[-1].go_on(further)
            continue
        if regions and _is_headed_again(regions[-1], region):
            # The columns may stand elsewhere on this page: it is read on its own, and joined by its title and header.
            region.captions = regions[-1].captions
            region.headed_again = True
        regions.append(region)


def _follows(captions: Captions, region: Region) -> bool:
    """Whether a region at the top of a page is the table of which the captions end the page before."""
    columns = max((len(line.cells) for line in region.lines[:_MOST_RESTS]), default=0)
    return not region.captioned and columns >= (2 if captions.unit else _FEWEST_NAMES)


def _only_goes_on(before: Region, region: Region, *, alone: bool = False) -> bool:
    """Whether a region at the top of a page is nothing but more rows of the table before: no captions, no header, and
    its words stand in that table's columns, each `alone` in one of its line. The rest of a label that the page break
    parted may stand first."""
    if region.captioned or not before.captioned:
        return False
    header, numbering, body = header_and_body(before.lines)
    if not numbering and not body:
        # the page ends below the names of the columns, or among them
        names = [is_known(cell.text) for line in header for cell in line.cells]
        fewest = 2 if before.captions.title and before.captions.unit else _FEWEST_NAMES
        return len(names) >= fewest and sum(names) * 2 >= len(names)
    if not _begins_with_row(region.lines):
        return False
    names_too = header[-1:] if len(body) < _FEWEST_ROWS else []
    columns = shown_columns([*names_too, *body[-_ENOUGH_LINES:]], max(line.em for line in before.lines))
    if not 3 <= len(columns) <= MOST_COLUMNS:
        return False
    inside = [place for line in region.lines for place in _in_columns(line, columns, alone=alone)]
    return inside[0] and sum(inside) * 10 >= len(inside) * 8


def _in_columns(line: PlacedLine, columns: Sequence[ShownColumn], *, alone: bool) -> list[bool]:
    """For each cell of a line whether it stands in just one of the columns, and `alone` there."""
    over = [
        [at for at, (x0, x1) in enumerate(column.extent for column in columns) if min(x1, cell.x1) > max(x0, cell.x0)]
        for cell in line.cells
    ]
    return [len(places) == 1 and (not alone or over.count(places) == 1) for places in over]


def _further_rows(before: Region, region: Region) -> Region | None:
    """A region at the top of a page that is nothing but more rows of the table before, its words in that table's
    columns: a page of text is laid out by itself, and may have them elsewhere. None where it is not so."""
    if region.captioned or not before.captioned:
        return None
    if region.lines[0].line.page.boxes or not _begins_with_row(region.lines):
        return region if _only_goes_on(before, region) else None
    _, _, body = header_and_body(before.lines)
    body = body[-_ENOUGH_LINES:]
    moved = lines_in_columns_of(body, region.lines, all_of_them=True)
    if not moved and _only_goes_on(before, region, alone=True):
        return region
    if len(region.lines) > 1 or region.lines[0].cells[0].names_total:
        moved = moved or lines_in_columns_of(body, region.lines) or rows_by_order(body, region.lines)
    if moved:
        return Region(region.captions, moved)
    return region if _only_goes_on(before, region) else None


def _rests(lines: Sequence[PlacedLine]) -> int:
    """How many lines at the top of a page hold the rest of a label of the row before. Where text goes on below the
    first whole row as well, the label is its own, wrapped around the line with its figures."""
    lone = [len(line.cells) == 1 and not begins_body([match_key(line.cells[0].text)]) for line in lines]
    count = lone.index(False) if False in lone else 0
    return 0 if count > _MOST_RESTS or any(lone[count + 1 : count + 2]) else count


def _begins_with_row(lines: Sequence[PlacedLine]) -> bool:
    """Whether the first line is a row of a body, but for lines of one cell each that is no label of a header."""
    for line in lines[:_MOST_RESTS]:
        if begins_body([match_key(cell.text) for cell in line.cells]):
            return True
        if len(line.cells) > 1 or is_known(line.cells[0].text):
            return False
    return False


def _is_headed_again(before: Region, region: Region) -> bool:
    """Whether a region repeats the header of the table before, below no other title but its own (…续表). Each page is
    laid out by itself: a label that stands between two lines may go with either."""
    title = region.captions.title
    if title and not is_continued_title(title, before.captions.title):
        return False
    header, numbering, _ = header_and_body(before.lines)
    names, whole = _characters(header), _characters([*header, *numbering])
    found: Counter[str] = Counter()
    for line in region.lines:
        found += _characters([line])
        if found in (names, whole):
            return True
        if found.total() >= whole.total():
            break
    again, counted, _ = header_and_body(region.lines)
    both = _characters(again) & names
    return bool(
        both.total() >= _MOST_OF_HEAD * max(names.total(), _characters(again).total())
        and [key_of_line(line) for line in counted] == [key_of_line(line) for line in numbering]
    )


def _characters(lines: Iterable[PlacedLine]) -> Counter[str]:
    return Counter(character for line in lines for character in key_of_line(line))
