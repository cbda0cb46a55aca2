"""Which first suggestions are proved by all rules built anew: those that may change which rules there are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.reviewing import document
from workbench.repairs.proposals.suggestions import needs_confirming


def part(*, known: bool, sound: bool) -> Any:
    candidate = SimpleNamespace(operations=())
    proof = SimpleNamespace(sound=sound)
    draft = SimpleNamespace(proof=proof, known=known, reshaping=False, candidate=candidate, cells=())
    return SimpleNamespace(drafts=[draft])


def workshop(*, rebuilds: bool) -> Any:
    reconciliation = SimpleNamespace(document=document(), rebuilds=lambda *_: rebuilds)
    return SimpleNamespace(reconciliation=reconciliation, context=None)


@pytest.mark.parametrize("known", [True, False])
def test_what_may_change_the_rules_is_confirmed_whether_or_not_it_may_be_safe(known: bool) -> None:
    """Else a suggestion to look at would not say what breaks."""
    assert needs_confirming(workshop(rebuilds=True), part(known=known, sound=True))
    assert not needs_confirming(workshop(rebuilds=False), part(known=known, sound=True))


def test_what_is_known_to_break_something_says_so_already() -> None:
    assert not needs_confirming(workshop(rebuilds=True), part(known=True, sound=False))
