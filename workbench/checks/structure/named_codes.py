"""Account codes of rows that print only names: the standard lists know the code, the rows above tell which of several.

一般公共服务支出, under it 财政事务, under it 行政运行: the name 行政运行 stands under many sections, and the one in
force decides. Taken only where most of the rows are known and more than one level is printed; the others may then stand
anywhere among their neighbours.

Where the projects of an item print its code and the item itself only its name, the item has the code of its projects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from workbench.checks.structure.label_words import CodeKind
from workbench.checks.structure.rows import RowLabel, is_body
from workbench.fiscal.codes import CodeList, codes_of, names_of
from workbench.fiscal.vocabulary import class_code, label_key

_MOST = 0.7
"""The least share of the named rows whose codes are known."""


def with_codes(labels: Sequence[RowLabel]) -> tuple[RowLabel, ...]:
    """The rows with the codes of their names; as they are, where too few names are known."""
    coded: list[RowLabel] = []
    named = 0
    above = ""
    codes: list[str] = []
    begun = 0
    for label in labels:
        plain = bool(label.key) and not label.total and not label.of_which and not label.note
        code = _code(label.key, above) if plain else ""
        if plain and not code and is_body(label):
            # The rows of a unit follow: the codes begin anew.
            above, begun = "", len(codes)
        else:
            named += plain
            above = code or above
        if code and code in codes[begun:]:
            return tuple(labels)
        codes += [code] if code else []
        coded.append(replace(label, code=code, code_kind=CodeKind.FUNCTION) if code else replace(label, unlisted=plain))
    if len(codes) < max(3, _MOST * named) or len({len(code) for code in codes}) < 2:
        return tuple(labels)
    return tuple(coded)


def _code(name: str, above: str) -> str:
    """The code of a name under the code above it, "" where the lists know none that fits there."""
    known = codes_of(name, CodeList.FUNCTIONAL)
    whole = class_code(name)
    if whole is not None and not above.startswith(whole):
        return whole
    places = [(7, above[:5])] if len(above) > 3 else []
    places += [(5, above[:3])] if above else []
    places += [(7, above)] if len(above) == 3 else []
    for length, prefix in places:
        fitting = [code for code in known if len(code) == length and code.startswith(prefix)]
        # Several codes of one name are of several years; 其他 is 99 in every one of them.
        chosen = fitting if len(fitting) == 1 else [code for code in fitting if code.endswith("99")]
        if len(chosen) == 1 and chosen[0] != above:
            return chosen[0]
    return whole or ""


def with_codes_below(labels: Sequence[RowLabel]) -> tuple[RowLabel, ...]:
    """The rows, those without a code that stand over rows of one code with that code: where each such run of rows has
    one over it, and the lists know the name of one at the least by that code."""
    heads: dict[RowLabel, RowLabel] = {}
    known = 0
    for label, following in pairwise(labels):
        if not following.code or following.code == label.code:
            continue
        if label.code or label.total or label.of_which or label.note or not label.key or is_body(label):
            return tuple(labels)
        heads[label] = following
        known += label.key in map(label_key, names_of(following.code))
    if not known:
        return tuple(labels)
    return tuple(
        replace(label, code=heads[label].code, code_kind=heads[label].code_kind) if label in heads else label
        for label in labels
    )
