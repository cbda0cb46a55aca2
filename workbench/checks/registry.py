"""The one list of rule families, and the compilation of a document's checks from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.checks.context import Context
from workbench.checks.corrections import Corrections
from workbench.checks.decisions import Question
from workbench.checks.doubt import without_doubtful
from workbench.checks.exchanged import as_read
from workbench.checks.families import (
    balance,
    children_sum,
    code_name,
    column_sum,
    cross_table,
    extraction,
    label,
    missing_table,
    narrative,
    percent,
    placement,
    plan,
    product,
    readers,
    row_sum,
    unit,
    yoy,
)
from workbench.checks.figures import Figures
from workbench.checks.identity import identify, numbered
from workbench.checks.parts import Parts
from workbench.checks.user_rules import UserRule
from workbench.model.check import Check, Family, Outcome, Relation, Severity
from workbench.model.message import Message
from workbench.model.table import CellRef, Document


@dataclass(frozen=True, slots=True)
class RuleFamily:
    """A rule family: `build` yields its checks for a document; it is pure and may be given any document."""

    family: Family
    build: Callable[[Context], Iterator[Check]]


FAMILIES: tuple[RuleFamily, ...] = (
    RuleFamily(Family.ROW_SUM, row_sum.build),
    RuleFamily(Family.CHILDREN_SUM, children_sum.build),
    RuleFamily(Family.COLUMN_SUM, column_sum.build),
    RuleFamily(Family.BALANCE, balance.build),
    RuleFamily(Family.CROSS_TABLE, cross_table.build),
    RuleFamily(Family.PLACEMENT, placement.build),
    RuleFamily(Family.READERS, readers.build),
    RuleFamily(Family.NARRATIVE, narrative.build),
    RuleFamily(Family.PERCENT, percent.build),
    RuleFamily(Family.YOY, yoy.build),
    RuleFamily(Family.CODE_NAME, code_name.build),
    RuleFamily(Family.PLAN, plan.build),
    RuleFamily(Family.PRODUCT, product.build),
    RuleFamily(Family.UNIT, unit.build),
    RuleFamily(Family.LABEL, label.build),
    RuleFamily(Family.MISSING_TABLE, missing_table.build),
    RuleFamily(Family.EXTRACTION, extraction.build),
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """The checks of a document, the cells whose figures decided which checks there are, and the questions whose answers
    did; its figures as far as they were read, and the parts that the next build may take over."""

    checks: tuple[Check, ...]
    guards: frozenset[CellRef]
    decisions: Mapping[Question, bool | None]
    figures: Figures
    parts: Parts


def compile_document(
    document: Document,
    user_rules: Sequence[UserRule] = (),
    parts: Parts | None = None,
    figures: Figures | None = None,
    corrections: Corrections | None = None,
) -> Compiled:
    """All checks of a document, family by family, each with a name of its own, and what the build leads to.

    A family or a user's rule that raises gives one CRASHED check that names it; the others go on. `parts` are those of
    another state of the document, of which everything that still holds is taken over; `figures` are those of this one,
    and `corrections` what led here from that other state.
    """
    context = Context(as_read(document), parts, figures, corrections)
    found: list[Check] = []
    for family in FAMILIES:
        found.extend(_guarded(family.family, "", family.build, context))
    for rule in user_rules:
        found.extend(_guarded(Family.USER, rule.name, rule.build, context))
    checks = tuple(numbered(without_doubtful(context, found)))
    guards = frozenset(context.guards)
    return Compiled(checks, guards, context.decisions, context.figures, context.parts)


def _guarded(
    family: Family, rule: str, build: Callable[[Context], Iterator[Check]], context: Context
) -> tuple[Check, ...]:
    try:
        return tuple(build(context))
    except Exception as error:  # noqa: BLE001 - one broken rule must not take the others' results with it
        return (_crashed(family, rule, error),)


def _crashed(family: Family, rule: str, error: Exception) -> Check:
    name = rule or family.value
    reason = f"{type(error).__name__}: {error}"
    return Check(
        id=identify(family, ("crashed", rule)),
        family=family,
        relation=Relation.FACT,
        terms=(),
        title=Message(f"The rule {name} could not be run.", f"规则 {name} 无法运行。"),
        severity=Severity.ERROR,
        rule=rule,
        fact=Outcome.CRASHED,
        note=Message(f"It broke off: {reason}", f"运行中断：{reason}"),
    )
