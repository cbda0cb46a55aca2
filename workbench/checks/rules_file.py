"""Rules of the users' own: rules.toml read, validated, and built into checks.

A rule names cells by selectors and holds them against each other in one linear relation:

    [[rule]]
    name = "programme_budgets_within_projects"
    message = { en = "…", zh = "…" }            # or one sentence for both languages
    equation = "targets <= projects"            # names of cells, coefficients, numbers, + and -, one of = <= >=
    each = "row"                                # once a row; also "code" or "label"; left out: once a document
    severity = "warning"                        # error (as without it), warning or note
    tolerance = "0.01"                          # added to what rounding explains, in the unit of the first cell
    blank = "unknown"                           # blank cells count as zero unless this is said

    [rule.cells]
    projects = { form = "expenditure_summary", column = "项目支出", label = "合计" }
    targets = { form = "performance_target", label = "预算数", sum = true }

A selector may give `form` (one or a list), `title`, `column`, `label`, `code` (regular expressions over the texts
without white space, each of which must fit the whole; a column fits by any part of its head) and `stated` (a figure of
the running text by its label). `sum = true` adds up all cells that it finds. A number that stands alone
(`weights = 100`) is in the unit of the first cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from workbench.checks.equation import read_equation
from workbench.checks.selectors import Selector
from workbench.checks.user_rules import UserRule
from workbench.errors import FileProblem, InvalidFileError, UnreadableSourceError, did_you_mean
from workbench.model.check import Severity
from workbench.model.message import Message
from workbench.model.table import Form
from workbench.model.toml_file import TomlFile, parse_toml

_RULE_KEYS = ("name", "message", "equation", "each", "severity", "tolerance", "blank", "cells")
_SELECTOR_KEYS = ("form", "title", "column", "label", "code", "stated", "sum")
_EACH = ("", "row", "code", "label")
_BLANK = ("zero", "unknown")


def load_rules(path: Path) -> tuple[UserRule, ...]:
    """The rules of a rules.toml, in order.

    Raises InvalidFileError with every problem in the file (its line, and the nearest name that exists), and
    UnreadableSourceError where the file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(path, error.strerror or "cannot be read") from None
    file = parse_toml(path, content)
    reader = _Reader(file)
    rules = reader.rules(file.data)
    if reader.problems:
        raise InvalidFileError(reader.problems)
    return rules


