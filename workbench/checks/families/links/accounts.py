"""The accounts that projects are paid from: where the projects of a list make up the 项目支出 of a statement, those of
each account make up that of the account. Source: the statement templates of 部门预算 (项目支出表 by 功能科目)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from workbench.checks.context import Context
from workbench.checks.families.links.linking import Pair, differ, equal, no_amount, same
from workbench.checks.families.statements.agreement import agree
from workbench.checks.families.statements.sets import StatementSet
from workbench.checks.families.statements.statement import Statement
from workbench.checks.structure.label_words import CodeKind
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.check import Check, Family
from workbench.model.message import Message
from workbench.model.table import CellRef, Form

_WHOLES = (Form.EXPENDITURE_SUMMARY, Form.GENERAL_BUDGET_EXPENDITURE)
ACCOUNT_FORMS = (Form.PROJECT_EXPENDITURE, *_WHOLES)
"""The forms that `account_links` follow from."""
_ITEM = 7
"""The digits of the code of an item."""
_FEWEST = 2


def account_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """Each account of a list of projects that names one in every line."""
    for listed in statements.all(Form.PROJECT_EXPENDITURE):
        paid = _by_account(listed) if not listed.table.part_of and listed.total else {}
        for form in _WHOLES if len(paid) >= _FEWEST else ():
            whole = statements.first(form)
            spent = _project_cells(whole) if whole is not None else ()
            if whole is not None and spent and agree(context, spent, listed.total):
                yield from _accounts(context, whole, [cell.column for cell in spent], listed, paid)
                break


def _project_cells(whole: Statement) -> tuple[CellRef, ...]:
    """The total of 项目支出: in the one column of it, or in those of all funds."""
    words, row = vocabulary().columns["project"], whole.total_row
    if row is None:
        return ()
    amounts = whole.structure.panels[row.panel].amounts
    of_funds = tuple(CellRef(whole.table.id, row.row, one.index) for one in amounts if words.fit(one.leaf))
    return whole.total_in(words.fit) or of_funds


def _by_account(listed: Statement) -> dict[str, list[CellRef]]:
    """The amounts of the projects by the code of their account; none where a line names no item."""
    paid: dict[str, list[CellRef]] = {}
    for label in chain(*listed.structure.rows):
        if label.total or label.empty or label.note:
            continue
        if label.code_kind is not CodeKind.FUNCTION or len(label.code) != _ITEM:
            return {}
        paid.setdefault(label.code, []).append(listed.side_cell(listed.structure.panels[label.panel], label))
    return paid


def _accounts(
    context: Context, whole: Statement, columns: Sequence[int], listed: Statement, paid: dict[str, list[CellRef]]
) -> Iterator[Check]:
    pairs: list[Pair] = [
        ([CellRef(whole.table.id, whole.by_code[code].row, column) for column in columns], cells)
        for code, cells in paid.items()
        if code in whole.by_code
    ]
    agreeing = sum(same(context, pair) for pair in pairs)
    if agreeing < _FEWEST or agreeing < 2 * sum(differ(context, pair) for pair in pairs):
        return
    for left, right in pairs:
        label = context.label(left[0])
        title = Message(
            f"{label} is what 《{listed.table.title}》 pays from this account.",
            f"{label}等于《{listed.table.title}》该科目的项目之和。",
        )
        yield from equal(context, left, right, title, weak=True)
    unlisted = any(label.unlisted for labels in whole.structure.rows for label in labels)
    for code, cells in paid.items():
        # A row whose name no list has may be that of any code.
        if code not in whole.by_code and not unlisted:
            title = Message(
                f"《{whole.table.title}》 has no row of {code}, so no project is paid from it.",
                f"《{whole.table.title}》没有科目{code}，因此不应有由其列支的项目。",
            )
            yield from no_amount(context, cells, title, Family.CROSS_TABLE, weak=True)
