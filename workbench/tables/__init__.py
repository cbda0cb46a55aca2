"""SourceDocument → Document: tables, stated figures, who and which year."""

from workbench.tables.interchange.published import read_beside
from workbench.tables.parsing import parse
from workbench.tables.streaming import iter_tables

__all__ = ["iter_tables", "parse", "read_beside"]
