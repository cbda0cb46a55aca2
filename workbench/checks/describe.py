"""What came of a check, in words: where, what should hold, the arithmetic, what is printed, by how much it differs."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.checks.compared import comparison, plain, reached, short, tidy, unit_of, verdict
from workbench.checks.context import Context
from workbench.model.check import SUM_FAMILIES, Check, CheckResult, Family, Outcome, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Document

_BLANK = "（空）"
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
        nothing = all(context.figures.read(term.ref).blank for term in check.terms[1:])
        return _joined(_sum(result, context), None if nothing else result.note)
    unread = result.expected is None or result.printed is None
    if check.constant and check.relation is Relation.EQUAL and len({term.role for term in check.terms}) == 1:
        return _joined(check.title, None if unread else reached(result, context), result.note)
    if check.relation is Relation.EQUAL and check.terms[0].role in ("left", "value"):
        return _joined(_equality(result, context), result.note)
    if unread:
        return _joined(check.title, result.note)
    return _joined(check.title, comparison(result, context), result.note)


def _present(check: Check, document: Document) -> bool:
    """Whether all its cells are there."""
    try:
        return all(document.cell(term.ref) is not None for term in check.terms)
    except (KeyError, IndexError):
        return False


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
    unit = unit_of(context, result.check, total.ref)
    shown = [part for part in parts if context.figures.read(part.ref).value]
    if printed and not shown:
        return _sum_of_none(result, context, unit)
    if printed and not result.check.constant and len(shown) == 1 and shown[0].coefficient * total.coefficient < 0:
        return _sum_of_one(result, context, shown[0].ref, unit)
    shown = shown or list(parts[:1])
    given = tidy(-result.check.constant / total.coefficient)
    added, comes = _addends(context, total, shown), f" = {plain(result.expected)}{unit}"
    more = Message(f" + {plain(given)} of a head", f" + 表头所列 {plain(given)}") if given else Message("", "")
    made = Message(f"{added}{more.en}{comes}", f"{added}{more.zh}{comes}")
    if not printed:
        return Message(f"{where} is blank; {made.en}.", f"{where}为空；{made.zh}。")
    end, shown_total = verdict(result, unit), _in_unit(printed, unit)
    return Message(f"{where} prints {shown_total}; {made.en}{end.en}", f"{where}印 {shown_total}；{made.zh}{end.zh}")


def _in_unit(printed: str, unit: str) -> str:
    """A figure as it is printed with its unit; a dash is none of anything."""
    return printed + unit if any(character.isdigit() for character in printed) else printed


def _sum_of_one(result: CheckResult, context: Context, part: CellRef, unit: str) -> Message:
    """Of a total with one part only that prints a figure."""
    total, *parts = result.check.terms
    where, printed, end = _where(context, total.ref), context.document.cell(total.ref).text, verdict(result, unit)
    name, amount = short(context, part, total.ref), context.document.cell(part).text
    but = Message(", but", "，而") if result.failed else Message(";", "；")
    only = Message("its only part", "唯一的组成项")
    if len(parts) > 1:
        only = Message("its only part with an amount,", "有金额的组成项只有")
    return Message(
        f"{where} prints {_in_unit(printed, unit)}{but.en} {only.en} {name}{',' if len(parts) > 1 else ''} is {amount}{unit}{end.en}",
        f"{where}印 {_in_unit(printed, unit)}{but.zh}{only.zh}{name}{'，' if len(parts) > 1 else ''}为 {amount}{unit}{end.zh}",
    )


def _sum_of_none(result: CheckResult, context: Context, unit: str) -> Message:
    """Of a total none of whose parts prints an amount."""
    total, *parts = result.check.terms
    where, printed, end = _where(context, total.ref), context.document.cell(total.ref).text, verdict(result, unit)
    blank = all(context.figures.read(part.ref).blank for part in parts)
    but = Message(", but", "，而") if result.failed else Message(";", "；")
    said = Message("blank", "未填数") if blank else Message("0", "为 0")
    if len(parts) == 1:
        name = short(context, parts[0].ref, total.ref)
        said = Message(f"its only part {name} is {said.en}", f"唯一的组成项{name}{said.zh}")
    else:
        name = short(context, parts[0].ref, total.ref)
        said = Message(
            f"all {len(parts)} parts of it are {said.en} ({name}, …)", f"其{len(parts)}个组成项（{name}等）均{said.zh}"
        )
    return Message(
        f"{where} prints {_in_unit(printed, unit)}{but.en} {said.en}{end.en}",
        f"{where}印 {_in_unit(printed, unit)}{but.zh}{said.zh}{end.zh}",
    )


def _addends(context: Context, total: Term, shown: Sequence[Term]) -> str:
    """The parts with what they print: 基本支出 639.72 + 项目支出 40. What is taken away stands behind."""
    added = [part for part in shown if part.coefficient * total.coefficient <= 0]
    taken = [part for part in shown if part.coefficient * total.coefficient > 0]
    texts: list[str] = []
    for part in [*added, *taken][:_MOST_PARTS]:
        # The coefficients of parts are those of the equation: −1 for an addend.
        less = part.coefficient * total.coefficient > 0
        sign = (" − " if less else " + ") if texts else ("− " if less else "")
        texts.append(f"{sign}{short(context, part.ref, total.ref)} {context.document.cell(part.ref).text or _BLANK}")
    return "".join(texts) + (f" + … ({len(shown)})" if len(shown) > _MOST_PARTS else "")


def _where(context: Context, ref: CellRef) -> str:
    """The table and the label path of a cell."""
    table = context.tables.get(ref.table)
    label = context.label(ref).rstrip("：:")
    return label if table is None or not table.title else f"《{table.title}》{label}"


def _equality(result: CheckResult, context: Context) -> Message:
    """Of two amounts that should be the same, or of one that should be nothing."""
    check = result.check
    first = check.terms[0].role
    left = [term for term in check.terms if term.role == first] if first == "left" else list(check.terms[:1])
    right = [term for term in check.terms if term not in left]
    if not right:
        return _joined(check.title, _printed_here(context, check, left))
    ours, theirs = _side(context, check, left), _side(context, check, right)
    if result.expected is None or result.printed is None:
        return _joined(check.title, Message(f"{ours}; {theirs}.", f"{ours}；{theirs}。"))
    unit = unit_of(context, check, left[0].ref)
    if check.family is Family.NARRATIVE and len(check.terms) == 2 and not _both_quoted(context, check):
        said, end = "同" if result.outcome is Outcome.PASS else "而", verdict(result, unit, "正文")
        return Message(
            f"The text says {ours}, the statement {theirs}{end.en}", f"正文{ours}，{said}报表{theirs}{end.zh}"
        )
    end = verdict(result, unit, "前者")
    if check.family is Family.CROSS_TABLE and len(check.terms) == 2:
        same = result.outcome is Outcome.PASS
        return Message(
            f"{ours}, {'and' if same else 'but'} {theirs}{end.en}", f"{ours}，{'与' if same else '而'}{theirs}{end.zh}"
        )
    return _joined(check.title, Message(f"{ours}; {theirs}{end.en}", f"{ours}；{theirs}{end.zh}"))


def _side(context: Context, check: Check, terms: Sequence[Term]) -> str:
    """One side of an equality: each figure with where it stands, a table named once for all that stand in it."""
    shown: list[str] = []
    last = ""
    for term in terms[:_MOST_PARTS]:
        of_same_table = term.ref.table == last and term.ref.table in context.tables
        label = context.label(term.ref).rstrip("：:")
        amount = _amount(context, check, term.ref)
        shown.append(f"{label} {amount}" if of_same_table else _printed(context, check, term))
        last = term.ref.table
    return " + ".join(shown) + (f" + … ({len(terms)})" if len(terms) > _MOST_PARTS else "")


def _both_quoted(context: Context, check: Check) -> bool:
    """Whether both figures stand in the text, so that the title must say why they are the same."""
    return all(term.ref.table not in context.tables for term in check.terms)


def _printed_here(context: Context, check: Check, terms: Sequence[Term]) -> Message:
    """What cells print that the title names."""
    amounts = " + ".join(_amount(context, check, term.ref) for term in terms)
    table = context.tables.get(terms[0].ref.table)
    if table is None or not table.title:
        return Message(f"It prints {amounts}.", f"现印 {amounts}。")
    return Message(f"《{table.title}》 prints {amounts}.", f"《{table.title}》现印 {amounts}。")


def _printed(context: Context, check: Check, term: Term) -> str:
    amount = _amount(context, check, term.ref)
    if term.ref.table in context.stated:
        name = context.label(term.ref).replace("“", "").replace("”", "")
        return f"“{name}” {amount}"
    return f"{_where(context, term.ref)} {amount}"


def _amount(context: Context, check: Check, ref: CellRef) -> str:
    text = context.document.cell(ref).text
    return _in_unit(text, unit_of(context, check, ref)) if text else _BLANK
