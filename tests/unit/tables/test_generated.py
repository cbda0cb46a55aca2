"""Made-up budgets and final accounts in every layout of text are read back as they were meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.score import DOCUMENTS, read_made, score
from tests.generator.text_layouts import TEXT_LAYOUTS

SEED = 310
BARS = {"cells": (0.97, 0.95), "aligned": (0.98, 0.99)}
"""F1 and figures by row and column where a layout leaves more than one reading: without lines nothing shows where a row
ends, and a label centred over its columns may hang over others."""


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_a_made_up_document_is_read_back(layout: str, kind: str, tmp_path: Path) -> None:
    document = DOCUMENTS[kind](SEED)
    found = read_made(document, layout, tmp_path)
    result = score(document.gold(), found)
    least_f1, least_figures = BARS.get(layout, (0.99, 0.995))
    assert len(found["tables"]) == len(document.sheets)
    assert [table["form"] for table in found["tables"]] == [sheet.form for sheet in document.sheets]
    assert result.f1 >= least_f1
    assert result.recall >= least_figures
    assert result.alien == 0
    assert (found["entity"], found["fiscal_year"], found["unit"]) == (
        document.entity,
        document.year,
        document.style.unit,
    )
    assert found["report"] == document.report
