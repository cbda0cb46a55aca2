"""Every equation in which a cell stands, failing ones first."""

from __future__ import annotations

from workbench.checks.reconciliation import Reconciliation
from workbench.model.check import CheckResult, Outcome
from workbench.model.table import CellRef

_ORDER = (Outcome.FAIL, Outcome.CRASHED, Outcome.WITHIN_ROUNDING, Outcome.PASS, Outcome.UNVERIFIABLE)


def explain(reconciliation: Reconciliation, ref: CellRef) -> tuple[CheckResult, ...]:
    """The results of all checks that hold this cell: what fails first, what could not be told last."""
    return tuple(sorted(reconciliation.results_of(ref), key=lambda result: _ORDER.index(result.outcome)))
