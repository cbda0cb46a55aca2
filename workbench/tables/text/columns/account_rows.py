"""The rows of a statement by accounts whose codes and names come apart from each other.

Neither the order of the codes nor that of the names is relied on: accounts stand in the order of their codes, and which
name is whose the lists of accounts tell.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, pairwise

from workbench.fiscal.codes import codes_of, is_account_name, list_of, names_of
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import match_key
from workbench.tables.text.columns.fragments import Text
from workbench.tables.text.columns.levels_in_order import rows_in_order
from workbench.tables.text.columns.section_words import SectionWords
from workbench.tables.text.lines import Piece, key_of
from workbench.tables.text.vocabulary import TOTALS

_CLASS, _SECTION, _ITEM = 3, 5, 7
_LEVELS = 3
_WORDS = re.compile(r"(?!其中).*[一-鿿]{2}")
_OTHER = re.compile(r"[^\s\d.,，-]")
_MOST_STEPS = 5000
_MOST_WAYS = 50


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A row: its code, the pieces that print it, one a column (None: it is left out there), and its name."""

    code: str
    printed: tuple[Piece | None, ...]
    name: Text

    @property
    def page(self) -> int:
        """The page that it stands on."""
        return self.name[0].page.number


def account_rows(words: SectionWords) -> list[AccountRow]:
    """The rows that codes and names make, without the total; empty where they do not fit each other one to one."""
    names = [text for text in (*words.names, *words.heads) if key_of(text) not in TOTALS]
    names.sort(key=lambda text: (text[0].page.number, text[0].start))
    whole = _whole_codes(words)
    rows = _by_codes(words, names, whole) if whole else _by_levels(words, names)
    rows.sort(key=lambda row: row.code)
    pages = [row.page for row in rows]
    return rows if pages == sorted(pages) and len({row.code for row in rows}) == len(rows) else []


def _whole_codes(words: SectionWords) -> list[tuple[Piece, ...]]:
    """The codes whose levels, if they are parted, stand behind each other before the next code; empty where levels
    stand in columns of their own."""
    found: list[list[Piece]] = []
    for piece in sorted((*words.codes, *words.levels), key=_place):
        if len(match_key(piece.text)) >= _CLASS:
            found.append([piece])
        elif not found or len(found[-1]) == _LEVELS:
            return []
        else:
            found[-1].append(piece)
    codes = [tuple(code) for code in found]
    return codes if len({_number(code) for code in codes}) == len(codes) else []


def _number(code: Sequence[Piece]) -> str:
    return "".join(match_key(piece.text) for piece in code)


def _by_codes(words: SectionWords, names: Sequence[Text], codes: Sequence[tuple[Piece, ...]]) -> list[AccountRow]:
    """The rows of whole codes. Codes that bear names of their own have those that are left, in their order."""
    of_name: dict[str, list[Text]] = defaultdict(list)
    for text in names:
        of_name[label_key(key_of(text))].append(text)
    rows: list[AccountRow] = []
    nameless: list[tuple[Piece, ...]] = []
    for code in sorted(codes, key=_number):
        key = next((key for key in map(label_key, names_of(_number(code))) if of_name.get(key)), None)
        if key is None:
            nameless.append(code)
        else:
            rows.append(AccountRow(_number(code), code, of_name[key].pop(0)))
    if nameless:
        named = {id(row.name) for row in rows}
        left = [text for text in words.names if id(text) not in named and _is_name(key_of(text))]
        left = _joined(left, len(nameless))
        if len(left) != len(nameless):
            return []
        rows.extend(AccountRow(_number(code), code, name) for code, name in zip(nameless, left, strict=True))
    return rows


def _joined(names: list[Text], count: int) -> list[Text]:
    """So many names, where there are more of them: those between which nothing but a figure stands are one."""
    while len(names) > count:
        nearest = next((index for index, pair in enumerate(pairwise(names)) if _are_beside(*pair)), None)
        if nearest is None:
            break
        names = [*names[:nearest], names[nearest] + names[nearest + 1], *names[nearest + 2 :]]
    return names


def _are_beside(left: Text, right: Text) -> bool:
    page = left[-1].page
    return page is right[0].page and not _OTHER.search(page.text[left[-1].end : right[0].start])


def _is_name(key: str) -> bool:
    return key not in TOTALS and bool(_WORDS.match(key))


def _by_levels(words: SectionWords, names: Sequence[Text]) -> list[AccountRow]:
    """The rows of codes in columns 类 款 项, by the names: so many accounts of each class, with the digits printed."""
    classes = Counter(match_key(piece.text) for piece in words.codes)
    if any(len(code) != _CLASS for code in classes):
        return []
    digits = Counter(match_key(piece.text) for piece in words.levels)
    for alone in (False, True):
        accounts = _accounts(names, classes, digits, own=alone)
        rows = _printed(words, accounts, own=alone) if accounts is not None else None
        if rows:
            return rows
    # a few accounts are called as columns are: 国有资本经营预算支出
    alike = [text for text in words.heads if is_account_name(key_of(text))]
    own = [text for text in words.names if _is_name(key_of(text))]
    for texts in (own, [*own, *alike]):
        coded = rows_in_order(words, sorted(texts, key=lambda text: _place(text[0])))
        if coded:
            return [AccountRow(*row) for row in coded]
    return []


