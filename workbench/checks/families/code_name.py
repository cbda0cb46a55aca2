"""Codes and names of accounts: one code bears one name throughout a document, and no name that is plainly another
code's. Source of the standard names: 政府收支分类科目 (fiscal/codes)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.codes_in_text import codes_in_text
from workbench.checks.families.quoted.reading.amounts import from_text
from workbench.checks.families.statements.functional import FunctionalRow, functional_rows
from workbench.checks.families.unknown_codes import unknown_codes
from workbench.fiscal.codes import CodeList, codes_of, list_of, names_of
from workbench.fiscal.forms import BY_FUNCTION
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Family, Outcome, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_ORNAMENT = re.compile(r"[()（）“”、，,。.\s·-]")
_LIKE = 0.92
"""From here on two names are taken for one that is misspelt."""
_FORMS = (*BY_FUNCTION, Form.BASIC_EXPENDITURE, Form.ECONOMIC_CLASSIFICATION)

_Coded = tuple[Table, FunctionalRow]
_Rows = dict[tuple[CodeList, str], list[_Coded]]
_Beside = tuple[CodeList, int, str]
"""What the codes of one list, of one level and under one code have in common."""
_Told = dict[str, list[_Coded]]
"""The different names of one code, each with its rows."""
_Names = dict[_Beside, dict[str, _Told]]


class OtherCode(NamedTuple):
    """A row whose name stands under another code elsewhere: that code, and the table and the row which say so."""

    row: FunctionalRow
    code: str
    table: Table
    told: FunctionalRow


def build(context: Context) -> Iterator[Check]:
    """Names of one code against each other, then against the standard names. A code that one table lists under
    several names is left alone: such a table numbers something else by it."""
    tables = context.of_form(*_FORMS)
    rows = tuple(functional_rows(context, table) for table in tables)
    yield from context.checks_once("codes and names", rows, lambda: _names_of_codes(context, tables))
    yield from context.by_table("unknown codes", tables, unknown_codes)
    yield from from_text(context, "codes of the text", codes_in_text)


def other_code(context: Context, check: Check) -> OtherCode | None:
    """What the document says against the code of the row that a check speaks of: the code under which its other tables
    list the name of that row. None where they do not, and for a check of anything else."""
    coded, names = _coded_names(context, context.of_form(*_FORMS))
    for (which, code), rows in coded.items():
        for table, row in rows:
            if tuple(_terms((table, row))) == check.terms:
                told = names[_beside(which, code)]
                name = next(key for key, bearers in told[code].items() if (table, row) in bearers)
                other = _other_code(which, code, name, names)
                return OtherCode(row, other, *told[other][name][0]) if other else None
    return None


def _names_of_codes(context: Context, tables: Sequence[Table]) -> Iterator[Check]:
    coded, names = _coded_names(context, tables)
    for (which, code), rows in coded.items():
        yield from _one_name(context, which, code, rows, names)


def _coded_names(context: Context, tables: Sequence[Table]) -> tuple[_Rows, _Names]:
    """The rows of each code, and the names of the codes beside each other."""
    coded: _Rows = defaultdict(list)
    for table in tables:
        for row in functional_rows(context, table):
            which = list_of(row.code)
            if which is not None:
                coded[which, row.code].append((table, row))
    names: _Names = defaultdict(dict)
    for (which, code), rows in coded.items():
        names[_beside(which, code)][code] = _names(rows)
    return coded, names


def _beside(which: CodeList, code: str) -> _Beside:
    return which, len(code), code[: len(code) - 2]


def _names(rows: list[_Coded]) -> _Told:
    """The different names in `rows` (spelling aside), each with its rows."""
    found: _Told = {}
    for table, row in rows:
        key = _key(row.name)
        same = next((name for name in found if alike(name, key)), key)
        found.setdefault(same, []).append((table, row))
    return found


def _one_name(
    context: Context,
    which: CodeList,
    code: str,
    rows: list[_Coded],
    names: _Names,
) -> Iterator[Check]:
    told = names[_beside(which, code)][code]
    year = context.document.fiscal_year
    for name, bearers in told.items():
        other = _other_code(which, code, name, names)
        standard = [_key(one) for one in names_of(code)]
        known = any(alike(one, name) for one in standard)
        if _several_in_one_table(told):
            continue
        if len(told) > 1 and not known and (standard or len(bearers) < len(rows) - len(bearers) or other):
            yield _clash(context, code, bearers[0], told, other)
        elif other and not known:
            yield _misplaced(context, code, bearers[0], other)
        elif standard and not known:
            yield from _another_codes_name(context, which, code, bearers[0], year)
        else:
            yield _fits(context, code, bearers[0])


def _several_in_one_table(told: _Told) -> bool:
    tables = [table.id for bearers in told.values() for table in {table.id: table for table, _ in bearers}.values()]
    return len(tables) != len(set(tables))


def _other_code(which: CodeList, code: str, name: str, names: _Names) -> str:
    """The code under which other tables of the document list this very name, if they never list it under `code`."""
    if len(code) < 5 or _common(name):
        return ""
    beside = names[_beside(which, code)]
    here = {table.id for table, _ in beside[code][name]}
    for other, told in beside.items():
        if other != code and name in told and not here & {table.id for table, _ in told[name]}:
            return other
    return ""


def _common(name: str) -> bool:
    """Whether many classes have an item of this name (行政运行, 事业运行)."""
    return len(codes_of(name, CodeList.FUNCTIONAL)) > 2 or len(name) < 4


def _fits(context: Context, code: str, bearer: _Coded) -> Check:
    return context.fact(
        Family.CODE_NAME,
        _terms(bearer),
        Message(f"{code} is “{bearer[1].name}”.", f"科目{code}名称为“{bearer[1].name}”。"),
        outcome=Outcome.PASS,
        severity=Severity.ERROR,
        key=(code,),
    )


def _clash(context: Context, code: str, bearer: _Coded, told: _Told, other: str) -> Check:
    table, row = bearer
    told_otherwise = [rows[0] for rows in told.values() if rows[0][1].name != row.name]
    others = ", ".join(f"“{one.name}” in 《{where.title}》" for where, one in told_otherwise)
    others_zh = "，".join(f"《{where.title}》中为“{one.name}”" for where, one in told_otherwise)
    hint = f" ({other})" if other else ""
    return context.fact(
        Family.CODE_NAME,
        _terms(bearer),
        Message(
            f"《{table.title}》 names {code} “{row.name}”{hint}; it is {others}.",
            f"《{table.title}》中科目{code}名称为“{row.name}”{hint}，{others_zh}。",
        ),
        severity=Severity.ERROR,
        key=(code,),
    )


def _misplaced(context: Context, code: str, bearer: _Coded, other: str) -> Check:
    table, row = bearer
    return context.fact(
        Family.CODE_NAME,
        _terms(bearer),
        Message(
            f"《{table.title}》 codes “{row.name}” as {code}; elsewhere in the document it is {other}.",
            f"《{table.title}》中“{row.name}”的编码为{code}，其他表中为{other}。",
        ),
        severity=Severity.ERROR,
        key=(code,),
    )


def _another_codes_name(
    context: Context, which: CodeList, code: str, bearer: _Coded, year: int | None
) -> Iterator[Check]:
    """A name that is not the code's in any year, and is exactly that of one other code of the same class."""
    row = bearer[1]
    owners = [
        other
        for other in codes_of(row.name, which)
        if len(other) == len(code) and other[:3] == code[:3] and other != code
    ]
    if len(owners) != 1 or _common(_key(row.name)):
        return
    standard = "、".join(names_of(code, year) or names_of(code))
    yield context.fact(
        Family.CODE_NAME,
        _terms(bearer),
        Message(
            f"“{row.name}” is coded {code}, which is “{standard}” in the standard list; it is {owners[0]} there.",
            f"“{row.name}”的编码印为{code}；按政府收支分类科目，{code}为“{standard}”，“{row.name}”的编码为{owners[0]}。",
        ),
        key=(code,),
    )


def _terms(bearer: _Coded) -> list[Term]:
    table, row = bearer
    cells = [CellRef(table.id, row.row, column) for column in row.code_columns]
    return [
        *(Term(ref, Decimal(1), "code") for ref in cells),
        Term(CellRef(table.id, row.row, row.name_column), Decimal(1), "label"),
    ]


def _key(name: str) -> str:
    return _ORNAMENT.sub("", label_key(name))


def alike(one: str, other: str) -> bool:
    """Whether two name keys are one name: the same, one cut short by a line's end, or off by a character or two."""
    if one == other or (min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one))):
        return True
    if one.removesuffix("支出") == other.removesuffix("支出"):
        return True
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other, score_cutoff=_LIKE) >= _LIKE
