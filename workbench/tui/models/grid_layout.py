"""Where the columns of a grid are drawn, worked out without a screen: how wide each is, which names stay in sight while
the others scroll, and which columns the edges would cut. No figure is ever drawn in part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.model.table import CellRef
from workbench.tui.drawing.display import shown, sign, width
from workbench.tui.models.grid import GridModel, HeaderSpan, header_lines

GAP = 2
"""Cells between two columns: one for the gap, one for the sign of the cell."""

_LEAST_NAME = 16
"""Cells that a name keeps where cutting it lets the whole table be seen."""
_LEAST_NAME_BESIDE_EQUATION = 12
"""Cells that a name keeps where cutting it lets all figures of an equation be seen."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How wide columns should be: `wanted` holds widths set by hand, `proposed` what a suggestion takes that is looked
    at, `whole` what its figures alone take, which are never cut, `reserved` what others take, which may have what
    nothing else needs, so that columns stand still while the reviewer goes from one to the next. `together` are the
    columns of what is explained, first and last, which should be seen at once."""

    wanted: Mapping[int, int] = field(default_factory=dict)
    proposed: Mapping[int, int] = field(default_factory=dict)
    whole: Mapping[int, int] = field(default_factory=dict)
    reserved: Mapping[int, int] = field(default_factory=dict)
    together: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A column that an edge of the pane cuts: what of it would be seen, from `start` to `end` on the screen."""

    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GridLayout:
    """The columns in place. Each has a cell for its sign before `offsets` and one behind it."""

    stubs: tuple[tuple[int, int], ...] = ()
    gutter: int = 0
    widths: tuple[int, ...] = ()
    offsets: tuple[int, ...] = ()
    header: tuple[tuple[tuple[HeaderSpan, str], ...], ...] = ()
    """The lines of the header: the spans on each with the piece of their text."""
    last_name_only: bool = False
    """Whether of several names (code, name) only the last stays in sight, so that an equation does."""

    @property
    def total(self) -> int:
        """Cells that a whole line takes."""
        return self.offsets[-1] + self.widths[-1] + 1 if self.offsets else self.gutter

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """Where the columns from `first` to `last` begin and end on a whole line."""
        return self.offsets[first] - 1, self.offsets[last] + self.widths[last] + 1

    def frozen(self, column: int, room: int) -> tuple[int, int]:
        """Where on a whole line the names stand that stay in sight while the cursor is in `column`: those of its side
        of the table, the last of them where all would take too much room, none where even that would."""
        side = next((stub for stub in reversed(self.stubs) if stub[0] <= column), None)
        if side is not None:
            for first in dict.fromkeys((side[1] - 1 if self.last_name_only else side[0], side[1] - 1)):
                start, end = self.bounds(first, side[1] - 1)
                if self.gutter + end - start <= room * 3 // 5:
                    return start, end
        return self.gutter, self.gutter

    def scrolled_to(self, columns: tuple[int, int], frozen: tuple[int, int], x: int, room: int) -> int:
        """How far to scroll, from `x`, so that these columns are in sight, the first where not all can be."""
        start, end = self.bounds(*columns)
        if frozen[0] <= start < frozen[1] or end <= self.gutter:
            return x
        farthest = start - self.gutter - (0 if start < frozen[0] else frozen[1] - frozen[0])
        if x > farthest or end > room + x:
            x = min(max(end - room, 0) if x <= farthest else farthest, farthest)
        return max(x, 0)

    def cuts(self, frozen: tuple[int, int], x: int, room: int) -> tuple[Cut | None, Cut | None]:
        """The columns that the names in front and the right edge cut, scrolled by `x` in `room` cells."""
        edge = _edge(self.gutter, frozen, x)
        left = right = None
        for column in range(len(self.widths)):
            start, end = (place - x for place in self.bounds(column, column))
            if start < edge < end - 1:
                left = Cut(column, edge, min(end, room))
            if edge <= start < room < end - 1:
                right = Cut(column, start, room)
        return left, right

    def column_at(self, place: int, frozen: tuple[int, int], x: int) -> int:
        """The column at a place of the screen."""
        edge = _edge(self.gutter, frozen, x)
        at = place + x
        if place < edge:
            at = place if x <= frozen[0] - self.gutter else place - self.gutter + frozen[0]
        columns = range(len(self.offsets) - 1, -1, -1)
        return next((column for column in columns if at >= self.offsets[column] - 1), 0)

    def place_of(self, at: int, frozen: tuple[int, int], x: int) -> int:
        """Where on the screen a place of a whole line is."""
        if frozen[0] <= at < frozen[1] and x > frozen[0] - self.gutter:
            return at - frozen[0] + self.gutter
        return at - x


