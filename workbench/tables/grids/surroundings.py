"""What stands around a table: the title and the captions above it or in its first rows, the notes below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan

from workbench.fiscal.captions import (
    Caption,
    caption_of_line,
    is_measure_line,
    is_note,
    is_table_number,
    title_of_line,
)
from workbench.fiscal.entities import is_entity_name
from workbench.fiscal.forms import form_of_title
from workbench.fiscal.headers import is_body_figure, is_enumerated, is_header_word
from workbench.model.amount import match_key
from workbench.model.source import Anchor
from workbench.tables.cells import squeeze
from workbench.tables.furniture import TextLine
from workbench.tables.grids.spans import SpanCell, SpanGrid

_FARTHEST_TITLE = 6
"""How many caption lines may stand between a table and its title."""
_FARTHEST_HEADING = 12
"""How many lines of text may stand between a table and the heading of its section."""
_FIELD = re.compile(r"^[^:：。，]{2,10}[:：][^。；]{0,40}$")
"""A field of a form above a table, such as 填报日期：2025-01-20."""
_LONGEST_LABEL = 40
_SEGMENT = re.compile(r"\S(?:.*?\S)??(?=[ \u3000]{3,}|\t|$)")
_CAPTION_CELL = re.compile(r":|^[(]|\d表$|^20\d\d年度?$")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．])")
_CONTINUED = re.compile(
    r"[（(]?(?:续(?:上?[表页]|完)?|接上[表页])[一二三四五六七八九十\d]?[）)]?$|^(?:续|接上)[表页][:：]?"
)
_PAGE_NUMBER = re.compile(r"^[-—－–]+\s*\d{1,3}(?:\.\d{1,3})?\s*[-—－–]+$|^第\s*\d{1,3}\s*页$")
_SENTENCE = re.compile(r"[。；;]|[，、：:]$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MOST_MARKS = 3
"""So many rows of codes and times may stand above the captions of a sheet."""
_NO_SUCH = re.compile(r"^[（(]?(?:[本我该]?(?:部门|单位|街道|乡|镇))?无此项(?:支出|收入|预算)[）)。]*$")
"""All that a table prints which the document has nothing to put in;
in a table with rows it is a remark on one of them."""


@dataclass(frozen=True, slots=True)
class Captions:
    """What the lines above a table (or its first rows) tell. `prose` says that other text stands directly above."""

    title: str = ""
    title_anchors: tuple[Anchor, ...] = ()
    unit_text: str = ""
    entity: str = ""
    year: int | None = None
    prose: bool = False

    def over(self, other: Captions) -> Captions:
        """These captions, completed from `other`, which stand further away."""
        return Captions(
            self.title or other.title,
            self.title_anchors or other.title_anchors,
            self.unit_text or other.unit_text,
            self.entity or other.entity,
            self.year or other.year,
            other.prose and not self.title,
        )


NO_CAPTIONS = Captions()


def captions_above(lines: Sequence[TextLine]) -> Captions:
    """What `lines` tell of the table that begins below the last of them: captions, then the nearest title."""
    captions = Captions()
    for distance, index in enumerate(range(len(lines) - 1, -1, -1)):
        if distance > _FARTHEST_TITLE:
            break
        found, rest = _read_line(lines[index])
        captions = captions.over(found)
        if captions.title:
            return _with_first_half(captions, lines, index)
        if rest:
            return replace(captions.over(_heading(lines[: index + 1])), prose=True)
    return captions


def _read_line(line: TextLine) -> tuple[Captions, str]:
    """What one line tells, and what of it is neither title nor caption."""
    captions, rest = Captions(), ""
    segments = list(_SEGMENT.finditer(line.text))
    if (
        len(segments) > 1
        and all(len(segment.group()) <= 2 for segment in segments)
        and title_of_line(squeeze(line.text))
    ):
        return Captions(squeeze(line.text), (line.anchor,)), ""
    for match in segments:
        text = match.group()
        title = title_of_line(text) or (text if _CONTINUED.fullmatch(text) else "")
        caption = caption_of_line(text)
        if title and not captions.title:
            place = Anchor(line.page, line.start + match.start(), line.start + match.end())
            captions = Captions(title, (place,), caption.unit and text).over(captions)
        elif caption:
            unit_text = text if caption.unit else ""
            captions = captions.over(Captions("", (), unit_text, caption.entity, caption.year))
        elif is_entity_name(match_key(text)):
            captions = captions.over(Captions(entity=text))
        elif not (is_table_number(text) or is_note(text) or _FIELD.match(text) or (caption.year and len(text) < 16)):
            rest += text
    if rest and (captions.unit_text or captions.entity) and len(rest) <= 40 and not _SENTENCE.search(rest):
        captions, rest = captions.over(Captions(entity=captions.entity or rest)), ""
    return captions, rest


def _heading(lines: Sequence[TextLine]) -> Captions:
    """The heading of the section that a table without a title of its own stands in."""
    for line in reversed(lines[-_FARTHEST_HEADING:]):
        if _HEADING.match(line.text) and len(line.text) <= 40 and not _SENTENCE.search(line.text):
            title = title_of_line(line.text)
            named = title and form_of_title(_HEADING.sub("", title)) is not None
            return Captions(title, (line.anchor,)) if named else Captions()
    return Captions()


def _with_first_half(captions: Captions, lines: Sequence[TextLine], index: int) -> Captions:
    """A title that is set in two centred lines, whole."""
    if index == 0 or not captions.title or isnan(lines[index].top):
        return captions
    upper, lower = lines[index - 1], lines[index]
    height = lower.bottom - lower.top
    close = lower.top - upper.bottom < height and abs((upper.bottom - upper.top) - height) < 1.5
    centred = (
        abs((upper.left + upper.right) - (lower.left + lower.right)) < 20 and upper.right - upper.left > 8 * height
    )
    plain = not (title_of_line(upper.text) or caption_of_line(upper.text) or _SENTENCE.search(upper.text))
    if close and centred and plain and upper.right - upper.left >= lower.right - lower.left and len(upper.text) <= 60:
        return replace(
            captions, title=upper.text + captions.title, title_anchors=(upper.anchor, *captions.title_anchors)
        )
    return captions


def is_sentence(text: str) -> bool:
    """Whether a text is prose or a figure rather than a label or heading."""
    return len(text) > _LONGEST_LABEL or bool(_SENTENCE.search(text)) or is_body_figure(text)


def is_continued_title(title: str, earlier: str) -> bool:
    """Whether `title` is the title `earlier` again, as printed over the rest of a table on its next page."""
    key, other = match_key(_CONTINUED.sub("", title)), match_key(_CONTINUED.sub("", earlier))
    return key == other or (not key and bool(title))


def is_marked_continued(title: str) -> bool:
    """Whether a title says that it goes on from the page before (续表, （续）)."""
    return bool(_CONTINUED.search(title.strip()))


def notes_below(lines: Sequence[TextLine]) -> tuple[str, ...]:
    """The notes that stand directly below a table; a note set over several lines is one."""
    notes: list[str] = []
    for line in lines:
        if is_note(line.text):
            notes.append(line.text)
        elif notes and not notes[-1].endswith(("。", "；")) and not title_of_line(line.text) and len(notes[-1]) > 30:
            notes[-1] += line.text
        else:
            break
    return tuple(notes)


def take_captions(grid: SpanGrid) -> tuple[SpanGrid, Captions, tuple[str, ...]]:
    """A grid without the title, unit and entity in its first rows and the notes in its last rows; and these."""
    rows = grid.by_row()
    captions, first = Captions(), 0
    # the first row of one column of figures is its name
    last_caption = len(rows) - 1 if grid.column_count > 1 or not _are_figures(rows) else 0
    while first < last_caption:
        found = _caption_row(rows[first], grid.column_count)
        found = found or _above_captions(rows, first, grid.column_count, titled=bool(captions.title))
        if found is None or (captions.title and found.title):
            break
        captions = found.over(captions) if found.title else captions.over(found)
        first += 1
    last, notes = len(rows), []
    while last > first + 1 and (not rows[last - 1] or _is_below_table(rows[last - 1])):
        last -= 1
        notes += [cell.text for cell in rows[last] if not _PAGE_NUMBER.match(cell.text)]
    if first == 0 and last == len(rows):
        return grid, captions, ()
    return grid.rows_from(first, last), captions, tuple(reversed(notes))


def _are_figures(rows: Sequence[Sequence[SpanCell]]) -> bool:
    return any(is_body_figure(cell.text) for cells in rows for cell in cells)


def _above_captions(rows: Sequence[Sequence[SpanCell]], index: int, width: int, *, titled: bool) -> Captions | None:
    """What a row tells that is one text above a row of captions: over all columns the title, though it does not say
    that of a table; above the title nothing, nor where only a code or a time of printing stands between; below it at
    most whose table it is."""
    cells = rows[index]
    if len(cells) != 1 or (is_sentence(cells[0].text) and not _is_mark(cells)):
        return None
    following = index + 1
    while following - index <= _MOST_MARKS and following + 1 < len(rows) and _is_mark(rows[following]):
        following += 1
    below = _caption_row(rows[following], width)
    if below is None:
        return None
    if below.title:
        spans = len(rows[following]) == 1 and rows[following][0].column_span == width
        under = _caption_row(rows[following + 1], width) if following + 1 < len(rows) else None
        return Captions() if spans or (under is not None and (under.unit_text or under.entity)) else None
    if not (below.unit_text or below.entity):
        return None
    if titled:
        return Captions(entity=cells[0].text if is_entity_name(match_key(cells[0].text)) else "")
    if 1 < width == cells[0].column_span:
        return Captions(cells[0].text, cells[0].cell.anchors)
    return Captions() if _is_mark(cells) else None


def _is_mark(cells: Sequence[SpanCell]) -> bool:
    """Whether a row prints one text without a word of Chinese: the code of a report, the time of printing."""
    return len(cells) == 1 and not _HAN.search(cells[0].text)


def captions_of_row(grid: SpanGrid) -> Captions | None:
    """What a grid tells that is one row of captions, at least a unit or an entity; None for any other."""
    rows = [cells for cells in grid.by_row() if cells]
    found = _caption_row(rows[0], grid.column_count) if len(rows) == 1 else None
    return found if found is not None and (found.unit_text or found.entity) else None


def _is_below_table(cells: Sequence[SpanCell]) -> bool:
    """Whether a row at the end of a grid is a note to the table, or the number of the page that it is printed on."""
    return len(cells) == 1 and any(tell(cells[0].text) for tell in (is_note, _PAGE_NUMBER.match, _NO_SUCH.match))


def _caption_row(cells: Sequence[SpanCell], width: int) -> Captions | None:
    """What a row of a grid tells as a caption of the table below it; None where it is a row of the table."""
    if not cells:
        return Captions()
    if len(cells) == 1:
        cell = cells[0]
        title = title_of_line(cell.text)
        if title and (not is_header_word(title) or cell.column_span == width):
            unit_text = cell.text if caption_of_line(cell.text).unit else ""
            return Captions(title, cell.cell.anchors, unit_text)
    found = Captions()
    rest = years = 0
    for cell in cells:
        caption = caption_of_line(cell.text) if _CAPTION_CELL.search(match_key(cell.text)) else Caption()
        if is_header_word(cell.text) and caption.year:
            years += 1
        elif is_header_word(cell.text) or is_body_figure(cell.text) or is_enumerated(cell.text):
            return None
        counted = bool(caption.unit) or is_measure_line(cell.text)
        if caption or counted or is_table_number(cell.text) or caption.year:
            found = found.over(Captions("", (), cell.text if counted else "", caption.entity, caption.year))
        elif match_key(cell.text) not in (
            "编制单位:",
            "部门名称:",
            "单位名称:",
            "填报单位:",
            "编制部门:",
            "部门:",
            "单位:",
            "金额单位:",
        ):
            rest += 1
    if ((rest or years) and not (found.unit_text or found.entity)) or rest > 2:
        return None
    return found
