"""SourceDocument → Document: tables, stated figures, who and which year."""

from workbench.tables.parsing import parse
from workbench.tables.streaming import iter_tables

__all__ = ["iter_tables", "parse"]
