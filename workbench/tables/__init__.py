"""SourceDocument → Document: tables, stated figures, who and which year."""

from workbench.tables.parsing import parse

__all__ = ["parse"]
