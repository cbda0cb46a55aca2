"""Tables of two blocks of accounts side by side (科目编码 科目名称 决算数, twice) in text that was taken line by line.

Each line with codes is a row; the names that are wrapped stand around it, those of both blocks on one line. Which piece
belongs to which row and block follows from the accounts' known names, else from the rows that lack a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, product

from workbench.fiscal.codes import names_of
from workbench.model.amount import match_key
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.header.words import Word
from workbench.tables.text.running.rows import SlotRow
from workbench.tables.text.running.slots import Kind, Slot
from workbench.tables.text.vocabulary import TOTALS

_ACCOUNT = re.compile(r"^[35]\d\d(?:\d\d)?$")
_LEVEL = re.compile(r"^\d\d$")
_PERSONNEL = ("301", "303", "501", "509")
_MOST_PIECES = 4
"""A name is wrapped over no more lines above or below its row."""


@dataclass(slots=True)
class _Entry:
    """What a row prints in one block."""

    code: list[Word] = field(default_factory=list)
    name: list[Word] = field(default_factory=list)
    figures: list[Word] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """The known names of its account, for comparing."""
        code = "".join(word.text for word in self.code)
        return tuple(dict.fromkeys(match_key(name) for name in names_of(code)))

    @property
    def is_whole(self) -> bool:
        """Whether it needs no more of a name."""
        return not self.code or _key(self.name) in self.names


@dataclass(slots=True)
class _Gap:
    """The lines between two rows, each with the pieces of names that it prints, and which of them are taken."""

    lines: list[list[Word]] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)


def read_parallel_blocks(words: Sequence[Word], slots: Sequence[Slot]) -> list[SlotRow] | None:
    """The rows of two blocks; None where the columns are others, or the lines do not stand so."""
    blocks = _blocks_of(slots)
    if blocks is None:
        return None
    levels = len(blocks[0][0]) > 1
    rows: list[list[_Entry]] = []
    gaps = [_Gap()]
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        entries = _entries(line, levels=levels)
        if _are_row(entries):
            rows.append(entries)
            gaps.append(_Gap())
        elif len(line) <= 2 and not any(is_figure_word(word.text) for word in line):
            gaps[-1].lines.append(line)
        elif not rows or not _goes_on(rows[-1], entries):
            return None
    both = [row for row in rows if len(row) == 2]
    sided = all(_is_personnel(left) and not _is_personnel(right) for left, right in both if left.code and right.code)
    if len(both) * 3 < len(rows) or not sided:
        return None
    _give_known_pieces(rows, gaps)
    _give_other_pieces(rows, gaps)
    return [_slot_row(row, blocks) for row in rows]


def _blocks_of(slots: Sequence[Slot]) -> list[tuple[list[int], int, int]] | None:
    """The code slots, the name slot and the figure slot of each of two equal blocks, None where there are others."""
    kinds = [slot.kind for slot in slots]
    half = len(kinds) // 2
    if len(kinds) not in (6, 8) or kinds[:half] != kinds[half:]:
        return None
    if kinds[:half] != [*[Kind.CODE] * (half - 2), Kind.TEXT, Kind.FIGURES]:
        return None
    if any(slot.side or len(slot.columns) > 1 for slot in slots):
        return None
    return [(list(range(start, start + half - 2)), start + half - 2, start + half - 1) for start in (0, half)]


def _are_row(entries: Sequence[_Entry]) -> bool:
    """Whether entries are those of a row: each has a code, or is the label and the figure of a total."""
    totals = (entry.figures and _key(entry.name).endswith(TOTALS) for entry in entries if not entry.code)
    return all(totals) and len(entries) <= 2


def _goes_on(row: list[_Entry], entries: Sequence[_Entry]) -> bool:
    """Whether a line goes on with a row of which the name in the first block was wrapped before its figure; the row has
    it then."""
    first, rest = entries[0], entries[1:]
    if first.code or len(row) > 1 or row[0].figures or not _are_row(rest):
        return False
    row[0].name.extend(first.name)
    row[0].figures.extend(first.figures)
    row.extend(rest)
    return len(row) <= 2


def _entries(line: Sequence[Word], *, levels: bool) -> list[_Entry]:
    """What a line prints in each block."""
    entries: list[_Entry] = []
    for index, word in enumerate(line):
        last = entries[-1] if entries else None
        ended = last is None or bool(last.figures or last.name) or len(last.code) > levels
        if _ACCOUNT.match(word.text) and names_of(_whole(line, index, levels=levels)) and ended:
            entries.append(_Entry([word]))
        elif last is not None and levels and len(last.code) == 1 and not last.name and _LEVEL.match(word.text):
            last.code.append(word)
        elif is_figure_word(word.text):
            if last is None:
                entries.append(last := _Entry())
            last.figures.append(word)
        elif last is None or (last.figures and not is_figure_word(word.text)):
            entries.append(_Entry(name=[word]))
        else:
            last.name.append(word)
    return entries


def _whole(line: Sequence[Word], index: int, *, levels: bool) -> str:
    """The code that begins at a word, with the digits of its second level where these are a word of their own."""
    following = line[index + 1].text if levels and index + 1 < len(line) else ""
    return line[index].text + (following if _LEVEL.match(following) else "")


def _is_personnel(entry: _Entry) -> bool:
    """Whether an entry is of the first block: an account of people, or their total."""
    if entry.code:
        return entry.code[0].text.startswith(_PERSONNEL)
    return not _key(entry.name).startswith("公用")


def _give_known_pieces(rows: Sequence[list[_Entry]], gaps: Sequence[_Gap]) -> None:
    """Put the pieces around each row to the names of which they make known ones."""
    for index, row in enumerate(rows):
        for entry in row:
            if entry.is_whole:
                continue
            for above, below in product(_pieces(gaps[index], upwards=True), _pieces(gaps[index + 1], upwards=False)):
                name = [*(word for _, word in above), *entry.name, *(word for _, word in below)]
                if _key(name) in entry.names:
                    gaps[index].taken.update(place for place, _ in above)
                    gaps[index + 1].taken.update(place for place, _ in below)
                    entry.name = name
                    break


def _pieces(gap: _Gap, *, upwards: bool) -> Iterator[list[tuple[tuple[int, int], Word]]]:
    """The pieces, one a line, of no line, of the nearest line, of the two nearest …, in the order of the page."""
    lines = list(enumerate(gap.lines))
    for count in range(min(len(lines), _MOST_PIECES) + 1):
        near = lines[len(lines) - count :] if upwards else lines[:count]
        free = [
            [((number, place), word) for place, word in enumerate(line) if (number, place) not in gap.taken]
            for number, line in near
        ]
        yield from map(list, product(*free))


def _give_other_pieces(rows: Sequence[list[_Entry]], gaps: Sequence[_Gap]) -> None:
    """Put each piece that is left to the row below it where a name is missing there, else to the row above."""
    for index, gap in enumerate(gaps):
        for number, line in enumerate(gap.lines):
            for place, word in enumerate(line):
                if (number, place) in gap.taken:
                    continue
                below = [entry for entry in rows[index] if not entry.name] if index < len(rows) else []
                above = rows[index - 1] if index else []
                if below:
                    below[min(place, len(below) - 1)].name.append(word)
                elif above:
                    open_entries = [entry for entry in above if not entry.is_whole] or above
                    open_entries[min(place, len(open_entries) - 1)].name.append(word)


def _slot_row(row: Sequence[_Entry], blocks: Sequence[tuple[list[int], int, int]]) -> SlotRow:
    found = SlotRow()
    for number, entry in enumerate(row):
        codes, name, figures = blocks[number if len(row) == 2 else int(not _is_personnel(entry))]
        for slot, word in zip(codes, entry.code, strict=False):
            found.words[slot] = [word]
        if entry.name:
            found.words[name] = entry.name
        if entry.figures:
            found.words[figures] = entry.figures
    return found


def _key(words: Sequence[Word]) -> str:
    return match_key("".join(word.text for word in words))
