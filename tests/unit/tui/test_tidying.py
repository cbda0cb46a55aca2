"""Garbage is collected between keys, not in the middle of one."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

import workbench.tui.tidying as module
from workbench.tui.tidying import Tidying


class Knot:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def tidying(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tidying]:
    monkeypatch.setattr(module, "_QUIET", 1000.0)
    made = Tidying()
    made.begin()
    yield made
    made.end()


def old_knot() -> weakref.ref[Knot]:
    """A knot that was in use while two collections went by, and is not any more."""
    held = [Knot()]
    found = weakref.ref(held[0])
    gc.collect(1)
    held.clear()
    return found


def test_nothing_old_is_collected_while_keys_are_pressed(tidying: Tidying, monkeypatch: pytest.MonkeyPatch) -> None:
    garbage = old_knot()
    tidying.key_pressed()
    tidying.tidy()
    assert garbage() is not None
    monkeypatch.setattr(module, "_QUIET", 0.0)
    tidying.tidy()
    assert garbage() is None


def test_what_stays_is_looked_at_no_more(tidying: Tidying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_QUIET", 0.0)
    frozen = gc.get_freeze_count()
    stays = [[number] for number in range(1000)]
    tidying.kept()
    tidying.tidy()
    assert gc.get_freeze_count() >= frozen + len(stays)


def test_everything_is_as_before_when_the_app_has_ended() -> None:
    before = gc.get_threshold(), sys.getswitchinterval()
    made = Tidying()
    made.begin()
    assert gc.get_threshold() != before[0]
    made.end()
    assert (gc.get_threshold(), sys.getswitchinterval()) == before
    assert gc.get_freeze_count() == 0
