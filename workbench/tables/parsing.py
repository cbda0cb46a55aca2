"""A document as read → the document as parsed: the one place that knows the order of the steps."""

from __future__ import annotations

from workbench.model.source import SourceDocument
from workbench.model.table import Document
from workbench.tables.finish import finish, raw_tables
from workbench.tables.joining import join_pieces
from workbench.tables.located import locate_grids
from workbench.tables.metadata import read_metadata


def parse(source: SourceDocument) -> Document:
    """The tables and stated figures of a document with what it says about itself.

    Tables come from ruled lines, from grids that the format marks, and from the layout of text elsewhere; ids count
    in document order. Never raises for what a document contains.
    """
    tables = raw_tables(join_pieces(locate_grids(source.pages)))
    metadata = read_metadata(source.pages)
    finished = finish(tables, metadata.unit)
    return Document(
        source,
        metadata.entity,
        metadata.fiscal_year,
        metadata.report,
        metadata.unit,
        finished,
        (),
        (),
        metadata.title,
        metadata.region,
    )
