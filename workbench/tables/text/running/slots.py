"""The columns of a header as slots that the words of a row fill: a counter, a code, a text column,
a run of figure columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.tables.text.header.rows import HeaderText
from workbench.tables.text.vocabulary import TOTALS, column_kind

_CODE_LABEL = re.compile(r"编码$|代码$|编号$|^[类款项目]$|目录序号$|科目编码")
_BODY_LABEL = re.compile(r"(?:单位|部门|机构)(?:编码|代码|编号)$")
_COUNTER_LABEL = re.compile(r"^(?:序号|行次|栏次)$")
_STUB = re.compile(r"^(?:项目|科目)$|(?:名称|编码|代码|编号|序号|行次|备注|说明|依据|用途|单位|原因)$")
"""What is no amount, wherever it stands."""


class Kind(StrEnum):
    """What a slot holds."""

    COUNTER = "counter"
    CODE = "code"
    TEXT = "text"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Slot:
    """One text, code or counter column, or a run of figure columns. `side` is left or right in a statement of two
    sides, else ""."""

    kind: Kind
    columns: tuple[int, ...]
    side: str = ""
    partial: bool = False
    """Whether it holds the two digits of 款 or 项 alone."""
    leads: bool = False
    """Whether it holds the 类 that two digits of 款 follow."""
    personnel: bool | None = None
    """Whether it holds accounts of people (人员经费) or of running costs (公用经费),
    None where the header does not tell."""
    counted: bool = False
    """Whether it stands right of a counter, so that its figures follow a number."""
    of_body: bool = False
    """Whether it holds the code of a body (单位编码), not of an account."""
    later: bool = False
    """Whether it is a text column right of another, of a table with one side: no label of a row begins there."""


def slots_of(header: HeaderText) -> list[Slot]:
    """The slots of the columns of a header."""
    texts, leaves = header.rows, header.leaves
    kinds = [_kind(leaf, column) for column, leaf in enumerate(leaves)]
    parts = _added_up(texts, leaves)
    kinds = [Kind.FIGURES if column in parts else kind for column, kind in enumerate(kinds)]
    sides = _sides(texts, leaves, kinds)
    slots: list[Slot] = []
    for column, kind in enumerate(kinds):
        last = slots[-1] if slots else None
        if kind is Kind.FIGURES and last is not None and last.kind is kind and last.side == sides[column]:
            slots[-1] = replace(last, columns=(*last.columns, column))
        else:
            later = kind is Kind.TEXT and not sides[column] and any(slot.kind is Kind.TEXT for slot in slots)
            partial = leaves[column] in ("款", "项", "目")
            slots.append(
                Slot(
                    kind,
                    (column,),
                    sides[column],
                    partial,
                    leaves[column + 1 : column + 2] == ["款"],
                    personnel=_personnel(texts, column),
                    counted=last is not None and last.kind is Kind.COUNTER,
                    of_body=bool(_BODY_LABEL.search(leaves[column])),
                    later=later,
                )
            )
    return slots


def _personnel(texts: Sequence[Sequence[str]], column: int) -> bool | None:
    above = [row[column] for row in texts[:-1]]
    return True if "人员经费" in above else False if "公用经费" in above or "日常公用经费" in above else None


def _kind(leaf: str, column: int) -> Kind:
    if _COUNTER_LABEL.match(leaf):
        return Kind.COUNTER
    if _CODE_LABEL.search(leaf) and not leaf.endswith("名称"):
        return Kind.CODE
    kind = column_kind(leaf)
    if kind == "figure" or (not kind and column > 0):
        return Kind.FIGURES
    return Kind.TEXT


def _added_up(texts: Sequence[Sequence[str]], leaves: Sequence[str]) -> set[int]:
    """The columns right of a total below one label: whatever their own labels sound like, they are its parts."""
    found: set[int] = set()
    for row in texts[:-1]:
        for column in range(1, len(leaves)):
            same = row[column] and row[column] == row[column - 1]
            if same and not _STUB.search(leaves[column]) and (leaves[column - 1] in TOTALS or column - 1 in found):
                found.add(column)
    return found


def _sides(header: Sequence[Sequence[str]], leaves: Sequence[str], kinds: Sequence[Kind]) -> list[str]:
    top = [column[0] for column in zip(*header, strict=True)]
    texts = [column for column, kind in enumerate(kinds) if kind is Kind.TEXT]
    twice = len(texts) == 2 and leaves[texts[0]] == leaves[texts[1]] and Kind.CODE not in kinds
    if twice or {"收入", "支出"} <= set(top):
        middle = texts[1] if len(texts) > 1 else len(kinds)
        return ["left" if column < middle else "right" for column in range(len(kinds))]
    return [""] * len(kinds)


def beginnings_of(slots: Sequence[Slot]) -> frozenset[int]:
    """The code columns with which the second and later blocks of a table of several begin: 科目编码 科目名称 金额, and
    the same again."""
    codes = [index for index, slot in enumerate(slots) if slot.kind is Kind.CODE and not slot.partial]
    figures = [index for index, slot in enumerate(slots) if slot.kind is Kind.FIGURES]
    return frozenset(index for index in codes[1:] if figures and index > figures[0])


def skip_cost(slots: Sequence[Slot], index: int) -> float:
    """What it costs to leave a slot blank."""
    slot = slots[index]
    if slot.kind is Kind.FIGURES:
        return 0.1
    if slot.kind is Kind.TEXT:
        if slot.side:
            return 0.8 if slot.side == "left" else 3.0
        return 1.5 if not any(other.kind is Kind.TEXT for other in slots[:index]) else 0.8
    # Of 类 款 项 the later ones are blank sooner.
    return 0.6 - 0.01 * index
