"""After any edits of figures, what was kept up to date is what building anew gives."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.rule_cases import cases, document
from workbench.checks import Reconciliation
from workbench.model.check import Family
from workbench.model.edit import SetCell, apply_edits
from workbench.model.table import Document

FILES = ("narrative", "percent", "yoy", "code_name", "plan", "product", "unit", "label", "regional_narratives")
CASES = [case for name in FILES for case in cases(name)]
OWN = {
    Family.NARRATIVE,
    Family.PERCENT,
    Family.YOY,
    Family.PRODUCT,
    Family.PLAN,
    Family.CODE_NAME,
    Family.UNIT,
    Family.LABEL,
}
FIGURES = st.sampled_from(["", "0.00", "5.00", "100", "12.34", "2101299", "7.5%"])


def results(reconciliation: Reconciliation) -> list[tuple[str, str, object]]:
    return [
        (result.check.id, result.outcome.value, result.expected)
        for result in reconciliation.results
        if result.check.family in OWN
    ]


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(CASES), st.lists(st.tuples(st.integers(0, 10_000), FIGURES), min_size=1, max_size=3))
def test_kept_up_to_date_is_built_anew(case: dict[str, Any], picks: list[tuple[int, str]]) -> None:
    made: Document = document(case)
    reconciliation = Reconciliation.of(made)
    refs = sorted({term.ref for check in reconciliation.checks for term in check.terms})
    for pick, text in picks:
        if not refs:
            return
        ref = refs[pick % len(refs)]
        edit = SetCell(ref, made.cell(ref).text, text)
        made = apply_edits(made, (edit,))
        reconciliation = reconciliation.after(made, (edit,))
        assert results(reconciliation) == results(Reconciliation.of(made))