def _edge(gutter: int, frozen: tuple[int, int], x: int) -> int:
    """The cells at the left that do not scroll."""
    return gutter if x <= frozen[0] - gutter else gutter + frozen[1] - frozen[0]


def laid_out(model: GridModel, room: int, wishes: Wishes) -> GridLayout:
    """The columns of a grid in `room` cells: figures always whole;
    names give way where that lets more figures be seen."""
    gutter = _gutter(model)
    widths, last_name_only = _fitting(model, max(room, 20) - gutter, wishes)
    widths = _with_spare_room(model, widths, room - gutter, wishes.wanted)
    offsets = []
    x = gutter
    for size in widths:
        offsets.append(x + 1)
        x += size + GAP
    header = tuple(tuple(line) for line in header_lines(model, widths, GAP))
    return GridLayout(model.stubs, gutter, widths, tuple(offsets), header, last_name_only)


def _gutter(model: GridModel) -> int:
    """Cells that the numbers of the rows take."""
    return len(str(len(model.rows))) + 1


def _fitting(model: GridModel, room: int, wishes: Wishes) -> tuple[tuple[int, ...], bool]:
    """The widths of the columns, with room for both before and after of what is proposed if that hides no figure; and
    whether of the names only the last can stay in sight."""
    plain = _at_least(model.column_widths(room, wishes.wanted), wishes.whole)
    names = [i for i, numeric in enumerate(model.numeric) if not numeric and i not in wishes.wanted]
    attempts = [(tuple(range(len(plain))), _LEAST_NAME, False)]
    if wishes.together is not None:
        first, last = wishes.together
        stub = next((stub for stub in reversed(model.stubs) if stub[0] <= last), (first, first))
        for begin in dict.fromkeys((stub[0], max(stub[1] - 1, stub[0]))):
            together = sorted({*range(begin, stub[1]), *range(first, last + 1)})
            attempts.append((tuple(together), _LEAST_NAME_BESIDE_EQUATION, begin > stub[0]))
    proposing = _at_least(plain, wishes.proposed)
    still = _at_least(proposing, wishes.reserved)
    if sum(size + GAP for size in still) <= room:
        return still, False
    for widths in dict.fromkeys((proposing, plain)):
        for columns, least, last_name_only in attempts:
            fitting = _narrowed(widths, names, columns, room, least)
            if fitting is not None:
                return fitting, last_name_only
    return plain, False


def _with_spare_room(
    model: GridModel, widths: tuple[int, ...], room: int, wanted: Mapping[int, int]
) -> tuple[int, ...]:
    """The widths with texts that are cut given the room that nothing else needs, the least cut ones first."""
    wider = list(widths)
    spare = room - sum(size + GAP for size in widths)
    missing = {
        column: natural - widths[column]
        for column, natural in enumerate(model.natural_widths)
        if not model.numeric[column] and column not in wanted and natural > widths[column]
    }
    for left, column in zip(range(len(missing), 0, -1), sorted(missing, key=missing.__getitem__), strict=True):
        if spare < left:
            break
        given = min(missing[column], spare // left)
        wider[column] += given
        spare -= given
    return tuple(wider)


def _at_least(widths: tuple[int, ...], asked: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(max(size, asked.get(column, 0)) for column, size in enumerate(widths))


def proposed_widths(
    model: GridModel, room: int, proposals: Mapping[CellRef, str], *, before: bool = True
) -> dict[int, int]:
    """How wide columns have to be to show the cells after these proposals, and `before` them, but for those that would
    take more than a quarter of what `room` leaves beside the numbers of the rows."""
    asked: dict[int, int] = {}
    most = (max(room, 20) - _gutter(model)) // 4
    for ref, after in proposals.items():
        place = model.place(ref)
        if place is not None:
            wanted = width(shown(before_and_after(model.cell(*place).text if before else "", after)))
            if wanted <= most:
                asked[place[1]] = max(asked.get(place[1], 0), wanted)
    return asked


def _narrowed(
    widths: tuple[int, ...], names: Sequence[int], columns: Sequence[int], room: int, least: int
) -> tuple[int, ...] | None:
    """The widths with the longest names among `columns` cut so far that these fit, None where that is not enough."""
    narrower = list(widths)
    over = sum(widths[column] + GAP for column in columns) - room
    inside = [column for column in names if column in columns]
    while over > 0:
        widest = max(inside, key=lambda column: narrower[column], default=-1)
        if widest < 0 or narrower[widest] <= least:
            return None
        narrower[widest] -= 1
        over -= 1
    return tuple(narrower)


def before_and_after(before: str, after: str) -> str:
    """What a cell shows and would show, in one line; a blank is left out beside the arrow."""
    return f"{before}{sign('→')}{after}"
