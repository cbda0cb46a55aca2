"""Tables as read from a source: every cell keeps what is printed, where, and what a reviewer made of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from workbench.model.amount import Figure, read_figure
from workbench.model.draft import draft_of, pickled_by_fields
from workbench.model.source import Anchor, SourceDocument


class Form(StrEnum):
    """The statement or form that a table is."""

    INCOME_EXPENDITURE_SUMMARY = "income_expenditure_summary"
    INCOME_SUMMARY = "income_summary"
    EXPENDITURE_SUMMARY = "expenditure_summary"
    FISCAL_GRANT_SUMMARY = "fiscal_grant_summary"
    GENERAL_BUDGET_EXPENDITURE = "general_budget_expenditure"
    BASIC_EXPENDITURE = "basic_expenditure"
    THREE_PUBLIC = "three_public"
    GOVERNMENT_FUND = "government_fund"
    STATE_CAPITAL = "state_capital"
    PROJECT_EXPENDITURE = "project_expenditure"
    ECONOMIC_CLASSIFICATION = "economic_classification"
    PERFORMANCE_TARGET = "performance_target"
    OVERALL_PERFORMANCE = "overall_performance"
    PROCUREMENT = "procurement"
    ASSETS = "assets"
    ORGANISATION = "organisation"
    OTHER = "other"


class ReportKind(StrEnum):
    """What kind of disclosure a document is."""

    BUDGET = "budget"
    FINAL_ACCOUNT = "final_account"
    PERFORMANCE = "performance"
    UNKNOWN = "unknown"


class CellRef(NamedTuple):
    """A body cell: table id, row and column counted from 0. A stated figure is cell (0, 0) of its own id.

    Checks and repairs look places up by the hundred thousand: as a tuple it is a key at no cost.
    """

    table: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.table}/{self.row}/{self.column}"


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `printed` is what the source prints, trimmed, wrapped pieces joined, and is never overwritten.

    `corrected` is the reviewer's text where it differs. `inferred` says that the column was chosen by arithmetic or
    alignment because the source lost it, of a label that it was put above its columns so. `confidence` is the least OCR
    confidence of its characters, None for text. With white space deleted, the texts of `anchors` in order make up
    `printed`.
    """

    printed: str
    anchors: tuple[Anchor, ...] = ()
    corrected: str | None = None
    inferred: bool = False
    confidence: float | None = None

    @property
    def text(self) -> str:
        """The reviewed text: the correction if there is one, else what is printed."""
        return self.printed if self.corrected is None else self.corrected

    @property
    def figure(self) -> Figure:
        """The number that the reviewed text stands for."""
        return read_figure(self.text)


CellDraft = draft_of(Cell)
"""For the places where very many of them are made."""

Row = tuple[Cell, ...]


def texts_of(row: Row) -> tuple[str, ...]:
    """The reviewed texts of the cells of a row: `Cell.text` of each, for where whole tables are read."""
    return tuple([cell.printed if cell.corrected is None else cell.corrected for cell in row])


@dataclass(frozen=True, slots=True)
class Table:
    """One logical table. `header` and `rows` are rectangular and of one width; spanned header cells are repeated.

    `unit` is the unit of money of the table ("万元", "元", …), "" where the document tells none; `unit_printed` says
    whether the table itself prints it. `pages` are the pages it stands on, counted from 1. `part_of` is the title of
    the form that this table is an inner grid of, "" where it is none. `notes` are the lines of notes printed below it.
    """

    id: str
    title: str
    form: Form
    unit: str
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    pages: tuple[int, ...]
    unit_printed: bool = False
    title_anchors: tuple[Anchor, ...] = ()
    part_of: str = ""
    notes: tuple[str, ...] = ()

    @property
    def start(self) -> tuple[int, int]:
        """The first place that its title and cells cover, as page and offset in the text of the page."""
        cells = (cell for row in (*self.header, *self.rows) for cell in row)
        anchors = (*self.title_anchors, *(anchor for cell in cells for anchor in cell.anchors))
        first = min(((anchor.page, anchor.start) for anchor in anchors), default=None)
        return first or (self.pages[0] if self.pages else 0, 0)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.header[0]) if self.header else len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """The body cell there. Raises IndexError outside the table."""
        if row < 0 or column < 0:
            raise IndexError(f"{self.id} has no cell {row}, {column}")
        return self.rows[row][column]

    def column_path(self, column: int) -> tuple[str, ...]:
        """The header texts above a column from the top: repeats of one text below itself once,
        column numbers left out."""
        return _path([texts[column] for texts in self._naming()])

    def column_paths(self) -> list[tuple[str, ...]]:
        """The same for each of its columns."""
        rows = self._naming()
        return [_path(texts) for texts in zip(*rows, strict=True)] if rows else [()] * self.width

    def _naming(self) -> list[tuple[str, ...]]:
        """What the rows of the header print that do not number the columns."""
        rows = list(map(texts_of, self.header))
        return [row for over, row in zip((None, *rows), rows, strict=False) if not _numbers_columns(row, over)]

    def with_cell(self, row: int, column: int, cell: Cell) -> Table:
        """The table with one body cell replaced."""
        old = self.rows[row]
        new = (*old[:column], cell, *old[column + 1 :])
        return replace(self, rows=(*self.rows[:row], new, *self.rows[row + 1 :]))

    def refs(self) -> Iterator[CellRef]:
        """All body cells, row by row."""
        for row in range(len(self.rows)):
            for column in range(self.width):
                yield CellRef(self.id, row, column)


