"""The rule family cross_table."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.model.check import Check


def build(context: Context) -> Iterator[Check]:  # noqa: ARG001
    """Its checks."""
    return iter(())
