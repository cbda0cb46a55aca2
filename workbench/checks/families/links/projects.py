"""Project budgets against 项目支出, and the inner tables of one project form against each other.

A document need not show every project, so these are weak and made only where the figures agree but for one slip.
Inner tables of one form (项目资金来源, 项目支出预算) have the same total: what a project costs is what it is paid from.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from workbench.checks.context import Context
from workbench.checks.families.forms.project_forms import budget_cell, project_name
from workbench.checks.families.links.linking import equal
from workbench.checks.families.statements.agreement import Cells, agree
from workbench.checks.families.statements.sets import StatementSet, statement_sets
from workbench.checks.families.statements.statement import Statement
from workbench.checks.families.statements.totals import total_column
from workbench.checks.structure.columns import ColumnKind
from workbench.checks.structure.label_words import numbering
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind
from workbench.model.check import Check
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_UNIT = re.compile(r"[(][^()]*元[)]")
_NAMES_PROJECT = re.compile(r"(?:预算|支出)?项目名称|.*[(]项目(?:名称)?[)]")
_WHOLE_FORMS = (Form.EXPENDITURE_SUMMARY, Form.GENERAL_BUDGET_EXPENDITURE)
_LISTS = (Form.PROJECT_EXPENDITURE, Form.OVERALL_PERFORMANCE)


def project_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """The links of project statements, project forms, and of the table of all funds in 整体绩效 forms."""
    forms = context.of_form(Form.PERFORMANCE_TARGET)
    yield from statements.checks("inner tables", (Form.PROJECT_EXPENDITURE,), _inner_tables)
    yield from statements.checks("project totals", (*_WHOLE_FORMS, *_LISTS), _totals, *forms)
    first = [statement.table for statement in statement_sets(context)[0].all(Form.PROJECT_EXPENDITURE)]
    yield from statements.checks("named projects", _LISTS, _named_projects, *forms, *first)
    yield from statements.checks("all funds", _WHOLE_FORMS, _all_funds, *context.of_form(Form.OVERALL_PERFORMANCE))


def _totals(context: Context, statements: StatementSet) -> Iterator[Check]:
    """All projects together, wherever they are told, against the project expenditure of a statement."""
    wholes = [cells for form in _WHOLE_FORMS for cells in _project_total(statements, form)]
    for parts in _project_amounts(context, statements):
        whole = next((cells for cells in wholes if agree(context, cells, parts)), None)
        if whole is None or set(whole) == set(parts):
            continue
        title = Message(
            f"The projects in {_titles(context, parts)} make up {context.label(whole[0])}.",
            f"{_titles(context, parts)}的项目合计等于{context.label(whole[0])}。",
        )
        yield from equal(context, whole, parts, title, weak=True, blank_as_zero=len(parts) > 1)


def _project_total(statements: StatementSet, form: Form) -> Iterator[Cells]:
    statement = statements.first(form)
    cells = statement.total_in(vocabulary().columns["project"].fit) if statement is not None else ()
    if len(cells) == 1:
        yield cells


def _titles(context: Context, cells: Sequence[CellRef]) -> str:
    titles = list(dict.fromkeys(context.tables[cell.table].title for cell in cells))
    return titles[0] if len(titles) == 1 else f"{titles[0]} (+{len(titles) - 1})"


def _inner_tables(context: Context, statements: StatementSet) -> Iterator[Check]:
    """Tables cut from one project form: their totals agree, column by column."""
    forms: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements.all(Form.PROJECT_EXPENDITURE):
        if statement.table.part_of and statement.total_row is not None:
            forms[statement.table.part_of].append(statement)
    for inner in forms.values():
        first = inner[0]
        for second in inner[1:]:
            yield from _same_totals(context, first, second)


def _same_totals(context: Context, first: Statement, second: Statement) -> Iterator[Check]:
    ours, theirs = first.total_row, second.total_row
    if ours is None or theirs is None:
        return
    left = first.structure.panels[ours.panel].amounts
    right = second.structure.panels[theirs.panel].amounts
    if len(left) != len(right):
        return
    pairs = [
        ((first.structure.cell(ours, place),), (second.structure.cell(theirs, place),)) for place in range(len(left))
    ]
    if not any(agree(context, *pair) for pair in pairs):
        return
    for one, other in pairs:
        title = Message(
            f"{context.label(one[0])} is the same in 《{second.table.title}》.",
            f"{context.label(one[0])}与《{second.table.title}》一致。",
        )
        yield from equal(context, one, other, title)


def _project_amounts(context: Context, statements: StatementSet) -> Iterator[Cells]:
    """Cells that may be all projects together: a statement's total, a list's column, the budgets of all forms."""
    budgets: list[CellRef] = []
    for table in context.of_form(Form.PERFORMANCE_TARGET):
        if not table.part_of:
            cell = budget_cell(context, table)
            if cell is not None:
                budgets.append(cell)
    if len(budgets) > 1:
        yield tuple(budgets)
    inner = [
        statement.structure.cell(statement.total_row, 0)
        for statement in _first_of_each_form(statements)
        if statement.total_row is not None
    ]
    if inner:
        yield tuple(inner)
    for statement in statements.all(*_LISTS):
        if statement.table.part_of and statement.table.form is Form.PROJECT_EXPENDITURE:
            continue
        if statement.table.form is Form.PROJECT_EXPENDITURE and statement.total:
            yield statement.total
        elif not statement.structure.totals:
            yield from _listed(statement)


def _first_of_each_form(statements: StatementSet) -> Iterator[Statement]:
    seen: set[str] = set()
    for statement in statements.all(Form.PROJECT_EXPENDITURE):
        form = statement.table.part_of
        if form and form not in seen and statement.total_row is not None:
            seen.add(form)
            yield statement


def _listed(statement: Statement) -> Iterator[Cells]:
    """Each column of amounts of a list of projects without a total."""
    for panel, labels in zip(statement.structure.panels, statement.structure.rows, strict=True):
        rows = [label.row for label in labels if not label.empty and not label.note]
        if len(rows) < 2 or not any("项目" in column.leaf for column in panel.labels):
            continue
        for column in panel.amounts:
            cells = tuple(CellRef(statement.table.id, row, column.index) for row in rows)
            kinds = {statement.table.rows[row][column.index].figure.kind for row in rows}
            if FigureKind.TEXT not in kinds and FigureKind.NUMBER in kinds:
                yield cells


def _named_projects(context: Context, statements: StatementSet) -> Iterator[Check]:
    """A project's budget in its own form and in a list of projects, by the project's name."""
    forms: dict[str, CellRef] = {}
    goals: dict[str, CellRef] = {}
    for table in context.of_form(Form.PERFORMANCE_TARGET):
        name, cell = project_name(context, table), form_budget(context, table)
        if name and cell is not None:
            forms[name] = cell
        goals |= context.once(("goals", table.id), (table,), partial(_goals, context, table))
    for statement in statements.all(*_LISTS):
        read: list[tuple[int, list[tuple[CellRef, CellRef]]]] = []
        for listed in _listed_by_name(context, statement):
            found = [(cell, goals.get(name) or _form_of(name, forms)) for name, cell in listed]
            pairs = [(cell, form) for cell, form in found if form is not None and cell.table != form.table]
            read.append((sum(agree(context, (cell,), (form,)) is True for cell, form in pairs), pairs))
        agreeing, pairs = max(read, key=lambda one: one[0], default=(0, []))
        if not agreeing or agreeing * 2 < len(pairs):
            continue
        for cell, form in pairs:
            title = Message(
                f"{context.label(cell)} is the budget of the project's form.",
                f"{context.label(cell)}与项目表的预算一致。",
            )
            yield from equal(context, (cell,), (form,), title, weak=True)


def _goals(context: Context, table: Table) -> dict[str, CellRef]:
    """The budgets of a table that tells the goals of several projects one below the other, by the project's name."""
    columns = context.structure(table).columns
    name = next((one.index for one in columns if _NAMES_PROJECT.fullmatch(one.leaf)), None)
    words = vocabulary().rows["project_budget"]
    budget = next((one.index for one in columns if one.kind is ColumnKind.AMOUNT and words.fit(one.leaf)), None)
    if name is None or budget is None:
        return {}
    keys = [label_key(row[name].text) for row in table.rows]
    times = Counter(keys)
    return {
        key: CellRef(table.id, row, budget)
        for row, key in enumerate(keys)
        if key and times[key] == 1 and table.rows[row][budget].figure.kind is FigureKind.NUMBER
    }


