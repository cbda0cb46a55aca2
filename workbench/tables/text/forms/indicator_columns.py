"""What the labels behind the second level of indicators say of their columns: which hold values, operators, units,
scores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.fiscal.counting import any_counting_word
from workbench.model.amount import match_key

COMPARES = re.compile(r"^[≥≤＝=<>＜＞≧≦]")
"""How a value begins that is not to be met but bounded."""
_OPERATOR = re.compile(r"^[≥≤＝=<>＜＞≧≦]+$|^定[性量]$")
_OPERATOR_LABEL = re.compile(r"符号|记号|^指标性质$")
_UNIT_LABEL = re.compile(r"^(?:计量|度量|绩效度量)?单位$")
_UNIT = re.compile(rf"^(?:%|％|‰|万?元(?:/.+)?|{any_counting_word()})$")
_VALUE_LABEL = re.compile(r"^(?:年度|全年|计划|实际)*(?:指标值|目标值|完成值|值)$")
_SCORE_LABEL = re.compile(r"^(?:自评)?(?:分值|得分|权重)(?:\(.*\))?$")


@dataclass(frozen=True, slots=True)
class IndicatorColumns:
    """For each column whether it holds the value, the score, the operator alone, or what values are counted in."""

    values: tuple[bool, ...]
    scores: tuple[bool, ...]
    operators: tuple[bool, ...]
    units: tuple[bool, ...]

    @classmethod
    def of(cls, labels: Sequence[str]) -> IndicatorColumns:
        """What labels say."""
        keys = list(map(match_key, labels))
        return cls(
            tuple(bool(_VALUE_LABEL.match(key)) for key in keys),
            tuple(bool(_SCORE_LABEL.match(key)) for key in keys),
            tuple(bool(_OPERATOR_LABEL.search(key)) for key in keys),
            tuple(bool(_UNIT_LABEL.match(key)) for key in keys),
        )

    def apart(self, left: str, right: str) -> bool:
        """Whether two words of a line, of which the left one is an operator or the right one a unit, are two cells."""
        if COMPARES.match(left) and len(left) <= 2 and any(self.operators):
            return True
        return any(self.units) and left[-1:].isdigit() and not right[:1].isascii()


def is_unit(text: str) -> bool:
    """Whether values are counted in this."""
    return bool(_UNIT.match(text))


def is_operator(text: str) -> bool:
    """Whether a text is an operator and nothing else: ≥, or that there is none (定性)."""
    return bool(_OPERATOR.match(text))
