"""Objects made by way of a draft are in nothing different from those made the usual way."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from workbench.model.check import Term
from workbench.model.message import Message
from workbench.model.source import Anchor, AnchorDraft, Box, BoxDraft, GridCell, GridCellDraft
from workbench.model.table import Cell, CellDraft, CellRef

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


@pytest.mark.parametrize(
    "made",
    [
        Anchor(1, 2, 3, Box(0.5, 1.0, 2.0, 3.0)),
        Cell("1.00", (Anchor(1, 2, 6),), corrected="2.00"),
        Message("a", "乙"),
        Term(CellRef("t01", 2, 3), Decimal("-1"), "part"),
    ],
)
def test_what_is_pickled_by_its_fields_comes_back_equal_and_frozen(made: Any) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(made, protocol))  # noqa: S301  our own bytes
        assert again == made
        assert type(again) is type(made)
        name = fields(again)[0].name if is_dataclass(again) else again._fields[0]
        with pytest.raises(AttributeError):
            setattr(again, name, None)
    assert copy.deepcopy(made) == made