def _form_of(name: str, forms: dict[str, CellRef]) -> CellRef | None:
    """The form of the project of this name, or of the only one whose name begins like it."""
    if name in forms:
        return forms[name]
    like = [
        cell for other, cell in forms.items() if len(name) > 3 and (other.startswith(name) or name.startswith(other))
    ]
    return like[0] if len(like) == 1 else None


def form_budget(context: Context, table: Table) -> CellRef | None:
    """The budget of a project: in its own form, or the total of the first inner table of amounts of the same form."""
    own = budget_cell(context, table)
    if own is not None or not table.part_of:
        return own
    for statement in statement_sets(context)[0].all(Form.PROJECT_EXPENDITURE):
        row = statement.total_row
        if statement.table.part_of == table.part_of and row is not None:
            return statement.structure.cell(row, 0)
    return None


def _listed_by_name(context: Context, statement: Statement) -> Iterator[list[tuple[str, CellRef]]]:
    """The projects that a table lists once, each with its amount: of this year, and of all years."""
    table = statement.table
    name = next((column for column in statement.structure.columns if _NAMES_PROJECT.fullmatch(column.leaf)), None)
    if name is None or not statement.structure.panels:
        return
    panel = statement.structure.panels[-1]
    whole = total_column(context, statement.structure, panel)
    names = [label_key(row[name.index].text) for row in table.rows]
    times = Counter(names)
    for column in dict.fromkeys((next((one for one in panel.amounts if "本年" in one.leaf), whole), whole)):
        yield [(key, CellRef(table.id, row, column.index)) for row, key in enumerate(names) if key and times[key] == 1]


