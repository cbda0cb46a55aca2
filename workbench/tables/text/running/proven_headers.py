"""Headers that rows without blanks prove: what they promise across comes out in every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from workbench.fiscal.codes import CodeList, codes_of
from workbench.tables.text.header.interleaved import unusual_order
from workbench.tables.text.header.rows import Header, HeaderText, Label, beside
from workbench.tables.text.header.tree import arrange, judged
from workbench.tables.text.lines import key_of
from workbench.tables.text.running.body_shape import BodyShape, is_remark
from workbench.tables.text.running.header_evidence import Witnesses
from workbench.tables.text.running.headers_by_lines import headers_by_lines
from workbench.tables.text.running.headers_by_sums import headers_by_sums
from workbench.tables.text.vocabulary import column_kind, spans_figures

_SEVERAL, _BORNE = 2, 1.0
"""So many sums that rows bear out prove a header, one where they speak against that by its print, and what each is
worth."""
_AGAINST = 0.7
"""What rows say that speak against a header."""
_DEAREST = 9.0
"""What a header may cost at the most that rows bear out."""
_TURNED = 0.3
"""What it costs that an account stands right of one with a higher code."""


class Proven(NamedTuple):
    """A header, how many sums bear it out, and what it costs with the order of its labels."""

    header: Header
    sums: int
    cost: float

    @property
    def worth(self) -> float:
        """What it costs, less what the sums are worth: the least is the best."""
        return self.cost - _BORNE * self.sums


def proven_header(
    labels: Sequence[Label], counts: Sequence[int], body: BodyShape, witnesses: Witnesses, printed: Header
) -> Proven | None:
    """The header of which rows without blanks bear out several sums, the likeliest of these; None where they bear out
    none. `printed` is the one that the print of the labels tells."""
    several = 1 if witnesses.against(printed.text) >= _AGAINST else _SEVERAL
    best: Proven | None = None
    for header in (printed, *_headers(labels, counts, body, witnesses)):
        borne = witnesses.borne_out(header.text)
        unusual = unusual_order([label for label, _ in groupby(header.rows[0])]) + _TURNED * _turned(header.text)
        found = Proven(header, borne, header.cost + unusual)
        if borne >= several and (best is None or _is_better(found, best, printed)):
            best = found
    return best


def _is_better(found: Proven, best: Proven, printed: Header) -> bool:
    """Whether a header is likelier than another; that which the print tells stands where as many sums bear it out."""
    return found.worth < best.worth and (best.header is not printed or found.sums > best.sums)


def is_row_label(text: str) -> bool:
    """Whether a label stands above names or codes of rows, and above nothing else."""
    return column_kind(text) == "text" and not spans_figures(text) and not is_remark(text)


def _headers(labels: Sequence[Label], counts: Sequence[int], body: BodyShape, witnesses: Witnesses) -> Iterator[Header]:
    """The headers with names and codes of rows left of figures whose totals come out."""
    stubs = [label for label in labels if is_row_label(key_of(label))]
    figures = [label for label in labels if label not in stubs]
    rows = witnesses.whole_rows(body.figures)
    stub = arrange(stubs) if stubs else None
    for find in (headers_by_sums, headers_by_lines):
        for header in find(figures, rows, _DEAREST):
            yield judged(beside(stub, header) if stub else header, counts, body)


def _turned(header: HeaderText) -> int:
    """How many accounts (301, 302) stand right of one beside them with a higher code."""
    codes = [codes_of(leaf, CodeList.ECONOMIC)[:1] for leaf in header.leaves]
    upper = [column[:-1] for column in zip(*header.rows, strict=True)]
    return sum(
        bool(left and right) and left > right and above == beside
        for (left, above), (right, beside) in pairwise(zip(codes, upper, strict=True))
    )
