"""Tables that another extractor read, beside the published file that it read them from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.model.amount import FigureKind, read_figure
from workbench.model.source import Anchor, SourceDocument
from workbench.model.table import Cell, CellRef, Disagreement, Document, ReportKind, Table
from workbench.tables.contents import missing_tables, promised_tables
from workbench.tables.interchange.alignment import anchor_to
from workbench.tables.metadata import read_metadata
from workbench.tables.narrative.stated import stated_figures
from workbench.tables.unread import unread_amounts

Place = tuple[int, int]


def read_beside(document: Document, source: SourceDocument) -> Document:
    """The tables of `document`, which another extractor read from `source`, with what the source itself says.

    That is where each cell stands and which figures it prints otherwise, the figures stated in its text, who it is from
    and for which year (where the extractor did not tell), the tables that its contents promise and the amounts that no
    table holds.
    """
    placed = anchor_to(document, source)
    stated = placed.stated or stated_figures(source.pages, tables=placed.tables)
    unread = _not_held(source, placed.tables, unread_amounts(source.pages, placed.tables, stated))
    misread = dict(_misread(placed.tables, unread))
    tables = tuple(_with_anchors(table, misread) for table in placed.tables)
    found = set(misread.values())
    metadata = read_metadata(source.pages)
    return replace(
        placed,
        entity=placed.entity or metadata.entity,
        fiscal_year=placed.fiscal_year or metadata.fiscal_year,
        report=metadata.report if placed.report is ReportKind.UNKNOWN else placed.report,
        unit=placed.unit or metadata.unit,
        tables=tables,
        stated=stated,
        problems=(*placed.problems, *missing_tables(promised_tables(source.pages), tables)),
        title=placed.title or metadata.title,
        region=placed.region or metadata.region,
        disagreements=tuple(Disagreement(ref, source.text_of(anchor)) for ref, anchor in misread.items()),
        unread=tuple(anchor for anchor in unread if anchor not in found),
    )


def _not_held(source: SourceDocument, tables: Iterable[Table], unread: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """Of the amounts that are no cell's place those that no cell without a place holds either. Of the many zeros of a
    page several may have been taken for one."""
    elsewhere = {cell.printed for table in tables for row in table.rows for cell in row if not cell.anchors}
    return tuple(
        anchor for anchor in unread if (text := source.text_of(anchor)) not in elsewhere and read_figure(text).value
    )


def _misread(tables: Iterable[Table], unread: Sequence[Anchor]) -> Iterator[tuple[CellRef, Anchor]]:
    """The figures that the source prints otherwise: between two cells that stand in it, as many cells do not as there
    are amounts of which nothing else was made."""
    for table in tables:
        run: list[CellRef] = []
        before = _end_of_header(table)
        for ref, cell in _printed(table):
            if not cell.anchors:
                run.append(ref)
                continue
            first, last = cell.anchors[0], cell.anchors[-1]
            yield from _paired(table, run, before, (first.page, first.start), unread)
            run, before = [], (last.page, last.end)
        if before is not None:
            yield from _paired(table, run, before, (before[0] + 1, 0), unread)


def _paired(
    table: Table, run: list[CellRef], before: Place | None, after: Place, unread: Sequence[Anchor]
) -> Iterator[tuple[CellRef, Anchor]]:
    if not run or before is None:
        return
    between = [
        anchor for anchor in unread if before <= (anchor.page, anchor.start) and (anchor.page, anchor.end) <= after
    ]
    figures = all(table.cell(ref.row, ref.column).figure.kind is FigureKind.NUMBER for ref in run)
    if figures and len(between) == len(run):
        yield from zip(run, between, strict=True)


def _end_of_header(table: Table) -> Place | None:
    """Where the last of the header's cells that stand in the source ends."""
    ends = [(cell.anchors[-1].page, cell.anchors[-1].end) for row in table.header for cell in row if cell.anchors]
    return max(ends, default=None)


def _printed(table: Table) -> Iterator[tuple[CellRef, Cell]]:
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            if cell.printed:
                yield CellRef(table.id, row, column), cell


def _with_anchors(table: Table, misread: dict[CellRef, Anchor]) -> Table:
    for ref, anchor in misread.items():
        if ref.table == table.id:
            table = table.with_cell(ref.row, ref.column, replace(table.cell(ref.row, ref.column), anchors=(anchor,)))
    return table
