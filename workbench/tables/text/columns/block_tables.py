"""Tables put together from full blocks of names and figures, where sums down and across bear them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from workbench.model.table import Row
from workbench.tables.raw import RawTable
from workbench.tables.text.cells.cell_lines import CellTable
from workbench.tables.text.columns.column_by_column import tell_no_rows
from workbench.tables.text.columns.flow_heads import FlowLabel, flow_header, is_strange
from workbench.tables.text.columns.flows import Section, sections_of_flows
from workbench.tables.text.columns.full_blocks import BlockRow, Blocks, full_blocks
from workbench.tables.text.header.rows import Header
from workbench.tables.text.header.tree import arrange
from workbench.tables.text.header.words import Word, labels_of
from workbench.tables.text.header.woven import unwoven
from workbench.tables.text.lines import EMPTY, Line, Piece, cell_of, key_of
from workbench.tables.text.running.header_evidence import Witnesses
from workbench.tables.text.vocabulary import column_kind

_FEWEST_ROWS, _FEWEST_LABELS, _MOST_LABELS, _MOST_WAYS, _MORE_LABELS = 2, 2, 40, 4, 4
_AGAINST = 0.7
_NUMBERS = ("栏次",)
"""What stands before the numbers of columns is no label of a column."""


def block_tables(lines: Sequence[Line]) -> Iterator[CellTable]:
    """The tables that full blocks make, with the first and the last line of each, in order."""
    if not tell_no_rows(lines):
        return
    free = 0
    used: set[tuple[int, int]] = set()
    for ways in sections_of_flows(lines):
        for section in ways:
            table = _table(section) if section.last >= free else None
            if table is None:
                continue
            own = {(anchor.page, anchor.start) for row in table.rows for cell in row for anchor in cell.anchors}
            if used.isdisjoint(own):
                used |= own
                yield CellTable(table, max(section.first, free), section.last)
                free = section.last + 1
                break


def _table(section: Section) -> RawTable | None:
    """The likeliest table of a section, None where none is borne out."""
    tried = 0
    for blocks in full_blocks(section.flows):
        if len(blocks.rows) < _FEWEST_ROWS or len(blocks.labels) > _MOST_LABELS:
            continue
        tried += 1
        if tried > _MOST_WAYS:
            break
        found = _headed(blocks)
        if found is not None:
            return _raw(section, *found)
    return None


def _headed(blocks: Blocks) -> tuple[Blocks, Header] | None:
    """The blocks with the header that the labels make above the columns, None where they make none of as many."""
    found = _labels(blocks)
    labels = [label.label for label in found]
    texts = [label for label in labels if column_kind(key_of(label)) == "text"]
    if not _FEWEST_LABELS <= len(labels) <= 2 * blocks.width + _MORE_LABELS:
        return None
    coded = max(len(row.codes) for row in blocks.rows)
    if len(texts) == 1 and coded:
        # below one label stand codes and names
        blocks = replace(blocks, rows=[BlockRow((), (*row.codes, *row.name), row.figures) for row in blocks.rows])
        coded = 0
    words = list(_words(blocks))
    witnesses = Witnesses.of(words)
    header = flow_header(found, blocks.flows, coded + 1, witnesses)
    if header is not None:
        return blocks, header
    width = coded + 1 + blocks.width
    header = arrange(labels, (width,), likely_only=True)
    if (
        header.width != width
        or is_strange(header.text)
        or any(column_kind(leaf) == "text" for leaf in header.text.leaves[coded + 1 :])
    ):
        return None
    told = witnesses.against(header.text) < _AGAINST and witnesses.borne_out(header.text)
    return (blocks, header) if told else None


def _labels(blocks: Blocks) -> list[FlowLabel]:
    """The labels of a head: those of a flow are made of its lines alone."""
    found: list[FlowLabel] = []
    number = 0
    for flow, lines in groupby(blocks.labels, key=lambda line: line.flow):
        words: list[Word] = []
        for line in lines:
            number += 1
            words.extend(Word(piece, number, False, index == 0, piece.text) for index, piece in enumerate(line.words))
        found.extend(FlowLabel(flow, label) for label in labels_of(unwoven(words)) if key_of(label) not in _NUMBERS)
    return found


def _words(blocks: Blocks) -> Iterator[Word]:
    """The words of the rows, row by row."""
    for number, row in enumerate(blocks.rows):
        pieces: list[Piece] = [*row.codes, *row.name[-1:], *row.figures]
        for index, piece in enumerate(pieces):
            yield Word(piece, number, False, index == 0, piece.text)


def _raw(section: Section, blocks: Blocks, header: Header) -> RawTable:
    stub = header.width - blocks.width
    rows: list[Row] = [tuple(cell_of(label, inferred=True) for label in row) for row in header.rows]
    depth = len(rows)
    if len(blocks.numbering) == blocks.width:
        rows.append((*[EMPTY] * stub, *(cell_of((piece,)) for piece in blocks.numbering)))
        depth += 1
    for row in blocks.rows:
        codes = [cell_of((piece,)) for piece in row.codes]
        codes += [EMPTY] * (stub - 1 - len(codes))
        figures = (cell_of((piece,), inferred=True) for piece in row.figures)
        rows.append((*codes, cell_of(row.name), *figures))
    pieces = section.title.pieces()
    pages = sorted({anchor.page for row in rows for cell in row for anchor in cell.anchors})
    return RawTable(
        tuple(rows),
        depth,
        title=section.title.text.strip(),
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in pieces),
        unit_text=section.unit,
        pages=tuple(pages),
    )