@dataclass(slots=True)
class _Reader:
    """Reads the rules of one file and collects what is wrong with them."""

    file: TomlFile
    problems: list[FileProblem] = field(default_factory=list)
    rule: int = -1

    def problem(self, key: str, message: str) -> None:
        self.problems.append(FileProblem(self.file.path, self.line(key), message))

    def line(self, key: str) -> int | None:
        """The line of a key of the rule at hand; the line of the rule itself where the key is not found."""
        if self.rule < 0:
            return self.file.line_of(key)
        lines = self.file.text.split("\n")
        starts = [number for number, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*rule\s*\]\]", line)]
        if self.rule >= len(starts):
            return None
        end = starts[self.rule + 1] - 1 if self.rule + 1 < len(starts) else len(lines)
        pattern = re.compile(
            rf"\s*(?:{re.escape(key)}\s*=|cells\.{re.escape(key)}\b|\[rule\.(?:cells\.)?{re.escape(key)}\])"
        )
        return next(
            (number for number in range(starts[self.rule], end + 1) if pattern.match(lines[number - 1])),
            starts[self.rule],
        )

    def rules(self, data: Mapping[str, Any]) -> tuple[UserRule, ...]:
        for key in data:
            if key != "rule":
                self.problem(key, f"there is no {key!r} in a rules file; rules are [[rule]]")
        entries = data.get("rule", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self.problem("rule", "rules are written as [[rule]]")
            return ()
        found: list[UserRule] = []
        names: set[str] = set()
        for self.rule, entry in enumerate(entries):
            rule = self.one(entry)
            name = str(entry.get("name", ""))
            if name and name in names:
                self.problem("name", f"there are two rules named {name!r}")
            names.add(name)
            if rule is not None:
                found.append(rule)
        self.rule = -1
        return tuple(found)

    def one(self, entry: Mapping[str, Any]) -> UserRule | None:
        before = len(self.problems)
        self._keys(entry, _RULE_KEYS, "a rule")
        name = self._text(entry, "name", required=True)
        cells = self._cells(entry.get("cells"))
        equation = read_equation(self._text(entry, "equation", required=True), list(cells), self.problem)
        each = self._choice(entry, "each", _EACH, "")
        severity = self._choice(entry, "severity", tuple(Severity), Severity.ERROR.value)
        blank = self._choice(entry, "blank", _BLANK, "zero")
        tolerance = self._tolerance(entry.get("tolerance", "0"))
        message = self._message(entry.get("message"), name)
        if len(self.problems) > before:
            return None
        return UserRule(
            name=name,
            message=message,
            cells=cells,
            coefficients=equation.coefficients,
            constant=equation.constant,
            relation=equation.relation,
            each=each,
            severity=Severity(severity),
            tolerance=tolerance,
            blank_as_zero=blank == "zero",
        )

    def _keys(self, entry: Mapping[str, Any], known: tuple[str, ...], what: str) -> None:
        for key in entry:
            if key not in known:
                self.problem(key, f"{what} has no {key!r}{did_you_mean(key, known)}")

    def _text(self, entry: Mapping[str, Any], key: str, *, required: bool = False) -> str:
        value = entry.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            self.problem(key, f"{key!r} is missing or no text")
            return ""
        return value.strip()

    def _choice(self, entry: Mapping[str, Any], key: str, known: tuple[str, ...], default: str) -> str:
        value = entry.get(key, default)
        if value not in known:
            names = [name for name in known if name]
            self.problem(key, f"{key} is one of {', '.join(names)}, not {value!r}{did_you_mean(str(value), names)}")
            return default
        return str(value)

    def _tolerance(self, value: object) -> Decimal:
        try:
            tolerance = Decimal(value) if isinstance(value, str | int) else Decimal("NaN")
        except InvalidOperation:
            tolerance = Decimal("NaN")
        if not tolerance.is_finite() or tolerance < 0:
            self.problem(
                "tolerance", f'tolerance is a figure of zero or more in quotation marks ("0.01"), not {value!r}'
            )
            return Decimal(0)
        return tolerance

    def _message(self, value: object, name: str) -> Message:
        if isinstance(value, str) and value:
            return Message(value, value)
        if (
            isinstance(value, dict)
            and set(value) <= {"en", "zh"}
            and value
            and all(isinstance(v, str) for v in value.values())
        ):
            return Message(value.get("en") or value["zh"], value.get("zh") or value["en"])
        if value is None:
            return Message(f"The rule {name} holds.", f"规则 {name} 成立。")
        self.problem("message", "message is a text, or a text in each of en and zh")
        return Message("", "")

    def _cells(self, entries: object) -> dict[str, Selector]:
        if not isinstance(entries, dict) or not entries:
            self.problem("cells", "a rule names its cells under [rule.cells]")
            return {}
        return {str(name): self._selector(str(name), entry) for name, entry in entries.items()}

    def _selector(self, name: str, entry: object) -> Selector:
        if not isinstance(entry, dict):
            self.problem(name, f"the selector {name!r} is a table of {', '.join(_SELECTOR_KEYS)}")
            return Selector()
        for key in entry:
            if key not in _SELECTOR_KEYS:
                self.problem(name, f"the selector {name!r} has no {key!r}{did_you_mean(key, _SELECTOR_KEYS)}")
        if not set(entry) & {"form", "title", "column", "label", "code", "stated"}:
            self.problem(name, f"the selector {name!r} selects nothing")
        patterns = {
            key: self._pattern(name, key, entry.get(key)) for key in ("title", "column", "label", "code", "stated")
        }
        total = entry.get("sum", False)
        if not isinstance(total, bool):
            self.problem(name, f"sum of {name!r} is true or false")
        return Selector(forms=self._forms(name, entry.get("form", [])), sum=total is True, **patterns)

    def _pattern(self, name: str, key: str, value: object) -> re.Pattern[str] | None:
        if value is None:
            return None
        if not isinstance(value, str):
            self.problem(name, f"{key} of {name!r} is a text")
            return None
        try:
            return re.compile(value)
        except re.error as error:
            self.problem(name, f"{key} of {name!r} is no regular expression: {error}")
            return None

    def _forms(self, name: str, value: object) -> frozenset[Form]:
        values = value if isinstance(value, list) else [value]
        known = [form.value for form in Form]
        for one in values:
            if one not in known:
                self.problem(name, f"there is no form {one!r}{did_you_mean(str(one), known)}")
        return frozenset(Form(one) for one in values if one in known)
