"""What a figure quoted in running text is: the concepts of concepts.toml, found by label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.fiscal.vocabulary import label_key
from workbench.model.toml_file import shipped_toml

_MEASURE_BEHIND = re.compile(
    r"(?<!一般公共)(?<!政府性基金)(?<!基金)(?<!国有资本经营)(?<!总)(?:年初|全年|调整|当年|本年)?(?:预算|决算)(?:安排)?数?$"
)
_MEASURE_BEHIND_ITEM = re.compile(r"(?:年初|全年|调整|当年|本年)?(?:预算|决算)(?:安排)?数?$")
"""Behind the name of an item, told with its classes (…/自然科学基金), that names no kind of budget."""
_MEASURE_INSIDE = re.compile(r"(?<=[收支入出购费])(?:预算|决算)(?=(?:总计|合计|总额)$)")
_PREFIX = re.compile(
    r"^(?:(?:其中|首先|[一二三四五六七八九十]是|第[一二三四五六七八九十])[:：,，]?|本?(?:部门|单位)|年度|全年|当年)(?:的)?"
)
_WORDS_BEFORE = re.compile(
    r"^(?:本年度?|当年|全年|年初|年度|实际|实现|累计|合计|共计|安排|全系统|全[区县市省镇乡州]|[区县市省州]级|[市区县省]本级|本级|系统|预算)+(?=.)"
)
_WORDS_BEHIND = re.compile(r"(?:总额|总计|合计|总量|预算总额|资金总额|资金)+$")
_PLANNED_SPENDING = re.compile(r"(?<=[费车])(?:预算|决算)支出$|(?<=[费])支出预算$")
_ASPECT_APART = re.compile(r"\s+(?P<aspect>\S+)$")


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The concepts that together make up a whole; `whole` may be "*" for any. `adopt` says that the parts are looked
    for behind the whole even where no 其中 ties them to it, in a "list" or in its "sentence". `optional` are those that
    a text leaves out where they are nothing; where it is given, the sum is likely and not sure."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]
    adopt: str = ""
    optional: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The cell of a statement that a concept must equal: patterns for its row, best first (none where any will do),
    and for its column.

    `side` is the half of a two-sided statement, "" for the whole of it. `under` limits the target to figures that are
    parts of these concepts. `under_column` is the head that the column
    bears where that of `column` stands over several. `untitled` is what the title of the statement does not name.
    """

    concepts: tuple[str, ...]
    form: str
    side: str
    rows: tuple[re.Pattern[str], ...]
    column: re.Pattern[str] | None
    under: tuple[str, ...]
    under_column: re.Pattern[str] | None
    untitled: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Concepts:
    """All of concepts.toml."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    decompositions: tuple[Decomposition, ...]
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What a label names: a concept ("" for none), the key without the words of its measure, and the measure:
    "final" for 决算, "initial" for 年初预算 and 全年预算, "budget" for other 预算, "" where the label says nothing."""

    concept: str
    key: str
    measure: str


@cache
def concepts() -> Concepts:
    """The concepts, read once."""
    data = shipped_toml("workbench.fiscal", "concepts.toml")
    return Concepts(
        patterns=tuple((name, _any(patterns)) for name, patterns in data["concepts"].items()),
        decompositions=tuple(
            Decomposition(
                tuple(entry["whole"]),
                tuple(entry["parts"]),
                entry.get("adopt", ""),
                tuple(entry["optional"]) if "optional" in entry else None,
            )
            for entry in data["decompositions"]
        ),
        targets=tuple(
            Target(
                concepts=tuple(entry["concept"]),
                form=entry["form"],
                side=entry.get("side", ""),
                rows=tuple(re.compile(pattern) for pattern in entry.get("row", ())),
                column=_any(entry["column"]) if "column" in entry else None,
                under=tuple(entry.get("under", ())),
                under_column=_any(entry["under_column"]) if "under_column" in entry else None,
                untitled=re.compile(entry["untitled"]) if "untitled" in entry else None,
            )
            for entry in data["targets"]
        ),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@lru_cache(maxsize=4096)
def named(label: str) -> Named:
    """What `label`, as a stated figure has it ("公务接待费支出决算", "教育支出 年初预算"), names."""
    apart = _ASPECT_APART.search(label.strip())
    behind = apart["aspect"] if apart else ""
    key = label_key(label[: apart.start()] if apart else label)
    measured = (_MEASURE_BEHIND_ITEM if "/" in key else _MEASURE_BEHIND).search(key)
    if measured:
        behind = behind or measured.group()
        key = key[: measured.start()] or key
    inside = _MEASURE_INSIDE.search(key)
    if inside:
        behind = behind or inside.group()
        key = key[: inside.start()] + key[inside.end() :]
    measure = ""
    if "决算" in behind:
        measure = "final"
    elif "年初" in behind or "全年" in behind or "调整" in behind:
        measure = "initial"
    elif "预算" in behind:
        measure = "budget"
    return Named(_concept(key) or _concept(_PREFIX.sub("", key)) or _concept(_shortened(key)), key, measure)


@lru_cache(maxsize=4096)
def are_fellows(one: str, other: str) -> bool:
    """Whether two concepts are parts that make up one whole (基本支出 beside 项目支出), so that neither is part of the
    other."""
    return one != other and any({one, other} <= set(known.parts) for known in concepts().decompositions)


def _shortened(key: str) -> str:
    """A name without the words around it that make it no other name: 全县实际基本支出总额 is 基本支出,
    公务接待费预算支出 is 公务接待费支出."""
    shorter = _WORDS_BEFORE.sub("", key)
    shorter = _PLANNED_SPENDING.sub("支出", shorter)
    return _WORDS_BEHIND.sub("", shorter) or key


def _concept(key: str) -> str:
    return next((name for name, pattern in concepts().patterns if pattern.fullmatch(key)), "")
