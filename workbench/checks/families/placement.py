"""An amount on the row of a functional class that the document does not spend on.

The summaries list all classes (一、一般公共服务支出 …), the coded statements only those with money. A class without a
code there has no amount; one that has is most likely on the wrong row. Where the totals of the two statements do not
agree nothing is asked. A project form that names an account with less 项目支出 than the project costs names a wrong
one. Tolerance: half a unit of the last printed place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.checks.context import Context
from workbench.checks.families.links.codes import CLASS_FORMS, class_references
from workbench.checks.families.links.linking import no_amount
from workbench.checks.families.links.projects import form_budget
from workbench.checks.families.statements.agreement import Cells, amount, ratio
from workbench.checks.families.statements.sets import StatementSet, statement_sets
from workbench.checks.families.support import support
from workbench.checks.reading import ONE, ZERO
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Outcome, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_FEW_WORDS = 3
"""A column that says one of so few words in every row is a choice, not a description."""
_ACCOUNT_FORMS = (Form.EXPENDITURE_SUMMARY, Form.GENERAL_BUDGET_EXPENDITURE, Form.PROJECT_EXPENDITURE)
_OF_PEOPLE = frozenset({"301", "303"})
_ITEM = 5
"""The digits of an item (款) of a class."""
_PERSONNEL = re.compile(r"人员(?:经费|支出)")
_PUBLIC = re.compile(r"(?:日常)?公用(?:经费|支出)")
_CODE = re.compile(r"^[\[(【]?(2\d{2}(?:\d{2}){0,2})[\])】]?(?!\d)")


def build(context: Context) -> Iterator[Check]:
    """A check for each class line whose code the coded statement lacks, and for each project with an account."""
    for statements in statement_sets(context):
        yield from statements.checks("placement", CLASS_FORMS, _classes)
    projects = context.of_form(Form.PERFORMANCE_TARGET)
    yield from statement_sets(context)[0].checks("accounts of projects", _ACCOUNT_FORMS, _projects, *projects)
    yield from context.by_table("personnel", context.of_form(Form.BASIC_EXPENDITURE), _personnel)
    yield from context.by_table("figures among words", context.document.tables, _figures_among_words)


def _personnel(context: Context, table: Table) -> Iterator[Check]:
    """What is paid to or for people (301, 303) stands under 人员经费 and not under 公用经费, unless the items of the
    class make it up there: then it was put there item by item, on purpose."""
    structure = context.structure(table)
    for panel, labels in zip(structure.panels, structure.rows, strict=True):
        heads = {column.index: column.leaf for column in panel.amounts}
        public = [index for index, leaf in heads.items() if _PUBLIC.fullmatch(leaf)]
        if len(public) != 1 or not any(_PERSONNEL.fullmatch(leaf) for leaf in heads.values()):
            continue
        for label in labels:
            if label.code in _OF_PEOPLE:
                cell = CellRef(table.id, label.row, public[0])
                below = [one.row for one in labels if len(one.code) == _ITEM and one.code.startswith(label.code)]
                items = tuple(CellRef(table.id, row, public[0]) for row in below)
                if support(context.printed, [(cell, items)]).holds:
                    continue
                title = Message(
                    f"{context.label(cell)}: what class {label.code} pays is no 公用经费.",
                    f"{context.label(cell)}：{label.code}类属人员经费，此处不应有金额。",
                )
                yield from no_amount(context, [cell], title, Family.PLACEMENT, weak=True)


def _classes(context: Context, statements: StatementSet) -> Iterator[Check]:
    for reference in class_references(context, statements):
        coded = reference.coded
        for code in reference.summary.class_rows:
            if coded.class_cells(code, reference.column):
                continue
            cells = reference.cells(code)
            name = context.label(cells[0])
            title = Message(
                f"{name}: 《{coded.table.title}》 has no item of class {code}, so no amount belongs here.",
                f"{name}：《{coded.table.title}》没有{code}类科目，此处不应有金额。",
            )
            yield from no_amount(context, cells, title, Family.PLACEMENT)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A project form, the cell that names an account and its code, the budget of the project and the cells of the
    account's 项目支出."""

    table: Table
    cell: CellRef
    code: str
    budget: CellRef
    account: Cells


def _projects(context: Context, statements: StatementSet) -> Iterator[Check]:
    """A project is no more than the 项目支出 of the account that its form names. Projects that are more than one
    account has are told of together: one account that is wrong makes many of them.

    Decided when the checks are built: the finding is about the account, which is no figure.
    """
    wrong: dict[Cells, list[_Claim]] = {}
    for claim in _claims(context, statements):
        fits = _fits(context, claim)
        if fits:
            yield _within_account(context, [claim], Outcome.PASS)
        elif fits is not None:
            wrong.setdefault(claim.account, []).append(claim)
    for claims in wrong.values():
        yield _within_account(context, claims, Outcome.FAIL)


