"""Where tables begin in running text: a title, the lines that say unit and entity, the words of the header, the row
that numbers the columns. Heads that a page break repeats, wrapped otherwise or not,
are told from heads of new tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, takewhile

from workbench.fiscal.captions import unit_of_line
from workbench.model.amount import match_key
from workbench.tables.text.captions import Captions, is_caption
from workbench.tables.text.form_words import is_first_indicator, is_indicator_header
from workbench.tables.text.header.form_places import above_indicators
from workbench.tables.text.header.glued import are_two_spanners
from workbench.tables.text.header.head_captions import (
    TABLE_TITLE,
    captions_above,
    form_title,
    is_below_captions,
    title_above,
)
from workbench.tables.text.header.head_labels import MOST_LABELS, header_labels, places
from workbench.tables.text.header.lines import MOST_WORDS, header_words, said_again
from workbench.tables.text.header.order import in_column_order
from workbench.tables.text.header.printed import TextLine
from workbench.tables.text.header.rows import Label
from workbench.tables.text.header.words import unzipped
from workbench.tables.text.lines import Piece, key_of, text_of
from workbench.tables.text.vocabulary import column_kind, is_known, is_known_prefix, is_weak, looks_like_label

_TOTALS = frozenset({"合计", "总计"})


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: `start` and `end` are the numbers of its first line and of the line after its last."""

    captions: Captions
    caption_key: str
    labels: tuple[Label, ...]
    header_key: str
    numbering: tuple[Piece, ...]
    start: int
    end: int
    repeat: bool = False
    form: bool = False
    """Whether it is the header of the indicator grid of a performance form; `start` is then the line of the form's
    title, and between the two stands the form's block of labels and values."""


def heads_of(lines: Sequence[TextLine]) -> Iterator[Head]:
    """The heads of all tables in these lines, those that a page break repeats marked."""
    position = 0
    before: Head | None = None
    while position < len(lines):
        head = None
        if before is not None:
            head = _repeated(lines, position, before)
        floor = before.end if before else 0
        if head is None and (_may_begin(lines[position].words[0].text) or is_below_captions(lines, position, floor)):
            head = _head_at(lines, position, floor)
        if head is None or (before is not None and not head.repeat and _runs_into(lines, head, before)):
            position += 1
            continue
        again = said_again(lines, head.end, head.start)
        head = replace(head, end=head.end + again) if again else head
        yield head
        position = max(head.end, position + 1)
        before = replace(head, repeat=False)


@lru_cache(maxsize=4096)
def _may_begin(text: str) -> bool:
    """Whether a header may begin with this word: a known label does, or it is two spanners, and it is no indicator of a
    performance form, with which a row of the form's grid begins."""
    if not is_known_prefix(text):
        return are_two_spanners(text)
    return not is_first_indicator(match_key(text)) and not is_weak(text)


def _runs_into(lines: Sequence[TextLine], head: Head, before: Head) -> bool:
    """Whether what looks like a head are last rows of the table before, with that table's own head again below them."""
    if head.form or head.captions.title or len(head.header_key) <= len(before.header_key):
        return False
    return any(_repeated(lines, index, before) is not None for index in range(head.start + 1, head.end))


def _repeated(lines: Sequence[TextLine], position: int, before: Head) -> Head | None:
    """The head before once more, where the words of its header stand here again, however wrapped."""
    whole = before.header_key
    if not whole.startswith(lines[position].key):
        return None
    labels = whole.removesuffix("".join(key_of((piece,)) for piece in before.numbering))
    key = ""
    end = position
    while end < len(lines) and len(key) < len(whole):
        if key == labels and not whole.startswith(key + lines[end].key):
            break
        key += lines[end].key
        if not whole.startswith(key):
            return None
        end += 1
    if key not in (whole, labels):
        return None
    if before.form:
        if form_title(lines, position, before.end) is not None:
            return None
        return replace(before, start=position, end=end, repeat=True)
    start, caption = position, before.caption_key
    walked = ""
    for back in range(position - 1, max(before.end, position - 9) - 1, -1):
        walked = lines[back].key + walked
        if walked == caption:
            start = back
            break
        if not caption.endswith(walked):
            break
    title = title_above(lines, start, before.end)
    if title is not None and TABLE_TITLE.search(match_key(title[0].title)):
        if match_key(title[0].title) != match_key(before.captions.title):
            return None
        start = title[1]
    return Head(before.captions, caption, before.labels, whole, before.numbering, start, end, repeat=True)


def _head_at(lines: Sequence[TextLine], position: int, floor: int) -> Head | None:
    """The head whose header words begin at this line, None where they make no header."""
    words, end, numbering = header_words(lines, position)
    if not 2 <= len(words) <= MOST_WORDS:
        return None
    words = unzipped(words)
    if sum(is_known(word.text) for word in words) > MOST_LABELS:
        return None
    labels, end = header_labels(lines, position, floor, words, end, numbering)
    if not labels:
        return None
    if is_indicator_header([text_of(label) for label in labels]):
        if not _names_projects(labels):
            return None
        return _form_head(lines, position, end, floor, labels)
    if above_indicators(lines, end, floor):
        return None
    captions, start = captions_above(lines, position, floor)
    caption_key = "".join(line.key for line in lines[start:position])
    title = title_above(lines, start, floor)
    if title is not None:
        captions, start = captions.merged(title[0]), title[1]
    elif not numbering and not _stands_alone(labels, captions):
        return None
    header_key = "".join(line.key for line in lines[position:end])
    ordered = in_column_order(_by_line(labels, lines[position:end]))
    return Head(captions, caption_key, tuple(ordered), header_key, numbering, start, end)


def _names_projects(labels: Sequence[Label]) -> bool:
    """Whether labels that say whose the indicators are (项目名称, 预算数) stand left of their levels,
    if anything, and no text of the block above them."""
    left = takewhile(lambda text: "级指标" not in text, map(text_of, labels))
    return all(looks_like_label(text) and not text[0].isdigit() for text in left)


def _by_line(labels: Sequence[Label], lines: Sequence[TextLine]) -> list[list[Label]]:
    """The labels grouped by the line on which each begins."""
    line_of = {place: line.number for line in lines for word in line.words for place in places(word.piece)}
    return [list(group) for _, group in groupby(labels, key=lambda label: line_of[places(label[0])[0]])]


def _stands_alone(labels: Sequence[Label], captions: Captions) -> bool:
    """Whether labels without a title above them may be the header of a table: they name what stands in its rows, or the
    table prints its unit and a total."""
    texts = [text_of(label) for label in labels]
    named = any(column_kind(text) == "text" for text in texts)
    return (named or any(text in _TOTALS for text in texts)) if captions.unit else named and len(labels) >= 4


def _form_head(lines: Sequence[TextLine], position: int, end: int, floor: int, labels: Sequence[Label]) -> Head:
    """The head of a form: its title may stand many lines above the header of its indicator grid."""
    header_key = "".join(line.key for line in lines[position:end])
    found = form_title(lines, position, floor)
    captions, start = found if found is not None else (Captions(), position)
    units = (unit_of_line(line.line.text) for line in lines[start:position] if is_caption(line.line.text))
    unit = next(filter(None, units), "")
    return Head(replace(captions, unit=unit), "", tuple(labels), header_key, (), start, end, form=True)
