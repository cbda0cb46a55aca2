"""Objects made by way of a draft are in nothing different from those made the usual way."""

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from workbench.model.source import Anchor, AnchorDraft, Box, BoxDraft, GridCell, GridCellDraft
from workbench.model.table import Cell, CellDraft

PAIRS = [
    (Box, BoxDraft, (1.0, 2.0, 3.0, 4.0)),
    (Anchor, AnchorDraft, (1, 2, 5)),
    (GridCell, GridCellDraft, (0, 1, 1, 2, ((3, 5),))),
    (Cell, CellDraft, ("合计", (Anchor(1, 0, 2),))),
]


@pytest.mark.parametrize(("final", "draft", "values"), PAIRS)
def test_a_draft_becomes_the_object_it_stands_for(final: type, draft: type, values: tuple) -> None:
    made = draft(*values)
    made.__class__ = final
    usual = final(*values)
    assert type(made) is final
    assert made == usual
    assert hash(made) == hash(usual)
    assert repr(made) == repr(usual)
    assert pickle.loads(pickle.dumps(made)) == usual  # noqa: S301  our own bytes
    name = final.__slots__[0]
    assert replace(made, **{name: None}) == replace(usual, **{name: None})
    with pytest.raises(FrozenInstanceError):
        setattr(made, name, None)
