"""The rows of a statement by accounts whose codes and names come apart from each other.

Neither the order of the codes nor that of the names is relied on: accounts stand in the order of their codes, and which
name is whose the lists of accounts tell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, pairwise

from workbench.fiscal.codes import codes_of, list_of, names_of
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import match_key
from workbench.tables.text.columns.section_words import SectionWords, Text
from workbench.tables.text.lines import Piece, key_of
from workbench.tables.text.vocabulary import TOTALS

_CLASS, _SECTION, _ITEM = 3, 5, 7
_MOST_STEPS = 5000
_MOST_WAYS = 50


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A row: its code, the pieces that print it, one a column, and its name."""

    code: str
    printed: tuple[Piece, ...]
    name: Text

    @property
    def page(self) -> int:
        """The page that it stands on."""
        return self.name[0].page.number


def account_rows(words: SectionWords) -> list[AccountRow]:
    """The rows that codes and names make, without the total; empty where they do not fit each other one to one."""
    names = [text for text in (*words.names, *words.heads) if key_of(text) not in TOTALS]
    names.sort(key=lambda text: (text[0].page.number, text[0].start))
    rows = _by_levels(words, names) if words.levels else _by_codes(words, names)
    rows.sort(key=lambda row: row.code)
    pages = [row.page for row in rows]
    return rows if pages == sorted(pages) and len({row.code for row in rows}) == len(rows) else []


def _by_codes(words: SectionWords, names: Sequence[Text]) -> list[AccountRow]:
    """The rows of whole codes. The one code that bears a name of its own takes the one name that is left."""
    of_name: dict[str, list[Text]] = defaultdict(list)
    for text in names:
        of_name[label_key(key_of(text))].append(text)
    rows: list[AccountRow] = []
    nameless: list[Piece] = []
    for code in sorted(words.codes, key=lambda piece: match_key(piece.text)):
        number = match_key(code.text)
        key = next((key for key in map(label_key, names_of(number)) if of_name.get(key)), None)
        if key is None:
            nameless.append(code)
        else:
            rows.append(AccountRow(number, (code,), of_name[key].pop(0)))
    if nameless:
        named = {id(row.name) for row in rows}
        left = [text for text in words.names if id(text) not in named and key_of(text) not in TOTALS]
        if len(left) != 1 or len(nameless) != 1:
            return []
        rows.append(AccountRow(match_key(nameless[0].text), (nameless[0],), left[0]))
    return rows


def _by_levels(words: SectionWords, names: Sequence[Text]) -> list[AccountRow]:
    """The rows of codes in columns 类 款 项, by the names: so many accounts of each class, with the digits printed."""
    classes = Counter(match_key(piece.text) for piece in words.codes)
    if any(len(code) != _CLASS for code in classes):
        return []
    digits = Counter(match_key(piece.text) for piece in words.levels)
    accounts = _accounts(names, classes, digits)
    if accounts is None:
        return []
    return _printed(words, accounts) or []


def _accounts(names: Sequence[Text], classes: Mapping[str, int], digits: Counter[str]) -> list[tuple[str, Text]] | None:
    """The code of each name; None where the names leave it open."""
    groups: dict[str, list[Text]] = defaultdict(list)
    for text in names:
        groups[key_of(text)].append(text)
    bearing = {key: codes for key in groups if (codes := _bearing(key, classes))}
    sure = {codes[0] for key, codes in bearing.items() if len(codes) == len(groups[key]) == 1}
    search = _Accounts(
        [(len(groups[key]), _possible(codes, sure, bearing)) for key, codes in bearing.items()],
        Counter(classes),
        digits,
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

    def __init__(self, groups: Sequence[tuple[int, list[str]]], classes: Counter[str], digits: Counter[str]) -> None:
        # What is sure comes first.
        self._order = sorted(range(len(groups)), key=lambda index: len(groups[index][1]))
        self._groups = groups
        self._classes, self._digits = classes, digits
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
            classes, digits = Counter(code[:_CLASS] for code in choice), _digits(choice)
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


def _digits(codes: Sequence[str]) -> Counter[str]:
    """The digits that codes print behind their classes."""
    return Counter(code[end - 2 : end] for code in codes for end in (_SECTION, _ITEM) if len(code) >= end)


def _printed(words: SectionWords, accounts: Sequence[tuple[str, Text]]) -> list[AccountRow] | None:
    """The rows with the pieces that print their codes; None where these stand on other pages than the names."""
    left: dict[tuple[int, str], list[Piece]] = defaultdict(list)
    for piece in (*words.codes, *words.levels):
        left[piece.page.number, match_key(piece.text)].append(piece)
    rows = []
    for code, name in sorted(accounts, key=lambda account: account[0]):
        page = name[0].page.number
        printed = []
        for start, end in ((0, _CLASS), (_CLASS, _SECTION), (_SECTION, _ITEM)):
            if len(code) >= end:
                pieces = left[page, code[start:end]]
                if not pieces:
                    return None
                printed.append(pieces.pop(0))
        rows.append(AccountRow(code, tuple(printed), name))
    return rows
