"""What came of a check, in words: where, what should hold, the arithmetic, what is printed, by how much it differs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.evaluate import rounded
from workbench.model.check import SUM_FAMILIES, Check, CheckResult, Family, Outcome, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Document

"""Families whose arithmetic says more than the title."""
_BLANK = "（）"
"""What stands for a cell that prints nothing."""
_MOST_PARTS = 8
"""So many addends are written out; of more, the first ones and how many there are."""


def describe(result: CheckResult, document: Document, context: Context | None = None) -> Message:
    """The result in words, in English and in Chinese: label path, sum, printed figure, difference.

    Whoever describes many results of a document hands in one context of it, which reads a table once.
    """
    check = result.check
    context = context or Context(document)
    if check.relation is Relation.FACT or not check.terms or not _present(check, document):
        return _joined(check.title, result.note)
    if check.relation is Relation.EQUAL and check.terms[0].role == "total" and check.family in SUM_FAMILIES:
        return _joined(_sum(result, context), result.note)
    unread = result.expected is None or result.printed is None
    if check.constant and check.relation is Relation.EQUAL and len({term.role for term in check.terms}) == 1:
        return _joined(check.title, None if unread else _reached(result), result.note)
    if check.relation is Relation.EQUAL and check.terms[0].role in ("left", "value"):
        return _joined(_equality(result, context), result.note)
    if unread:
        return _joined(check.title, result.note)
    return _joined(check.title, _comparison(result), result.note)


def _present(check: Check, document: Document) -> bool:
    """Whether all its cells are there."""
    try:
        return all(document.cell(term.ref) is not None for term in check.terms)
    except (KeyError, IndexError):
        return False


def plain(value: Decimal) -> str:
    """A figure without an exponent, with separators."""
    return f"{value:,f}"


def _joined(*messages: Message | None) -> Message:
    present = [message for message in messages if message is not None]
    return Message(" ".join(message.en for message in present), "".join(message.zh for message in present))


def _sum(result: CheckResult, context: Context) -> Message:
    """Of a total and its parts."""
    total, *parts = result.check.terms
    where = _where(context, total.ref)
    printed = context.document.cell(total.ref).text
    if result.expected is None:
        return Message(f"{where}: the sum cannot be told.", f"{where}：无法核对合计。")
    made = _addends(context, total, parts)
    expected = plain(result.expected)
    if not printed:
        return Message(f"{where} is blank; {made} = {expected}.", f"{where}为空；{made} = {expected}。")
    verdict = _verdict(result)
    return Message(
        f"{where} prints {printed}; {made} = {expected}{verdict.en}",
        f"{where}印 {printed}；{made} = {expected}{verdict.zh}",
    )


def _addends(context: Context, total: Term, parts: Sequence[Term]) -> str:
    """The parts with what they print, those that print nothing left out: 基本支出 639.72 + 项目支出 40."""
    shown = [part for part in parts if context.figures.read(part.ref).value] or list(parts[:1])
    texts = []
    for place, part in enumerate(shown[:_MOST_PARTS]):
        # The coefficients of parts are those of the equation: −1 for an addend.
        sign = "" if place == 0 else " + "
        if part.coefficient * total.coefficient > 0:
            sign = "− " if place == 0 else " − "
        texts.append(f"{sign}{_short(context, part.ref, total.ref)} {context.document.cell(part.ref).text or _BLANK}")
    return "".join(texts) + (f" + … ({len(shown)})" if len(shown) > _MOST_PARTS else "")


def _short(context: Context, ref: CellRef, beside: CellRef) -> str:
    """What tells a cell from another: its row in the same column, its column in the same row, else both."""
    table = context.tables.get(ref.table)
    if table is None or ref.table != beside.table:
        return context.label(ref)
    structure = context.structure(table)
    if ref.row == beside.row:
        return structure.column_label(ref.column)
    if ref.column == beside.column or structure.panel_of(ref.column) != structure.panel_of(beside.column):
        return structure.row_label(ref)
    return context.label(ref)


def _where(context: Context, ref: CellRef) -> str:
    """The table and the label path of a cell."""
    table = context.tables.get(ref.table)
    label = context.label(ref)
    return label if table is None or not table.title else f"{table.title} {label}".strip()


def _equality(result: CheckResult, context: Context) -> Message:
    """Of two amounts that should be the same, or of one that should be nothing."""
    check = result.check
    first = check.terms[0].role
    left = [term for term in check.terms if term.role == first] if first == "left" else list(check.terms[:1])
    right = [term for term in check.terms if term not in left]
    ours = " + ".join(_printed(context, term) for term in left)
    theirs = " + ".join(_printed(context, term) for term in right)
    if not right:
        return _joined(check.title, Message(f"It prints {ours}.", f"现印 {ours}。"))
    if result.expected is None or result.printed is None:
        return _joined(check.title, Message(f"{ours}; {theirs}.", f"{ours}；{theirs}。"))
    verdict = _verdict(result)
    if check.family is Family.NARRATIVE and len(check.terms) == 2 and not _both_quoted(context, check):
        said = "同" if result.outcome is Outcome.PASS else "而"
        return Message(
            f"The text says {ours}, the statement {theirs}{verdict.en}", f"正文{ours}，{said}报表{theirs}{verdict.zh}"
        )
    if check.family is Family.CROSS_TABLE and len(check.terms) == 2:
        same = result.outcome is Outcome.PASS
        return Message(
            f"{ours}, {'and' if same else 'but'} {theirs}{verdict.en}",
            f"{ours}，{'与' if same else '而'}{theirs}{verdict.zh}",
        )
    return _joined(check.title, Message(f"{ours}; {theirs}{verdict.en}", f"{ours}；{theirs}{verdict.zh}"))


def _both_quoted(context: Context, check: Check) -> bool:
    """Whether both figures stand in the text, so that the title must say why they are the same."""
    return all(term.ref.table not in context.tables for term in check.terms)


def _printed(context: Context, term: Term) -> str:
    text = context.document.cell(term.ref).text or _BLANK
    if term.ref.table in context.stated:
        name = context.label(term.ref).replace("“", "").replace("”", "")
        return f"“{name}” {text}{'' if term.role == 'value' else _unit(context, term.ref)}"
    unit = "" if term.role == "value" else _unit(context, term.ref)
    return f"{_where(context, term.ref)} {text}{unit}"


def _unit(context: Context, ref: CellRef) -> str:
    table = context.tables.get(ref.table)
    if table is not None:
        return context.unit_of(table)
    return context.stated[ref.table].unit if ref.table in context.stated else ""


def _verdict(result: CheckResult) -> Message:
    """How the two sides compare, as the end of a sentence."""
    residual = result.residual
    if residual is None or result.outcome is Outcome.PASS:
        return Message(".", "。")
    size = plain(abs(_tidy(residual)))
    if result.outcome is Outcome.WITHIN_ROUNDING:
        return Message(f"; they differ by {size}, as rounding allows.", f"；相差 {size}，在四舍五入范围内。")
    if residual > 0:
        return Message(f": {size} too much.", f"：多 {size}。")
    return Message(f": {size} too little.", f"：少 {size}。")


def _reached(result: CheckResult) -> Message:
    """Of cells that together make a given figure."""
    wanted = -result.check.constant / result.check.terms[0].coefficient
    if result.outcome is Outcome.PASS or result.residual is None:
        return Message(f"They make {plain(_tidy(wanted))}.", f"合计{plain(_tidy(wanted))}，相符。")
    made = plain(_tidy(wanted + result.residual))
    return Message(f"They make {made}, not {plain(_tidy(wanted))}.", f"合计{made}，应为{plain(_tidy(wanted))}。")


def _comparison(result: CheckResult) -> Message:
    """Of a share, a change, a product or a bound: the title says what should hold."""
    printed, expected = result.printed, result.expected
    if printed is None or expected is None:
        return Message("", "")
    shown, wanted = plain(_tidy(printed)), plain(_tidy(expected))
    if result.check.relation is Relation.AT_MOST:
        if result.outcome is Outcome.PASS:
            return Message(f"{shown} ≤ {wanted}.", f"{shown} ≤ {wanted}。")
        size = plain(_tidy(printed - expected))
        return Message(f"{shown} > {wanted}, by {size}.", f"{shown} > {wanted}，超出 {size}。")
    if result.outcome is Outcome.PASS:
        return Message(f"{shown} is printed and holds.", f"印 {shown}，相符。")
    difference = plain(_tidy(printed - expected))
    return Message(
        f"{shown} is printed, {wanted} would hold (difference {difference}).",
        f"印 {shown}，应为 {wanted}，相差 {difference}。",
    )


def _tidy(value: Decimal) -> Decimal:
    """A figure without the digits that a change of unit or a division brings: six decimals at most."""
    exponent = value.as_tuple().exponent
    return rounded(value, 6).normalize() + 0 if isinstance(exponent, int) and exponent < -6 else value
