"""How a figure came to print what it does: the slip that tells it best, and what makes it dearer or cheaper."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import CASES
from tests.drawn_tables import read_document
from workbench.checks import Reconciliation
from workbench.model.table import CellRef, Document
from workbench.repairs.constraints import Constraints
from workbench.repairs.evidence.corroboration import FigureIndex
from workbench.repairs.fixed_point import to_units
from workbench.repairs.slips.stories import Plausibility, Story
from workbench.repairs.system import System

STORIES = tomllib.loads((CASES / "repairs" / "stories.toml").read_text(encoding="utf-8"))["case"]


def story_of(document: Document, ref: CellRef, should: str) -> Story | None:
    """Why the cell would have to say `should`."""
    system = System(Reconciliation.of(document))
    index = FigureIndex()
    index.update(document)
    prices = Plausibility(system, index, Constraints())
    return prices.story(system.variable(ref).number, to_units(Decimal(should)), {})


@pytest.mark.parametrize("case", STORIES, ids=lambda case: case["name"])
def test_the_slip_that_tells_best_is_named(case: dict[str, Any]) -> None:
    document = read_document(case["tables"])
    table, row, column = case["cell"]
    story = story_of(document, CellRef(document.tables[table - 1].id, row, column), case["should"])
    assert story is not None and story.method == case["story"]


ROW = """
## project_expenditure 项目支出表 万元
项目名称 | 合计 | 一般公共预算 | 政府性基金
---
合计 | 84.30 | 63.30 | 21.00
河道治理 | 26.10 | 19.10 | 7.00
{row}
饮水安全 | 36.00 | 29.00 | 7.00
"""


def test_figures_of_two_rows_are_dearer_to_read_as_one_than_a_figure_that_cannot_be_read() -> None:
    def cost(row: str) -> float:
        story = story_of(read_document(ROW.format(row=row)), CellRef("t01", 2, 1), "22.20")
        assert story is not None and story.method == "unreadable"
        return story.cost

    alone = cost("水库维护 | 22.2010.10 | 15.20 | 7.00")
    assert cost("水库维护 | 22.2010.10 | 15.2010.10 | 7.00") > alone + 1
