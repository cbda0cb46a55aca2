"""Formulas that a file keeps no value of, as programs that only write workbooks leave them: sums and differences of
cells of the same sheet, which every spreadsheet program shows computed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

Place = tuple[int, int]
"""Row and column, counted from 0."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<sum>SUM)(?=\()|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(!.])|(?P<sign>[-+*/():,]))",
    re.IGNORECASE,
)
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_LONGEST, _DEEPEST, _MOST_CELLS = 1000, 50, 100_000
"""Of a formula with more characters, of formulas that rest on each other deeper, and of ranges of more cells nothing
is computed."""


class _NotComputedError(Exception):
    """A formula is of no kind that is computed, or rests on such a one, on a text or on itself."""


def _place_of(reference: str) -> Place:
    """The place that "$B$3" names."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise _NotComputedError
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


@dataclass(slots=True)
class Formulas:
    """The formulas of a sheet without a value, and the cells that they rest on: numbers as kept, and texts."""

    formulas: dict[Place, str] = field(default_factory=dict)
    numbers: dict[Place, Decimal] = field(default_factory=dict)
    texts: set[Place] = field(default_factory=set)
    _open: set[Place] = field(default_factory=set)
    _cells: int = 0

    def values(self) -> Mapping[Place, Decimal]:
        """The values of those that can be computed."""
        found: dict[Place, Decimal] = {}
        for place in self.formulas:
            try:
                found[place] = self._value(place)
            except (_NotComputedError, DivisionByZero, InvalidOperation, Overflow, RecursionError):
                continue
        return found

    def _value(self, place: Place) -> Decimal:
        """What a cell counts for: a blank one nothing."""
        if place in self.numbers:
            return self.numbers[place]
        formula = self.formulas.get(place)
        if formula is None:
            if place in self.texts:
                raise _NotComputedError
            return Decimal(0)
        if place in self._open or len(self._open) > _DEEPEST:
            raise _NotComputedError
        self._open.add(place)
        try:
            tokens = _tokens(formula)
            value = self._sum_of_terms(tokens)
            if tokens:
                raise _NotComputedError
        finally:
            self._open.discard(place)
        self.numbers[place] = value
        return value

    def _sum_of_terms(self, tokens: list[str]) -> Decimal:
        value = self._product(tokens)
        while tokens and tokens[-1] in "+-":
            sign = tokens.pop()
            term = self._product(tokens)
            value = value + term if sign == "+" else value - term
        return value

    def _product(self, tokens: list[str]) -> Decimal:
        value = self._factor(tokens)
        while tokens and tokens[-1] in "*/":
            sign = tokens.pop()
            factor = self._factor(tokens)
            value = value * factor if sign == "*" else value / factor
        return value

    def _factor(self, tokens: list[str]) -> Decimal:
        first = tokens.pop() if tokens else ""
        if first in ("-", "+"):
            return -self._factor(tokens) if first == "-" else self._factor(tokens)
        if first == "(":
            value = self._sum_of_terms(tokens)
            _take(tokens, ")")
            return value
        if first.upper() == "SUM":
            return self._sum(tokens)
        if first[:1].isdigit():
            return Decimal(first)
        if first[:1].isalpha() or first[:1] == "$":
            return self._value(_place_of(first))
        raise _NotComputedError

    def _sum(self, tokens: list[str]) -> Decimal:
        """What SUM adds up: ranges, of which texts count nothing, and terms."""
        _take(tokens, "(")
        total = Decimal(0)
        while True:
            if len(tokens) > 2 and tokens[-2] == ":":
                first, _, last = tokens.pop(), tokens.pop(), tokens.pop()
                total += self._sum_of_range(_place_of(first), _place_of(last))
            else:
                total += self._sum_of_terms(tokens)
            if not tokens or tokens[-1] != ",":
                break
            tokens.pop()
        _take(tokens, ")")
        return total

    def _sum_of_range(self, first: Place, last: Place) -> Decimal:
        rows, columns = range(first[0], last[0] + 1), range(first[1], last[1] + 1)
        self._cells += len(rows) * len(columns)
        if self._cells > _MOST_CELLS:
            raise _NotComputedError
        places = ((row, column) for row in rows for column in columns)
        return sum((self._value(place) for place in places if place not in self.texts), Decimal(0))


def _tokens(formula: str) -> list[str]:
    """The tokens of a formula, the first one last."""
    found: list[str] = []
    position = 0
    text = formula.strip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or len(text) > _LONGEST:
            raise _NotComputedError
        found.append(match.group().strip())
        position = match.end()
    return found[::-1]


def _take(tokens: list[str], expected: str) -> str:
    if not tokens or tokens[-1] != expected:
        raise _NotComputedError
    return tokens.pop()
