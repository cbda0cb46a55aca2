"""The signs of the app. Every state has a sign, a word and a colour role; all signs are one cell wide everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model.check import Outcome, Severity
from workbench.model.record import ReviewStatus, Verdict


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is shown: its sign, the catalogue id of its word, and the colour role of both."""

    sign: str
    word: str
    role: str


FAILING = Look("✗", "state.failing", "failing")
SUSPECT = Look("?", "state.suspect", "suspect")
CORRECTED = Look("✎", "state.corrected", "corrected")
SETTLED = Look("✓", "state.settled", "settled")
FLAGGED = Look("⚑", "state.flagged", "flagged")
INFERRED = Look("∙", "state.inferred", "quiet")
WAITING = Look("⋯", "state.waiting", "quiet")
UNREADABLE = Look("✗", "state.unreadable", "failing")
BAD_RECORD = Look("✗", "state.bad_record", "failing")
STALE = Look("≀", "state.stale", "suspect")
CLEAN = Look("✓", "state.clean", "settled")
UNCHECKED = Look("∅", "state.unchecked", "suspect")
UNKNOWN = Look("∅", "state.unknown", "quiet")

STATUS: dict[ReviewStatus, Look] = {
    ReviewStatus.NEW: Look("◦", "status.new", "quiet"),
    ReviewStatus.IN_REVIEW: Look("▹", "status.in_review", "accent"),
    ReviewStatus.NEEDS_SECOND: Look("»", "status.needs_second", "suspect"),
    ReviewStatus.DONE: Look("✓", "status.done", "settled"),
    ReviewStatus.REJECTED: Look("✕", "status.rejected", "failing"),
}

VERDICT: dict[Verdict, Look] = {
    Verdict.EXTRACTION_ERROR: Look("✎", "verdict.extraction_error", "corrected"),
    Verdict.SOURCE_ERROR: Look("✓", "verdict.source_error", "settled"),
    Verdict.WAIVED: Look("✓", "verdict.waived", "settled"),
    Verdict.DEFERRED: Look("⋯", "verdict.deferred", "quiet"),
    Verdict.CELL_RIGHT: Look("✓", "verdict.cell_right", "settled"),
    Verdict.VALUE_REJECTED: Look("✓", "verdict.value_rejected", "settled"),
    Verdict.RULE_WAIVED: Look("✓", "verdict.rule_waived", "settled"),
}

SEVERITY: dict[Severity, Look] = {
    Severity.ERROR: Look("✗", "severity.error", "failing"),
    Severity.WARNING: Look("!", "severity.warning", "suspect"),
    Severity.NOTE: Look("∙", "severity.note", "quiet"),
}

OUTCOME: dict[Outcome, Look] = {
    Outcome.PASS: Look("✓", "outcome.pass", "settled"),
    Outcome.WITHIN_ROUNDING: Look("✓", "outcome.within_rounding", "settled"),
    Outcome.FAIL: Look("✗", "outcome.fail", "failing"),
    Outcome.UNVERIFIABLE: Look("∅", "outcome.unverifiable", "quiet"),
    Outcome.CRASHED: Look("!", "outcome.crashed", "suspect"),
}

CURSOR = "▸"
