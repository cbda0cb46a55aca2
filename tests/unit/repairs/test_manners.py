"""How a proposed figure is written."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import CASES
from tests.drawn_tables import read_document
from workbench.checks import Reconciliation
from workbench.model.table import CellRef
from workbench.repairs.constraints import Constraints
from workbench.repairs.evidence.corroboration import FigureIndex
from workbench.repairs.fixed_point import to_units
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System

MANNERS = tomllib.loads((CASES / "repairs" / "manners.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", MANNERS, ids=lambda case: case["name"])
def test_a_proposed_figure_is_written_as_those_around_it(case: dict[str, Any]) -> None:
    document = read_document(case["tables"])
    table, row, column = case["cell"]
    system = System(Reconciliation.of(document))
    variable = system.variable(CellRef(document.tables[table - 1].id, row, column))
    prices = Plausibility(system, FigureIndex(), Constraints())
    assert prices.text_for(variable.number, to_units(Decimal(case["should"]))) == case["printed"]
