"""Tables → CheckResults: everything that must add up, each rule family a module, one registry."""

from workbench.checks.context import Context
from workbench.checks.describe import describe
from workbench.checks.evaluate import applies, evaluate
from workbench.checks.explain import explain
from workbench.checks.reconciliation import Reconciliation
from workbench.checks.rules_file import load_rules
from workbench.checks.user_rules import UserRule

__all__ = [
    "Context",
    "Reconciliation",
    "UserRule",
    "applies",
    "describe",
    "evaluate",
    "explain",
    "load_rules",
]
