"""Account codes that running text prints before a name (204公共安全支出9万元): another code's name there is told where
one digit makes the code that of the name. Source of the standard names: 政府收支分类科目 (fiscal/codes)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.unknown_codes import one_digit_apart
from workbench.fiscal.codes import CodeList, codes_of, names_of
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Family
from workbench.model.message import Message

_CODED = re.compile(r"(?:\d{1,2}[ .．])?(?P<code>2\d{2}(?:\d{2}){0,2})[-—_ ]?(?P<name>[^\d/\s]{3,})")


def codes_in_text(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each code that stands before a name that it never bore."""
    for quote in quotes.amounts:
        said = _CODED.fullmatch(quote.figure.label)
        if said is None:
            continue
        code, name = said["code"], said["name"]
        if any(_alike(one, name) for one in names_of(code)):
            continue
        owners = [owner for owner in _owners(name) if one_digit_apart(owner, code)]
        if len(owners) == 1:
            yield context.fact(
                Family.CODE_NAME,
                [quote.ref],
                Message(
                    f"The text codes “{name}” as {code}; in the standard list it is {owners[0]}.",
                    f"正文将“{name}”的编码写作{code}；按政府收支分类科目应为{owners[0]}。",
                ),
                key=("text", code),
                weak=True,
            )


def _owners(name: str) -> tuple[str, ...]:
    """The codes of a name in any year, with 支出 at its end or without."""
    short = name.removesuffix("支出")
    return tuple(dict.fromkeys((*codes_of(name, CodeList.FUNCTIONAL), *codes_of(short, CodeList.FUNCTIONAL))))


def _alike(standard: str, name: str) -> bool:
    one, other = (label_key(text).removesuffix("支出") for text in (standard, name))
    return one == other or one.startswith(other) or other.startswith(one)
