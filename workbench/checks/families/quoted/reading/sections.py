"""What a section of the running text speaks of: a fund, and income or expenditure, as the headings over a figure say.

Source: the order of the disclosure templates (三、支出决算情况说明; 五、一般公共预算财政拨款支出决算情况说明;
六、…基本支出决算情况说明). Under such a heading a bare 本年支出 or 基本支出 is that of the fund.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_FUNDS = (("general", "一般公共预算|公共财政"), ("fund", "政府性?基金"), ("capital", "国有资本"))
_GRANTS = "财政拨款"
_ABOUT = (
    ("three_public", re.compile("三公")),
    ("apart", re.compile("机关运行|政府采购|国有资产|绩效|名词|会议费|培训费|车辆|重点项目|转移支付|结转结余情况")),
    ("basic", re.compile("基本支出")),
    ("both", re.compile("收支|收入.{0,6}支出")),
    ("income", re.compile("收入")),
    ("expenditure", re.compile("支出|当年拨款")),
)
_WHOLES = {
    ("", "income"): "income",
    ("", "expenditure"): "expenditure",
    ("", "both"): "income_and_expenditure",
    ("fiscal", "income"): "fiscal_income",
    ("fiscal", "expenditure"): "fiscal_expenditure",
    ("fiscal", "both"): "fiscal_income_and_expenditure",
    ("fiscal", "basic"): "general_basic",
    ("general", "income"): "general_income",
    ("general", "expenditure"): "general_expenditure",
    ("general", "both"): "general_expenditure",
    ("general", "basic"): "general_basic",
    ("fund", "income"): "fund_income",
    ("fund", "expenditure"): "fund_expenditure",
    ("fund", "both"): "fund_expenditure",
    ("capital", "income"): "state_capital_income",
    ("capital", "expenditure"): "state_capital_expenditure",
    ("capital", "both"): "state_capital_expenditure",
}
"""The amount that a section takes apart, where its sentences name none."""
_OF_FUND = {
    "fiscal": {
        "income": "fiscal_income",
        "year_income": "fiscal_income",
        "expenditure": "fiscal_expenditure",
        "year_expenditure": "fiscal_expenditure",
        "income_and_expenditure": "fiscal_income_and_expenditure",
        "opening": "fiscal_opening",
        "closing": "fiscal_closing",
    },
    "general": {
        "expenditure": "general_expenditure",
        "year_expenditure": "general_expenditure",
        "basic": "general_basic",
    },
    "fund": {"expenditure": "fund_expenditure", "year_expenditure": "fund_expenditure"},
    "capital": {"expenditure": "state_capital_expenditure", "year_expenditure": "state_capital_expenditure"},
}
"""What a name without a fund means where one fund is spoken of."""
_FUND_OF = {
    concept: fund
    for fund, starts in (
        ("fiscal", ("fiscal_income", "fiscal_expenditure", "fiscal_income_and_expenditure")),
        ("general", ("general_income", "general_expenditure", "general_basic")),
        ("fund", ("fund_income", "fund_expenditure")),
        ("capital", ("state_capital_income", "state_capital_expenditure")),
    )
    for concept in starts
}
NAMES_NO_FUND = frozenset(
    {"income", "year_income", "expenditure", "year_expenditure", "income_and_expenditure", "basic", "project"}
    | {"opening", "closing"}
)
"""The concepts whose fund only the place tells."""


@dataclass(frozen=True, slots=True)
class Section:
    """The fund ("" for all money, "fiscal", "general", "fund", "capital") and what of it a section is about ("" where
    its headings do not say)."""

    fund: str = ""
    about: str = ""

    @property
    def whole(self) -> str:
        """The concept of the amount that it takes apart, "" where that is not clear."""
        return _WHOLES.get((self.fund, self.about), "")


@lru_cache(maxsize=1024)
def section_of(headings: tuple[str, ...]) -> Section:
    """What the headings over a figure say, the nearest first."""
    about = next((name for heading in headings for name, words in _ABOUT if words.search(heading)), "")
    named = [{name for name, words in _FUNDS if re.search(words, heading)} for heading in headings]
    single = next((next(iter(funds)) for funds in named if len(funds) == 1), "")
    if single or not any(_GRANTS in heading for heading in headings):
        return Section(single, about)
    return Section("fiscal", about)


def fund_of(concept: str) -> str:
    """The fund that a concept names, "" where it names none."""
    return _FUND_OF.get(concept, "")


def meant(concept: str, fund: str) -> str:
    """What a concept that names no fund means where `fund` is spoken of."""
    return _OF_FUND.get(fund, {}).get(concept, concept)


def is_short_for(concept: str, longer: str) -> bool:
    """Whether a text may call `longer` by `concept`: 收、支总计 of 财政拨款收、支总计,
    财政拨款支出 of the general budget's."""
    return meant(concept, fund_of(longer)) == longer or (concept, longer) in _SHORTER


_SHORTER = frozenset({("fiscal_expenditure", "general_expenditure"), ("fiscal_income", "general_income")})
