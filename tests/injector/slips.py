"""Slips put into any document, from a seed: what readers and authors do to figures, with the truth kept."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from tests.injector.anchors import reshaped, slipped
from tests.injector.ground import ALIKE, Ground, Make, Texts, positions
from tests.injector.lines import LINES
from tests.injector.shapes import CUTS, SHAPES, Rows, Shape, texts_of
from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind, print_like, read_figure
from workbench.model.table import CellRef, Document


@dataclass(frozen=True)
class Slip:
    """One slip: its kind, and what each cell that it changed printed before and prints now. One that changed the shape
    of `table` has what the table printed before and prints now, and the places where the slip shows."""

    kind: str
    truth: tuple[tuple[CellRef, str], ...] = ()
    printed: tuple[tuple[CellRef, str], ...] = ()
    table: str = ""
    rows: Rows = ()
    after: Rows = ()
    places: frozenset[CellRef] = frozenset()

    @property
    def refs(self) -> frozenset[CellRef]:
        return self.places.union(ref for ref, _ in self.truth)


def _changed(make: Callable[[str, random.Random], str | None]) -> Make:
    def slip(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
        text = ground.text(ref)
        new = make(text, rng)
        if new is None or new == text:
            return None
        return {ref: new}

    return slip


def _digit_lost(text: str, rng: random.Random) -> str | None:
    at = rng.choice(positions(text))
    return text[:at] + text[at + 1 :]


def _digit_doubled(text: str, rng: random.Random) -> str | None:
    at = rng.choice(positions(text))
    return text[:at] + text[at] + text[at:]


def _digit_added(text: str, rng: random.Random) -> str | None:
    at = rng.choice(positions(text))
    return text[:at] + rng.choice("123456789") + text[at:]


def _digits_swapped(text: str, rng: random.Random) -> str | None:
    pairs = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    if not pairs:
        return None
    at = rng.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _digit_misread(text: str, rng: random.Random) -> str | None:
    at = rng.choice(positions(text))
    return text[:at] + rng.choice(ALIKE[text[at]]) + text[at + 1 :]


def _digit_changed(text: str, rng: random.Random) -> str | None:
    at = rng.choice(positions(text))
    return text[:at] + rng.choice([digit for digit in "0123456789" if digit != text[at]]) + text[at + 1 :]


def _point_lost(text: str, rng: random.Random) -> str | None:
    return text.replace(".", "") if "." in text else None


def _point_moved(text: str, rng: random.Random) -> str | None:
    if "." not in text or "," in text:
        return None
    at = text.index(".") + rng.choice((-1, 1))
    bare = text.replace(".", "")
    return bare[:at] + "." + bare[at:] if 0 < at < len(bare) else None


def _sign(text: str, rng: random.Random) -> str | None:
    return text[1:] if text.startswith("-") else "-" + text


def _piece_repeated(text: str, rng: random.Random) -> str | None:
    if len(text) < 3:
        return None
    cut = rng.randint(1, len(text) - 1)
    tail = text[cut:]
    return text + tail if len(tail) >= 2 else None


def _tail_lost(text: str, rng: random.Random) -> str | None:
    keep = len(text) - rng.randint(2, 4)
    return text[:keep].rstrip(".,") if keep > 0 else None


def _head_lost(text: str, rng: random.Random) -> str | None:
    lost = rng.randint(1, 3)
    rest = text[lost:].lstrip(",")
    return rest if rest and rest[0].isdigit() else None


def _unit_mixed(text: str, rng: random.Random) -> str | None:
    value = read_figure(text).value
    return None if value is None else print_like(value * 10000, text)


_LETTERS = {"0": "O", "1": "l", "5": "S", "8": "B"}


def _garbled(text: str, rng: random.Random) -> str | None:
    at = [index for index in positions(text) if text[index] in _LETTERS]
    if not at:
        return None
    place = rng.choice(at)
    return text[:place] + _LETTERS[text[place]] + text[place + 1 :]


def _dropped(text: str, rng: random.Random) -> str | None:
    return ""


def _merged(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    right = ground.beside(ref, 1)
    return {ref: ground.text(ref) + ground.text(right), right: ""} if ground.filled(right) else None


def _split(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    right, text = ground.beside(ref, 1), ground.text(ref)
    if not ground.empty(right) or len(text) < 4:
        return None
    cut = rng.randint(1, len(text) - 1)
    head, tail = text[:cut], text[cut:]
    if not head[-1].isdigit() or not tail[0].isdigit():
        return None
    return {ref: head, right: tail}


def _wrapped(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """The last digits of a figure that wrapped stand in the cell below."""
    below, text = ground.below(ref), ground.text(ref)
    if not ground.empty(below) or len(text) < 4:
        return None
    cut = rng.randint(2, len(text) - 1)
    head, tail = text[:cut], text[cut:]
    if not head[-1].isdigit() or not tail[0].isdigit():
        return None
    return {ref: head, below: tail}


def _other_half(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """A figure of a table of two halves stands in the other one."""
    columns = ground.columns[ref.table]
    others = [CellRef(ref.table, ref.row, column) for column in columns if abs(column - ref.column) > 1]
    if len(columns) != 2 or not others or not ground.empty(others[0]):
        return None
    return {ref: ground.text(others[0]), others[0]: ground.text(ref)}


def _separator_misread(text: str, rng: random.Random) -> str | None:
    """A comma is read as a point, or a point as a comma."""
    if "," in text:
        at = rng.choice([index for index, character in enumerate(text) if character == ","])
        return text[:at] + "." + text[at + 1 :]
    return text.replace(".", ",") if "." in text else None


def _shifted_two(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """Two blanks are lost: the figures from `ref` to the left or to the right end stand two columns beside."""
    by = rng.choice((-2, 2))
    run = [ref]
    while ground.filled(ground.beside(run[-1], -by // 2)):
        run.append(ground.beside(run[-1], -by // 2))
    stops = [ground.beside(ref, step) for step in ((1, 2) if by > 0 else (-1, -2))]
    if not all(map(ground.empty, stops)):
        return None
    texts: Texts = dict.fromkeys(run, "")
    texts.update({ground.beside(place, by): ground.text(place) for place in run})
    return texts


def _blanks_lost(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """All blanks of a row are lost: its figures close up to the left, as in a text that keeps no columns."""
    row = [CellRef(ref.table, ref.row, column) for column in ground.columns[ref.table]]
    figures = [ground.text(place) for place in row if ground.filled(place)]
    if len(figures) in (0, len(row)) or any(not ground.filled(place) and not ground.empty(place) for place in row):
        return None
    return dict(zip(row, figures + [""] * (len(row) - len(figures)), strict=True))


def _moved_run(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """The last figures of a row stand on the row above or below."""
    row = [CellRef(ref.table, ref.row, column) for column in ground.columns[ref.table] if column >= ref.column]
    run = [place for place in row if ground.filled(place)]
    by = rng.choice((-1, 1))
    others = [ground.below(place, by) for place in run]
    if len(run) < 2 or not all(map(ground.empty, others)):
        return None
    texts: Texts = dict.fromkeys(run, "")
    texts.update({other: ground.text(place) for place, other in zip(run, others, strict=True)})
    return texts


def _shifted(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """A blank is lost: the figures from `ref` to the next blank stand one column to the left or to the right."""
    by = rng.choice((-1, 1))
    stop = ref
    while ground.filled(stop):
        stop = ground.beside(stop, by)
    if not ground.empty(stop):
        return None
    texts: Texts = {ref: ground.text(stop)}
    place = ref
    while place != stop:
        texts[ground.beside(place, by)] = ground.text(place)
        place = ground.beside(place, by)
    return texts


def _moved_row(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    other = ground.below(ref, rng.choice((-1, 1)))
    return {ref: ground.text(other), other: ground.text(ref)} if ground.empty(other) else None


def _moved_block(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    stop = ref
    while ground.filled(stop):
        stop = ground.below(stop)
    if not ground.empty(stop) or stop.row - ref.row < 2:
        return None
    texts: Texts = {ref: ground.text(stop)}
    for row in range(ref.row, stop.row):
        texts[CellRef(ref.table, row + 1, ref.column)] = ground.text(CellRef(ref.table, row, ref.column))
    return texts


def _repeated_right(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    right = ground.beside(ref, 1)
    return {right: ground.text(ref)} if ground.filled(right) or ground.empty(right) else None


def _repeated_down(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    below = ground.below(ref)
    return {below: ground.text(ref)} if ground.filled(below) or ground.empty(below) else None


def _rows_swapped(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    if ref.row + 1 >= len(ground.tables[ref.table].rows):
        return None
    texts: Texts = {}
    for column in ground.columns[ref.table]:
        one, other = CellRef(ref.table, ref.row, column), CellRef(ref.table, ref.row + 1, column)
        texts[one], texts[other] = ground.text(other), ground.text(one)
    return texts


def _columns_swapped(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    if ref.column + 1 not in ground.columns[ref.table]:
        return None
    texts: Texts = {}
    for row in range(len(ground.tables[ref.table].rows)):
        one, other = CellRef(ref.table, row, ref.column), CellRef(ref.table, row, ref.column + 1)
        texts[one], texts[other] = ground.text(other), ground.text(one)
    return texts


def _left_out(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """The row's total leaves out one of its parts."""
    table = ground.tables[ref.table]
    columns = ground.columns[ref.table]
    total = read_figure(ground.text(ref)).value
    parts = [
        read_figure(table.rows[ref.row][column].text).value or Decimal(0) for column in columns if column > ref.column
    ]
    held = [part for part in parts if part]
    if ref.column != columns[0] or total is None or sum(held, Decimal(0)) != total or len(held) < 2:
        return None
    return {ref: print_like(total - rng.choice(held), ground.text(ref))}