def _place(piece: Piece) -> tuple[int, int]:
    return piece.page.number, piece.start


def _accounts(
    names: Sequence[Text], classes: Mapping[str, int], digits: Counter[str], *, own: bool
) -> list[tuple[str, Text]] | None:
    """The code of each name; None where the names leave it open. With `own` each row prints the digits of its own level
    alone."""
    groups: dict[str, list[Text]] = defaultdict(list)
    for text in names:
        groups[key_of(text)].append(text)
    bearing = {key: codes for key in groups if (codes := _bearing(key, classes))}
    sure = {codes[0] for key, codes in bearing.items() if len(codes) == len(groups[key]) == 1}
    search = _Accounts(
        [(len(groups[key]), _possible(codes, sure, bearing)) for key, codes in bearing.items()],
        Counter(classes),
        Counter(digits),
        own=own,
    )
    ways = [
        [
            (code, text)
            for codes, key in zip(way, bearing, strict=True)
            for code, text in zip(codes, groups[key], strict=False)
        ]
        for way in search.ways()
    ]
    # Names come mostly in the order of their codes.
    least = min(map(_descents, ways), default=0)
    best = [way for way in ways if _descents(way) == least]
    return best[0] if len(best) == 1 else None


def _descents(accounts: Sequence[tuple[str, Text]]) -> int:
    """How often a name is printed right behind that of a later code."""
    codes = [code for code, _ in sorted(accounts, key=lambda account: (account[1][0].page.number, account[1][0].start))]
    return sum(left > right for left, right in pairwise(codes))


def _possible(codes: Sequence[str], sure: Set[str], bearing: Mapping[str, Sequence[str]]) -> list[str]:
    """The codes below an account that is there for sure, or that may be."""
    open_codes = {code for own in bearing.values() if len(own) > 1 for code in own}
    return [code for code in codes if len(code) == _CLASS or code[:-2] in sure or code[:-2] in open_codes]


class _Accounts:
    """Looks for the ways to give each name, as often as it is printed, codes that bear it: so many of each class, with
    just the digits that are printed, each below one that is there."""

    def __init__(
        self, groups: Sequence[tuple[int, list[str]]], classes: Counter[str], digits: Counter[str], *, own: bool
    ) -> None:
        # What is sure comes first.
        self._order = sorted(range(len(groups)), key=lambda index: len(groups[index][1]))
        self._groups = groups
        self._classes, self._digits, self._own = classes, digits, own
        self._chosen: list[tuple[str, ...]] = [()] * len(groups)
        self._found: list[list[tuple[str, ...]]] = []
        self._steps = _MOST_STEPS

    def ways(self) -> list[list[tuple[str, ...]]]:
        """All of them; none where they are too many to be looked at."""
        self._place(0)
        return self._found if self._steps > 0 and len(self._found) <= _MOST_WAYS else []

    def _place(self, position: int) -> None:
        if position == len(self._order):
            chosen = {code for own in self._chosen for code in own}
            below = all(len(code) == _CLASS or code[:-2] in chosen for code in chosen)
            if below and not +self._classes and not +self._digits:
                self._found.append(list(self._chosen))
            return
        index = self._order[position]
        count, codes = self._groups[index]
        for choice in combinations(codes, min(count, len(codes))):
            self._steps -= 1
            if self._steps < 0 or len(self._found) > _MOST_WAYS:
                return
            classes = Counter(code[:_CLASS] for code in choice if not self._own or len(code) == _CLASS)
            digits = _digits(choice, own=self._own)
            if classes <= self._classes and digits <= self._digits:
                self._classes -= classes
                self._digits -= digits
                self._chosen[index] = choice
                self._place(position + 1)
                self._classes += classes
                self._digits += digits


def _bearing(name: str, classes: Mapping[str, int]) -> list[str]:
    """The codes of these classes that bear a name, in their order."""
    lists = {which for code in classes if (which := list_of(code)) is not None}
    return sorted({code for which in lists for code in codes_of(name, which) if code[:_CLASS] in classes})


def _digits(codes: Sequence[str], *, own: bool) -> Counter[str]:
    """The digits that codes print behind their classes."""
    if own:
        return Counter(code[-2:] for code in codes if len(code) > _CLASS)
    return Counter(code[end - 2 : end] for code in codes for end in (_SECTION, _ITEM) if len(code) >= end)


def _printed(words: SectionWords, accounts: Sequence[tuple[str, Text]], *, own: bool) -> list[AccountRow] | None:
    """The rows with the pieces that print their codes; None where these stand on other pages than the names."""
    left: dict[tuple[int, str], list[Piece]] = defaultdict(list)
    for piece in (*words.codes, *words.levels):
        left[piece.page.number, match_key(piece.text)].append(piece)
    rows = []
    for code, name in sorted(accounts, key=lambda account: account[0]):
        page = name[0].page.number
        printed: list[Piece | None] = []
        for start, end in ((0, _CLASS), (_CLASS, _SECTION), (_SECTION, _ITEM)):
            if own and len(code) > end:
                printed.append(None)
            elif len(code) >= end:
                pieces = left[page, code[start:end]]
                if not pieces:
                    return None
                printed.append(pieces.pop(0))
        rows.append(AccountRow(code, tuple(printed), name))
    return rows
