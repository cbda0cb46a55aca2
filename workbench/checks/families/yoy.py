"""Changes against another year: growth recomputed from change and current figure, change from both years' figures,
directions that contradict each other; in running text (`quoted/inside/changes.py`), in tables (`change_columns.py`),
and of the text against tables that print both years (`quoted/lines/printed_years.py`)."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.change_columns import change_columns
from workbench.checks.families.quoted.inside.changes import stated_changes
from workbench.checks.families.quoted.lines.printed_years import printed_years, tables_of_two_years
from workbench.checks.families.quoted.reading.amounts import from_text
from workbench.checks.families.quoted.reading.cells import quotable
from workbench.model.check import Check
from workbench.model.table import Form


def build(context: Context) -> Iterator[Check]:
    """Changes and growth in the text, and change columns of tables."""
    yield from from_text(context, "changes against another year", stated_changes, *quotable(context, Form.THREE_PUBLIC))
    yield from from_text(context, "changes against printed years", printed_years, *tables_of_two_years(context))
    yield from context.by_table("changes against another year", context.document.tables, change_columns)