def _grand_total(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    table = ground.tables[ref.table]
    values = [(read_figure(row[ref.column].text).value or Decimal(0), row[ref.column].text) for row in table.rows]
    top = max(values, key=lambda pair: pair[0])
    return {ref: top[1]} if top[1] != ground.text(ref) else None


def _rounded(text: str, rng: random.Random) -> str | None:
    value = read_figure(text).value
    if value is None or value == value.to_integral_value():
        return None
    return f"{value.quantize(Decimal(1), ROUND_HALF_UP)}"


EXTRACTION: dict[str, Make] = {
    "digit_lost": _changed(_digit_lost),
    "digit_doubled": _changed(_digit_doubled),
    "digit_added": _changed(_digit_added),
    "digits_swapped": _changed(_digits_swapped),
    "digit_misread": _changed(_digit_misread),
    "point_lost": _changed(_point_lost),
    "point_moved": _changed(_point_moved),
    "sign": _changed(_sign),
    "piece_repeated": _changed(_piece_repeated),
    "tail_lost": _changed(_tail_lost),
    "head_lost": _changed(_head_lost),
    "figure_dropped": _changed(_dropped),
    "unit_mixed": _changed(_unit_mixed),
    "unreadable": _changed(_garbled),
    "figures_merged": _merged,
    "figure_split": _split,
    "figure_wrapped": _wrapped,
    "separator_misread": _changed(_separator_misread),
    "other_half": _other_half,
    "shifted_column": _shifted,
    "shifted_two_columns": _shifted_two,
    "blanks_lost": _blanks_lost,
    "moved_row": _moved_row,
    "moved_run": _moved_run,
    "moved_block": _moved_block,
    "repeated_right": _repeated_right,
    "repeated_down": _repeated_down,
    "rows_swapped": _rows_swapped,
    "columns_swapped": _columns_swapped,
}
SOURCE: dict[str, Make] = {
    "part_left_out": _left_out,
    "grand_total_printed": _grand_total,
    "rounded_by_author": _changed(_rounded),
    "author_swapped_digits": _changed(_digits_swapped),
    "author_changed_digit": _changed(_digit_changed),
}
KINDS = {**EXTRACTION, **SOURCE, **LINES}
_SHAPES = {**SHAPES, **CUTS}


def inject(
    reconciliation: Reconciliation, rng: random.Random, count: int = 1, kinds: Sequence[str] = tuple(EXTRACTION)
) -> tuple[Document, tuple[Slip, ...]]:
    """The document with `count` slips, of kinds drawn evenly, no two on one cell and none in a table of another shape.
    Fewer where it has no room."""
    ground = Ground.of(reconciliation)
    changed: dict[CellRef, str] = {}
    shaped: dict[str, Rows] = {}
    slips: list[Slip] = []
    for _ in range(count):
        for _ in range(20):
            kind = rng.choice(list(kinds))
            taken = {ref.table for ref in changed} | shaped.keys()
            if kind in _SHAPES:
                slip, shape = _try_shape(ground, kind, taken, rng)
                if slip is not None and shape is not None:
                    shaped[slip.table] = shape.rows
                    slips.append(slip)
                    break
                continue
            texts = _try(ground, kind, rng)
            if texts is not None and not texts.keys() & changed.keys():
                if {ref.table for ref in texts} & shaped.keys():
                    continue
                slips.append(
                    Slip(kind, tuple((ref, ground.text(ref)) for ref in sorted(texts)), tuple(sorted(texts.items())))
                )
                changed.update(texts)
                break
    return with_rows(with_texts(reconciliation.document, changed), shaped), tuple(slips)


def _try_shape(
    ground: Ground, kind: str, taken: Set[str], rng: random.Random
) -> tuple[Slip, Shape] | tuple[None, None]:
    places = sorted({(ref.table, ref.row) for ref in ground.figures if ref.table not in taken})
    for _ in range(30):
        if not places:
            break
        identifier, row = rng.choice(places)
        table = ground.tables[identifier]
        shape = _SHAPES[kind](table, ground.columns[identifier], row, rng)
        if shape is not None:
            return Slip(kind, (), (), identifier, texts_of(table), shape.rows, shape.places), shape
    return None, None


def _try(ground: Ground, kind: str, rng: random.Random) -> Texts | None:
    for _ in range(30):
        if not ground.figures:
            return None
        ref = rng.choice(ground.figures)
        texts = KINDS[kind](ground, ref, rng)
        if texts is None:
            continue
        texts = {place: text for place, text in texts.items() if not _same(text, ground.text(place))}
        if texts:
            return texts
    return None


def _same(one: str, other: str) -> bool:
    """Whether two texts stand for one amount; a blank and a zero do."""
    a, b = read_figure(one), read_figure(other)
    if FigureKind.GARBLED in (a.kind, b.kind) or a.kind is b.kind is FigureKind.TEXT:
        return one == other
    return (a.value or Decimal(0)) == (b.value or Decimal(0))


def with_rows(document: Document, shaped: dict[str, Rows]) -> Document:
    """The document with other rows in some of its tables."""
    return replace(
        document,
        tables=tuple(
            replace(table, rows=reshaped(table, shaped[table.id])) if table.id in shaped else table
            for table in document.tables
        ),
    )


def with_texts(document: Document, texts: Texts) -> Document:
    """The document with other texts printed in some body cells."""
    by_table: dict[str, Texts] = {}
    for ref, text in texts.items():
        by_table.setdefault(ref.table, {})[ref] = text
    tables = []
    for table in document.tables:
        if table.id in by_table:
            rows = [list(row) for row in table.rows]
            for ref, text in by_table[table.id].items():
                rows[ref.row][ref.column] = slipped(table, ref.row, ref.column, text)
            table = replace(table, rows=tuple(tuple(row) for row in rows))
        tables.append(table)
    return replace(document, tables=tuple(tables))
