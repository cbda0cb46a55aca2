"""Findings for output: as JSON (`workbench.findings/1`) and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from workbench.checks import describe, explain
from workbench.cli.text import printable, styled
from workbench.config.messages import Phrasebook
from workbench.config.refusals import refusal
from workbench.model.check import CheckResult, Finding, Outcome, Suggestion, Term
from workbench.model.edit import (
    DeleteRows,
    Edit,
    InsertRows,
    MergeRows,
    SetCell,
    ShiftCells,
    SplitRow,
    cell_by_cell,
    edit_fields,
)
from workbench.model.table import CellRef, Document
from workbench.pipeline import Analysis
from workbench.repairs.proposals.reasons import percent
from workbench.repairs.proposals.wording import describe_shape

SCHEMA = "workbench.findings/1"
EXPLANATION = "workbench.explanation/1"

_LISTED = 4
"""Edits of a suggestion that have lines of their own; the others are counted (JSON has them all)."""


def analysis_to_json(analysis: Analysis, language: str) -> dict[str, Any]:
    """One entry of `documents`: how many checks ran with which outcome, the findings, and what was noticed while it
    was read."""
    document = analysis.document
    counts = analysis.reconciliation.outcomes
    return {
        "path": document.source.path,
        "sha256": document.source.sha256,
        "entity": document.entity,
        "fiscal_year": document.fiscal_year,
        "outcomes": {outcome.value: counts.get(outcome, 0) for outcome in Outcome},
        "findings": [_finding_to_json(finding, document, language) for finding in analysis.findings],
        "problems": [
            {"message": refusal(problem.message, language), "page": problem.page} for problem in document.noticed
        ],
    }


def explanation_to_json(analysis: Analysis, ref: CellRef, language: str) -> dict[str, Any]:
    """One document's entry of an explanation: the cell, and every check that it stands in."""
    document = analysis.document
    return {
        "path": document.source.path,
        "cell": {"table": ref.table, "row": ref.row, "column": ref.column, "printed": document.cell(ref).text},
        "checks": [
            {"id": result.check.id, **_result_fields(result, document, language)}
            for result in explain(analysis.reconciliation, ref)
        ],
    }


def _finding_to_json(finding: Finding, document: Document, language: str) -> dict[str, Any]:
    """One finding: the fields of its strongest check, all its checks, and its suggestions."""
    entry = {"id": finding.id, **_result_fields(finding.results[0], document, language)}
    entry["message"] = finding.message.text(language)
    entry["checks"] = [
        {"id": result.check.id, **_result_fields(result, document, language)} for result in finding.results
    ]
    entry["suggestions"] = [_suggestion_to_json(suggestion, language) for suggestion in finding.suggestions]
    if finding.incomplete:
        entry["incomplete"] = True
    return entry


def _result_fields(result: CheckResult, document: Document, language: str) -> dict[str, Any]:
    return {
        "rule": result.check.name,
        "outcome": result.outcome.value,
        "severity": result.check.severity.value,
        "message": describe(result, document).text(language),
        "cells": [_term_to_json(term, document) for term in result.check.terms],
        "expected": _number(result.expected),
        "printed": _number(result.printed),
        "residual": _number(result.residual),
        "tolerance": _number(result.tolerance),
    }


def _term_to_json(term: Term, document: Document) -> dict[str, Any]:
    return {
        "table": term.ref.table,
        "row": term.ref.row,
        "column": term.ref.column,
        "role": term.role,
        "sign": term.sign,
        "printed": document.cell(term.ref).text,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _suggestion_to_json(suggestion: Suggestion, language: str) -> dict[str, Any]:
    """One suggestion with its edits and its proof."""
    return {
        "method": suggestion.method,
        "applicability": suggestion.applicability.value,
        "share": round(suggestion.share, 3),
        "cause": suggestion.cause.value,
        "edits": [fields for edit in suggestion.edits for fields in _edit_to_json(edit)],
        "clears": list(suggestion.clears),
        "breaks": list(suggestion.breaks),
        "reason": suggestion.reason.text(language),
    }


def _edit_to_json(edit: Edit) -> list[dict[str, Any]]:
    """What an edit changes: each cell with what it prints before and after; where rows become others, these rows."""
    cells = cell_by_cell(edit)
    if cells:
        return [edit_fields(cell) for cell in cells]
    fields = edit_fields(edit)
    match edit:
        case MergeRows():
            fields["after"] = [[one + other for one, other in zip(*edit.before, strict=True)]]
        case SplitRow():
            cuts = tuple(zip(edit.before, edit.offsets, strict=True))
            fields["before"] = [list(edit.before)]
            fields["after"] = [[text[:at] for text, at in cuts], [text[at:] for text, at in cuts]]
        case InsertRows():
            fields |= {"before": [], "after": [list(texts) for texts in edit.texts]}
        case DeleteRows():
            fields["after"] = []
    return [fields]


def finding_lines(finding: Finding, say: Phrasebook, color: bool) -> Iterator[str]:
    """A finding as lines: its message, and its suggestions below."""
    mark = {"fail": "x", "crashed": "!"}.get(finding.outcome.value, "~")
    role = "fail" if finding.severity.value == "error" else "warning"
    yield f"  {styled(mark, role, color)} {styled(finding.id, 'strong', color)}  {printable(say.of(finding.message))}"
    if len(finding.results) > 1:
        others = ", ".join(result.check.id for result in finding.results[1:])
        yield f"      {styled(say('check.also'), 'quiet', color)} {others}"
    for suggestion in finding.suggestions[:3]:
        yield from _suggestion_lines(suggestion, say, color)


def _suggestion_lines(suggestion: Suggestion, say: Phrasebook, color: bool) -> Iterator[str]:
    """A suggestion as lines: its edits, then its reason."""
    certainty = f"{say(f'check.{suggestion.applicability.value}')}, {percent(suggestion.share)}"
    listed = suggestion.edits if len(suggestion.edits) <= _LISTED + 1 else suggestion.edits[:_LISTED]
    for edit in listed:
        yield f"      {styled('->', 'good', color)} {printable(_edit_line(edit, say))}  [{certainty}]"
    if more := len(suggestion.edits) - len(listed):
        yield f"      {styled('->', 'good', color)} {say('check.more_edits', count=more)}"
    yield f"         {styled(printable(say.of(suggestion.reason)), 'quiet', color)}"


def _edit_line(edit: Edit, say: Phrasebook) -> str:
    if isinstance(edit, SetCell):
        blank = say("check.blank")
        return f"{edit.ref}: {edit.before or blank} -> {edit.after or blank}"
    if isinstance(edit, ShiftCells):
        figures = " ".join(text for text in edit.before if text)
        return f"{edit.ref}: {figures} {'->' if edit.by > 0 else '<-'} {abs(edit.by)}"
    return say.of(describe_shape(edit))
