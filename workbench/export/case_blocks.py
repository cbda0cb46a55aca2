"""A case file as blocks of text (headings, facts, paragraphs, tables) that every format can write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench import __version__
from workbench.export.casefile import CaseCell, CaseFile, CaseFinding
from workbench.export.rows import CorrectionRow, DocumentRow
from workbench.model.toml_file import shipped_toml

_MOST_CELLS = 12
"""Cells of a finding that are listed; of more, the first ones and how many there are."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is the document's."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head; one without a head is a list of facts, names first."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Grid


class Words:
    """The words of case files in one language."""

    def __init__(self, language: str) -> None:
        self._place = int(language == "zh")

    def __call__(self, name: str, **values: object) -> str:
        """The words of this name, filled in; of a name in a group (`standing.open`) that is unknown, the name."""
        data: Any = _catalogue()
        for part in name.split("."):
            data = data.get(part, {})
        text: str = data[self._place] if data else name.rpartition(".")[2].replace("_", " ")
        return text.format(**values) if values else text


@cache
def _catalogue() -> dict[str, Any]:
    return shipped_toml("workbench.export", "casefile.toml")


def blocks_of(case: CaseFile, language: str) -> Iterator[Block]:
    """The case file of one document, from its heading."""
    say = Words(language)
    row = case.document
    year = "" if row.fiscal_year is None else f" {row.fiscal_year}"
    yield Heading(
        1, f"{say('title')}: {row.entity}{year}".rstrip(": ") if row.entity else f"{say('title')}: {row.document}"
    )
    yield Grid((), tuple(_facts(case, say)))
    if not case.findings:
        yield Paragraph(say("no_findings"))
    for number, finding in enumerate(case.findings, 1):
        yield from _finding_blocks(number, finding, say)
    if case.others:
        yield Heading(2, say("others"))
        yield _steps(case.others, say)
    for name in ("conflicts", "notes"):
        items: tuple[str, ...] = getattr(case, name)
        if items:
            yield Heading(2, say(name))
            yield Bullets(items)
    yield Paragraph(say("made_by", version=__version__))


def _facts(case: CaseFile, say: Words) -> Iterator[tuple[str, str]]:
    row = case.document
    year = "" if row.fiscal_year is None else str(row.fiscal_year)
    facts = [
        ("document", row.document),
        ("sha256", row.sha256),
        ("earlier", " ".join(case.earlier)),
        ("entity", row.entity),
        ("fiscal_year", year),
        ("report", say(f"kind.{row.report}")),
        ("reader", row.reader),
        ("contents", say("contents_of", pages=row.pages, tables=row.tables, figures=row.figures)),
        ("status", say(f"stands.{row.status}")),
        ("reviewer", reviewers_of(case)),
        ("updated_at", _moment(row.updated_at)),
        ("note", row.note),
        ("checks", f"{say('as_printed')}: {_checks(case.before, say)}"),
        ("", f"{say('after_review')}: {_checks(_counts(row), say)}"),
        ("summary", _summary(case, say)),
    ]
    yield from ((say(name) if name else "", text) for name, text in facts if text)


def reviewers_of(case: CaseFile) -> str:
    """Everyone who took a step, then whoever worked on it last."""
    steps = [*(step for finding in case.findings for step in finding.steps), *case.others]
    return ", ".join(
        dict.fromkeys(name for name in [*sorted({step.by for step in steps}), case.document.reviewer] if name)
    )


def _counts(row: DocumentRow) -> dict[str, int]:
    return {
        "pass": row.passing,
        "within_rounding": row.within_rounding,
        "fail": row.failing,
        "crashed": row.crashed,
        "unverifiable": row.unverifiable,
    }


def _checks(counts: Any, say: Words) -> str:
    holding = counts.get("pass", 0) + counts.get("within_rounding", 0)
    failing = counts.get("fail", 0) + counts.get("crashed", 0)
    return say("checks_of", holding=holding, failing=failing, untold=counts.get("unverifiable", 0))


def _summary(case: CaseFile, say: Words) -> str:
    return say(
        "summary_of",
        count=len(case.findings),
        corrected=case.standing("corrected", "extraction_error"),
        source=case.standing("source_error"),
        waived=case.standing("waived", "rule_waived"),
        open=case.standing("open", "deferred"),
    )


def _finding_blocks(number: int, finding: CaseFinding, say: Words) -> Iterator[Block]:
    yield Heading(2, f"{say('finding')} {number}: {say(f'standing.{finding.standing}')}")
    yield Paragraph(finding.message)
    severity = say(f"severity.{finding.severity}")
    yield Paragraph(f"{finding.id} · {severity}")
    if finding.cells:
        yield Heading(3, say("cells"))
        yield _cells(finding.cells, say)
        if len(finding.cells) > _MOST_CELLS:
            yield Paragraph(say("more_cells", count=len(finding.cells) - _MOST_CELLS))
    yield Heading(3, say("decided"))
    yield _steps(finding.steps, say) if finding.steps else Paragraph(say("nothing"))
    if finding.proof:
        yield Heading(3, say("proof"))
        yield Bullets(tuple(say(f"outcome.{outcome}") + f": {text}" for outcome, text in finding.proof))


def _cells(cells: tuple[CaseCell, ...], say: Words) -> Grid:
    head = (say("place"), say("page"), say("label"), say("printed"), say("now"))
    rows = tuple(
        (
            f"{cell.table} ({cell.ref})" if cell.table else cell.ref,
            "" if cell.page is None else str(cell.page),
            cell.label,
            cell.printed,
            cell.now,
        )
        for cell in cells[:_MOST_CELLS]
    )
    return Grid(head, rows)


def _steps(steps: tuple[CorrectionRow, ...], say: Words) -> Grid:
    head = (say("what"), say("label"), say("change"), say("by"), say("at"), say("why"))
    return Grid(head, tuple(_step(step, say) for step in steps))


def _step(step: CorrectionRow, say: Words) -> tuple[str, ...]:
    what = say(f"step.{step.kind}")
    if not step.applied:
        what += f" ({say('not_applied')})"
    about = " · ".join(filter(None, (step.row_label, step.column_label))) or step.place or step.finding
    change = step.told if step.method == "decision" or step.moves else f"{step.before} → {step.after}"
    why = step.note if step.method in ("decision", "manual") else " · ".join(filter(None, (step.method, step.note)))
    return what, about, change, step.by, _moment(step.at), why


def _moment(text: str) -> str:
    """A point in time to the second, as people read it."""
    return text[:19].replace("T", " ")
