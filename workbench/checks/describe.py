"""What came of a check, in words: where, what should hold, what is printed, by how much it differs."""

from __future__ import annotations

from decimal import Decimal

from workbench.model.check import CheckResult, Outcome, Relation
from workbench.model.message import Message
from workbench.model.table import Document


def describe(result: CheckResult, document: Document) -> Message:  # noqa: ARG001
    """The result in words, in English and in Chinese."""
    check = result.check
    if result.outcome is Outcome.CRASHED or check.relation is Relation.FACT:
        return _joined(check.title, result.note)
    if result.expected is None or result.printed is None:
        return _joined(check.title, result.note)
    difference = result.printed - result.expected
    figures = Message(
        f"{plain(result.printed)} is printed, {plain(result.expected)} would hold (difference {plain(difference)}).",
        f"印 {plain(result.printed)}，应为 {plain(result.expected)}，相差 {plain(difference)}。",
    )
    return _joined(check.title, figures, result.note)


def plain(value: Decimal) -> str:
    """A figure without an exponent."""
    return f"{value:,f}"


def _joined(*messages: Message | None) -> Message:
    present = [message for message in messages if message is not None]
    return Message(" ".join(message.en for message in present), "".join(message.zh for message in present))
