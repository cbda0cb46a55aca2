"""What a session asks of the stages before it: to read and check a document, and to look for causes after an edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workbench.model.check import Finding

if TYPE_CHECKING:
    from workbench.checks import Reconciliation
    from workbench.pipeline import Analysis
    from workbench.repairs import Constraints, Memory


class Analyst(Protocol):
    """The stages before a review."""

    def analyse(self, path: Path) -> Analysis:
        """The document at `path` read, parsed and checked. Raises UnreadableSourceError."""
        ...

    def find_causes(self, reconciliation: Reconciliation, constraints: Constraints) -> tuple[Finding, ...]:
        """The findings of a document, given what the reviewer has settled."""
        ...


class LocalAnalyst:
    """The stages of this program, loaded when first needed. What was found out about a document is remembered, so that
    an edit localises again only what it touches: one analyst a session."""

    def __init__(self) -> None:
        self._memory: Memory | None = None

    def analyse(self, path: Path) -> Analysis:
        """The document at `path` read, parsed and checked. Raises UnreadableSourceError."""
        from workbench.pipeline import analyse

        return analyse(path)

    def find_causes(self, reconciliation: Reconciliation, constraints: Constraints) -> tuple[Finding, ...]:
        """The findings of a document, given what the reviewer has settled."""
        from workbench.repairs import Memory, find_root_causes

        if self._memory is None:
            self._memory = Memory()
        return find_root_causes(reconciliation, constraints, memory=self._memory)
