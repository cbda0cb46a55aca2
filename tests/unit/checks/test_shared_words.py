"""What is wrong in the words of real disclosures is found, and nothing else (gold beside the checkout).

Of the defects that the gold lists, those of running text, forms, codes and headings. Left out are three that are a
matter of judgement: targets that contradict each other in words, a list of items that names the wrong one, a phrase.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.checks.context import Context
from workbench.checks.evaluate import evaluate
from workbench.checks.registry import FAMILIES
from workbench.model.check import CheckResult, Family, Outcome
from workbench.model.table import Document
from workbench.sources import read_source
from workbench.tables import parse

OWN = {
    Family.NARRATIVE,
    Family.PERCENT,
    Family.YOY,
    Family.PRODUCT,
    Family.PLAN,
    Family.CODE_NAME,
    Family.UNIT,
    Family.LABEL,
    Family.MISSING_TABLE,
}

FIGURES = {
    "seeds/000*.txt": {
        "narrative": ["540.92", "8197.37", "1064.86"],
        "label": [""],
        "unit": ["90", "2021", "=10人", "≤90%", "1.2", "≤8万", "≥90"],
    },
    "seeds/001*.txt": {"code_name": ["2101201"], "label": ["2022022"]},
    "seeds/003*.txt": {
        "plan": ["418.35", "6851.00", "200.00", "0.00", "60.00", "54.24"],
        "unit": ["135.30"],
        "product": ["6780.40"],
        "narrative": ["0.00"],
    },
    "real/7709dd.pdf": {
        "percent": ["71.73"],
        "narrative": ["0", "0.95", "1511.89", "80.38", "60.99"],
        "label": ["(no cell)"],
        "missing_table": ["(no cell)"],
    },
    "real/d8d612.pdf": {"narrative": ["8013"], "code_name": ["20.00"]},
    "real/690679.pdf": {"percent": ["95.89"]},
    "real/8e9231.pdf": {},
    "real/b884c8.pdf": {},
}
"""By document and family, the figures that must stand in a failing check."""
FOLLOWING = {"seeds/001*.txt": 9, "real/7709dd.pdf": 4}
"""Failing checks that belong to a defect listed above or in the gold and name no figure of this list: repeated texts,
headings of columns; headings of parts, the growth of the wrong total."""


def failing(shared: Path, name: str) -> tuple[Document, list[CheckResult]]:
    document = parse(read_source(next(shared.glob(name))))
    context = Context(document)
    checks = tuple(check for family in FAMILIES if family.family in OWN for check in family.build(context))
    return document, [result for result in evaluate(document, checks) if result.outcome is Outcome.FAIL]


@pytest.mark.parametrize("name", list(FIGURES))
def test_defects_are_found_and_nothing_else(shared: Path, name: str) -> None:
    document, results = failing(shared, name)
    found = [
        (result.check.family.value, [document.cell(term.ref).text for term in result.check.terms] or ["(no cell)"])
        for result in results
    ]
    wanted = [(family, figure) for family, figures in FIGURES[name].items() for figure in figures]
    assert [want for want in wanted if not any(want[0] == one and want[1] in texts for one, texts in found)] == []
    strange = [
        (one, texts) for one, texts in found if not any(one == want and figure in texts for want, figure in wanted)
    ]
    assert len(strange) <= FOLLOWING.get(name, 0), strange
