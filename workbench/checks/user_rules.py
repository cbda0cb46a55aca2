"""Rules of the users' own, as checks: cells chosen by selectors, held against each other in one linear relation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.context import Context, ratio_of_units
from workbench.checks.selectors import Selector, cells_by_key
from workbench.model.check import Check, Family, Outcome, Relation, Role, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef


@dataclass(frozen=True, slots=True)
class UserRule:
    """One rule, validated: the selectors by name, the coefficients and the constant of
    `sum(coefficient × cell) + constant relation 0`."""

    name: str
    message: Message
    cells: Mapping[str, Selector]
    coefficients: tuple[tuple[str, Decimal], ...]
    relation: Relation
    each: str = ""
    severity: Severity = Severity.ERROR
    tolerance: Decimal = Decimal(0)
    blank_as_zero: bool = True
    constant: Decimal = Decimal(0)

    def build(self, context: Context) -> Iterator[Check]:
        """Its checks for a document: one for each key (row, code, label) that all its selectors find."""
        found = {name: cells_by_key(context, self.cells[name], self.each) for name, _ in self.coefficients}
        first = self.coefficients[0][0]
        for key in found[first]:
            if all(key in found[name] for name in found):
                yield self._check(context, key, {name: found[name][key] for name in found})

    def _check(self, context: Context, key: str, cells: Mapping[str, list[CellRef]]) -> Check:
        terms: list[Term] = []
        unit = ""
        for position, (name, coefficient) in enumerate(self.coefficients):
            refs = cells[name]
            if len(refs) > 1 and not self.cells[name].sum:
                return self._undecided(context, key, name, refs)
            for ref in refs:
                own = _unit(context, ref)
                unit = unit or own
                ratio = ratio_of_units(own, unit) or Decimal(1)
                role: Role = "total" if position == 0 and len(refs) == 1 else "part"
                terms.append(Term(ref, coefficient * ratio, role))
        return context.check(
            Family.USER,
            self.relation,
            terms,
            self.message,
            key=() if self.each == "row" else (key,),
            severity=self.severity,
            blank_as_zero=self.blank_as_zero,
            tolerance=self.tolerance,
            rule=self.name,
            constant=self.constant,
        )

    def _undecided(self, context: Context, key: str, name: str, refs: list[CellRef]) -> Check:
        return context.check(
            Family.USER,
            Relation.FACT,
            [Term(ref, Decimal(1), "label") for ref in refs],
            self.message,
            key=(key, name),
            severity=self.severity,
            rule=self.name,
            fact=Outcome.UNVERIFIABLE,
            note=Message(
                f"The selector “{name}” finds {len(refs)} cells; narrow it, or say sum = true.",
                f"选择器“{name}”匹配到{len(refs)}个单元格，请缩小范围或写明 sum = true。",
            ),
        )


def _unit(context: Context, ref: CellRef) -> str:
    table = context.tables.get(ref.table)
    return context.stated[ref.table].unit if table is None else context.unit_of(table)
