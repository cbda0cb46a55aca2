"""What stands behind the case files of several documents: all of them in one table, and the errors that were ruled to
be the documents' own, which are what an audit office writes to the bodies about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workbench.export.case_blocks import Block, Grid, Heading, Words, reviewers_of
from workbench.export.casefile import CaseFile

_STANDINGS = (("corrected", "extraction_error"), ("source_error",), ("waived", "rule_waived"), ("open", "deferred"))
"""How findings stand, as the overview counts them."""


@dataclass(slots=True)
class Overview:
    """Fed with the case files as they are written; keeps of each only its line and the errors of its document."""

    language: str
    _lines: list[tuple[str, ...]] = field(default_factory=list)
    _counts: list[tuple[int, ...]] = field(default_factory=list)
    _errors: list[tuple[str, ...]] = field(default_factory=list)

    def noting(self, cases: Iterable[CaseFile]) -> Iterator[CaseFile]:
        """The cases as they come."""
        for case in cases:
            self._note(case)
            yield case

    def blocks(self) -> Iterator[Block]:
        """The overview; nothing for one document, which says it all itself."""
        if len(self._lines) < 2:
            return
        say = Words(self.language)
        yield Heading(1, say("overview"))
        names = ("entity", "fiscal_year", "report", "status", "reviewer", "summary", "standing.corrected")
        head = [say(name) for name in names] + [say(f"standing.{group[0]}") for group in _STANDINGS[1:]]
        lines = [line + tuple(map(str, counts)) for line, counts in zip(self._lines, self._counts, strict=True)]
        sums = tuple(str(sum(column)) for column in zip(*self._counts, strict=True))
        total = (say("all_documents", count=len(lines)), "", "", "", "", *sums)
        yield Grid(tuple(head), (*lines, total))
        if self._errors:
            yield Heading(2, say("errors_of_documents"))
            yield Grid(
                (say("entity"), say("fiscal_year"), say("document"), say("found"), say("right"), say("by"), say("why")),
                tuple(self._errors),
            )

    def _note(self, case: CaseFile) -> None:
        say, row = Words(self.language), case.document
        year = "" if row.fiscal_year is None else str(row.fiscal_year)
        kind, stands = say(f"kind.{row.report}"), say(f"stands.{row.status}")
        self._lines.append((row.entity or row.document, year, kind, stands, reviewers_of(case)))
        self._counts.append((len(case.findings), *(case.standing(*group) for group in _STANDINGS)))
        for finding in case.findings:
            if finding.standing == "source_error":
                ruled = [step for step in finding.steps if step.kind == "source_error"]
                last = [step for step in ruled if step.at == ruled[-1].at]
                by, why = (last[0].by, last[0].note) if last else ("", "")
                right = "; ".join(filter(None, (step.after for step in last)))
                self._errors.append((row.entity, year, row.document, finding.message, right, by, why))
