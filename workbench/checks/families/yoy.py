"""Changes against another year: growth recomputed from change and current figure, change from both years' figures,
directions that contradict each other; in running text (`quoted/changes.py`) and in tables (`change_columns.py`)."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.change_columns import change_columns
from workbench.checks.families.quoted.inside.changes import stated_changes
from workbench.checks.families.quoted.reading.amounts import from_text
from workbench.checks.families.quoted.reading.cells import quotable
from workbench.model.check import Check
from workbench.model.table import Form


def build(context: Context) -> Iterator[Check]:
    """Changes and growth in the text, and change columns of tables."""
    yield from from_text(context, "changes against another year", stated_changes, *quotable(context, Form.THREE_PUBLIC))
    yield from context.by_table("changes against another year", context.document.tables, change_columns)
