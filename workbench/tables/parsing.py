"""A document as read → the document as parsed: the one place that knows the order of the steps."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model.source import Page, SourceDocument
from workbench.model.table import Document, Problem
from workbench.tables.characters import as_printed, in_plain_characters
from workbench.tables.contents import missing_tables, promised_tables
from workbench.tables.disclosures import with_disclosures
from workbench.tables.finish import finish, raw_tables
from workbench.tables.grids.located import locate_grids
from workbench.tables.joining.over_pages import join_pieces
from workbench.tables.metadata import read_metadata
from workbench.tables.narrative.stated import stated_figures
from workbench.tables.numbered_titles import NumberedTitles
from workbench.tables.raw import RawTable
from workbench.tables.text.gaps import pages_between_grids
from workbench.tables.text.locate import locate_text_tables
from workbench.tables.unread import unread_amounts

_PLAIN_TEXT = "text/plain"
"""In a text, tables that are marked as such stand beside others that are not."""


def parse(source: SourceDocument) -> Document:
    """The tables and stated figures of a document with what it says about itself.

    Tables come from ruled lines and from the grids that the file format marks, and on pages that have neither from the
    layout of their text; ids count in document order. What the reader warns of, and tables that the contents promise
    and that are not there, are the problems. Never raises for what a document contains.
    """
    pages = in_plain_characters(source.pages)
    titles = NumberedTitles.of(pages)
    raw = raw_tables(join_pieces(titles.over_pieces(locate_grids(pages))))
    raw += titles.over_tables(locate_text_tables(_pages_without(raw, pages)))
    if source.media_type == _PLAIN_TEXT:
        raw += [
            table
            for page in pages
            if page.grids
            for gap in pages_between_grids(page)
            for table in titles.over_tables(locate_text_tables([gap]))
        ]
    metadata = read_metadata(pages, raw)
    tables = finish(raw, metadata.unit)
    problems = (*map(Problem, source.warnings), *missing_tables(promised_tables(pages), tables))
    if pages is not source.pages:
        tables = as_printed(tables, source.pages)
    stated = stated_figures(source.pages, tables=tables)
    document = Document(
        source,
        metadata.entity,
        metadata.fiscal_year,
        metadata.report,
        metadata.unit,
        tables,
        stated,
        problems,
        metadata.title,
        metadata.region,
        unread=unread_amounts(source.pages, tables, stated),
    )
    return with_disclosures(document, pages)


def _pages_without(tables: Sequence[RawTable], pages: Sequence[Page]) -> list[Page]:
    """The pages that none of `tables` stands on and in which the file format marks no table (a cover sheet)."""
    covered = {number for table in tables for number in table.pages}
    return [page for page in pages if page.number not in covered and not page.grids]
