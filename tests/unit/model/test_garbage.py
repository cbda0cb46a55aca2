"""Where garbage is not looked for, and that it is again afterwards."""

from __future__ import annotations

import gc

import pytest

from workbench.model.garbage import no_collection


def test_nothing_is_collected_within_and_all_is_as_it_was_behind() -> None:
    assert gc.isenabled()
    with no_collection():
        assert not gc.isenabled()
        with no_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_failure_leaves_the_collector_as_it_was() -> None:
    with pytest.raises(ValueError, match="within"), no_collection():
        raise ValueError("within")
    assert gc.isenabled()


def test_where_nothing_was_collected_before_nothing_is_afterwards() -> None:
    gc.disable()
    try:
        with no_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