def _all_funds(context: Context, statements: StatementSet) -> Iterator[Check]:
    """基本支出, 项目支出 and the total of all funds, as 整体绩效 forms repeat them."""
    spending = statements.first(Form.EXPENDITURE_SUMMARY) or statements.first(Form.GENERAL_BUDGET_EXPENDITURE)
    if spending is None:
        return
    basic, project = vocabulary().columns["basic"], vocabulary().columns["project"]
    for words, cells in (
        (basic, spending.total_in(basic.fit)),
        (project, spending.total_in(project.fit)),
        (vocabulary().rows["whole_budget"], spending.total),
    ):
        if len(cells) != 1:
            continue
        for table in context.of_form(Form.OVERALL_PERFORMANCE):
            for label, cell in _figures_beside(context, table):
                if not words.fit(label):
                    continue
                if agree(context, cells, (cell,)):
                    title = Message(
                        f"{context.label(cells[0])} is repeated in {table.title}.",
                        f"{context.label(cells[0])}与{table.title}一致。",
                    )
                    yield from equal(context, cells, (cell,), title, weak=True)


def _figures_beside(context: Context, table: Table) -> tuple[tuple[str, CellRef], ...]:
    """Each text right of which a figure stands, and the cell of the figure."""
    return context.once(("figures beside", table.id), (table,), lambda: tuple(_labelled_figures(table)))


def _labelled_figures(table: Table) -> Iterator[tuple[str, CellRef]]:
    for row, cells in enumerate(table.rows):
        filled = [place for place, cell in enumerate(cells) if cell.text]
        for place, following in pairwise(filled):
            if cells[following].figure.kind is FigureKind.NUMBER:
                yield _plain(cells[place].text), CellRef(table.id, row, following)


def _plain(text: str) -> str:
    """A label without its numbering and what stands before a colon (资金结构：（1）基本支出), and without its unit."""
    key = _UNIT.sub("", label_key(text)).rpartition(":")[2]
    rank, _, rest = numbering(key)
    return rest if rank else key