def _path(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple([text for text, _ in groupby(filter(None, texts))])


_NUMBERING_WORDS = frozenset({"栏次", "行次", "序号", "**", "*", "甲", "乙", "丙"})


def _numbers_columns(row: tuple[str, ...], above: tuple[str, ...] | None) -> bool:
    """Whether a header row only numbers the columns: 栏次 1 2 3, ** ** 1 2. What a cell repeats of the row above it
    reaches down into this one and says nothing of its own."""
    texts = [text for text, over in zip(row, above or row, strict=True) if text != over or above is None]
    texts = [text for text in texts if text]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    return (
        bool(numbers)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 2
        and all(text.isdecimal() or text in _NUMBERING_WORDS for text in texts)
    )


class StatedKind(StrEnum):
    """What a figure quoted in running text is."""

    AMOUNT = "amount"
    SHARE = "share"
    """A percentage of something (占比)."""
    CHANGE = "change"
    """A difference from another year, unsigned; `direction` has the sign."""
    GROWTH = "growth"
    """A change in per cent of another year."""
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure quoted in the narrative: what it is about, the figure as printed, its unit, and the words around it.

    `cell` holds the printed figure and its place. `direction` is 1 for an increase, -1 for a decrease, 0 otherwise;
    `year` the year it speaks of where the text tells. `parent` is the id of the stated figure that this one is a part
    of (其中) or is said about (a share of, a change in), "" where none.
    """

    id: str
    label: str
    cell: Cell
    unit: str
    text: str
    kind: StatedKind = StatedKind.AMOUNT
    direction: int = 0
    year: int | None = None
    parent: str = ""

    @property
    def value(self) -> str:
        """The figure as reviewed."""
        return self.cell.text


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was noticed in a document and does not stop the reading of it."""

    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A cell in whose place a second, independent reader of the page reads another text."""

    ref: CellRef
    text: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One of several disclosures that a file holds one after another: the page and the offset in its text where it
    begins, whose it is, for which year, and of which kind."""

    page: int
    offset: int
    entity: str
    fiscal_year: int | None
    report: ReportKind


@dataclass(frozen=True, slots=True)
class Document:
    """One disclosure, read and parsed: its source, who it is from and for which year, its tables and stated figures."""

    source: SourceDocument
    entity: str
    fiscal_year: int | None
    report: ReportKind
    unit: str
    tables: tuple[Table, ...]
    stated: tuple[StatedFigure, ...] = ()
    problems: tuple[Problem, ...] = ()
    title: str = ""
    region: str = ""
    disagreements: tuple[Disagreement, ...] = ()
    unread: tuple[Anchor, ...] = ()
    """Where amounts are printed as in a table that stand in none that was read."""
    disclosures: tuple[Disclosure, ...] = ()
    """The disclosures that the file holds, in order; none where it holds one only."""

    @property
    def noticed(self) -> tuple[Problem, ...]:
        """All that was noticed while it was read, what its reader read past first, each once."""
        return tuple(dict.fromkeys((*map(Problem, self.source.warnings), *self.problems)))

    def disclosure_at(self, page: int, offset: int) -> int:
        """The number of the disclosure, counted from 0, that a place of the file belongs to."""
        return max(bisect_right([(one.page, one.offset) for one in self.disclosures], (page, offset)) - 1, 0)

    def table(self, identifier: str) -> Table:
        """The table with this id. Raises KeyError where there is none."""
        for table in self.tables:
            if table.id == identifier:
                return table
        raise KeyError(identifier)

    def cell(self, ref: CellRef) -> Cell:
        """The cell at `ref`, in a table or of a stated figure. Raises KeyError or IndexError where there is none."""
        for table in self.tables:
            if table.id == ref.table:
                return table.cell(ref.row, ref.column)
        for stated in self.stated:
            if stated.id == ref.table:
                return stated.cell
        raise KeyError(ref.table)