def _claims(context: Context, statements: StatementSet) -> Iterator[_Claim]:
    spending = statements.first(Form.EXPENDITURE_SUMMARY) or statements.first(Form.GENERAL_BUDGET_EXPENDITURE)
    columns = spending.columns(vocabulary().columns["project"].fit) if spending is not None else ()
    if spending is None or len(columns) != 1:
        return
    for table in context.of_form(Form.PERFORMANCE_TARGET):
        named, budget = _account(context, table), form_budget(context, table)
        if named is not None and budget is not None and named[1] in spending.by_code:
            yield _Claim(table, *named, budget, spending.class_cells(named[1], columns[0]))


def _fits(context: Context, claim: _Claim) -> bool | None:
    """Whether the account has as much as the project costs; None where that is not printed."""
    cost, room = amount(context, (claim.budget,)), amount(context, claim.account)
    if cost is None:
        return None
    reach = context.figures.read(claim.budget).half_unit * 2
    return cost <= (room or ZERO) * ratio(context, (claim.budget,), claim.account) + reach


def _within_account(context: Context, claims: Sequence[_Claim], fact: Outcome) -> Check:
    first = claims[0]
    account = context.label(first.account[0])
    costs = "、".join(context.figures.text(claim.budget) + context.unit_of(claim.table) for claim in claims)
    unit = context.unit_of(context.tables[first.account[0].table])
    room = (context.figures.text(first.account[0]) or "0") + unit
    title = Message(
        f"{first.table.title} costs no more than {account}, the account it names.",
        f"{first.table.title}的金额不大于所列科目{account}。",
    )
    note = Message(f"It costs {costs}, the account has {room}.", f"项目为{costs}，科目只有{room}。")
    if len(claims) > 1:
        title = Message(
            f"Each of {len(claims)} projects costs no more than {account}, the account that they name.",
            f"{len(claims)}个项目的金额均不大于所列科目{account}。",
        )
        note = Message(f"They cost {costs}, the account has {room}.", f"项目分别为{costs}，科目只有{room}。")
    return context.fact(
        Family.PLACEMENT,
        [claim.cell for claim in claims],
        title,
        outcome=fact,
        role="code",
        key=dict.fromkeys(claim.code for claim in claims),
        weak=True,
        note=None if fact is Outcome.PASS else note,
    )


def _account(context: Context, table: Table) -> tuple[CellRef, str] | None:
    """The cell of a project form that names the account that pays for it, and the account's code: the longest one."""
    return context.once(("account", table.id), (table,), lambda: _account_in(table))


def _account_in(table: Table) -> tuple[CellRef, str] | None:
    words = vocabulary().rows["project_class"]
    for row, cells in enumerate(table.rows):
        head = next((column for column, cell in enumerate(cells) if words.fit(label_key(cell.text))), None)
        if head is None:
            continue
        codes = [
            (match[1], CellRef(table.id, row, column))
            for column, cell in enumerate(cells)
            if column > head and (match := _CODE.match(label_key(cell.text)))
        ]
        if codes:
            code, ref = max(codes, key=lambda found: len(found[0]))
            return ref, code
    return None


def _figures_among_words(context: Context, table: Table) -> Iterator[Check]:
    """A figure repeated from the column before it,
    where every other row says one of a few words (计划标准, 历史标准)."""
    for column in context.structure(table).columns:
        cells = [(row, cells[column.index]) for row, cells in enumerate(table.rows) if cells[column.index].text]
        figures = [row for row, cell in cells if cell.figure.kind is FigureKind.NUMBER]
        words = [label_key(cell.text) for _, cell in cells if cell.figure.kind is FigureKind.TEXT]
        if len(figures) != 1 or len(words) <= _FEW_WORDS or len(cells) != len(words) + 1:
            continue
        if len(set(words)) > min(_FEW_WORDS, len(words) // 2) or not column.index:
            continue
        ref = CellRef(table.id, figures[0], column.index)
        if context.figures.text(ref) != table.rows[ref.row][ref.column - 1].text:
            continue
        known = "、".join(dict.fromkeys(words))
        title = Message(f"{context.label(ref)} says one of {known}.", f"{context.label(ref)}应为{known}之一。")
        found = context.figures.text(ref)
        note = Message(f"It prints {found}.", f"现印{found}。")
        term = Term(ref, ONE, "label")
        yield context.fact(
            Family.PLACEMENT,
            (term,),
            title,
            note=note,
        )
