"""By what a file tells that this program wrote it: an export or a report that lies among documents is none of them."""

from __future__ import annotations

CREATOR = "workbench"
"""Who made a workbook or a Word document, as its properties say."""
BOOKMARK = "workbench_report"
"""The bookmark at the beginning of a Word document, which stays where another program saves it and names itself."""
SHEETS_OF_AN_EXPORT = frozenset({"documents", "figures", "findings", "corrections"})
"""The sheets that a workbook of an export has, whatever program saved it last."""
HTML_MARK = '<meta name="generator" content="workbench">'
MARKDOWN_MARK = "<!-- workbench report -->"
LISTS_OF_AN_EXPORT = frozenset({"documents.csv", "figures.csv", "corrections.csv", "findings.csv", "tables.csv"})
"""The files that stand together in the folder of an export, beside the folder of its tables."""
TABLES_OF_AN_EXPORT = "tables"
