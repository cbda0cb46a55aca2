"""How many keys a document takes from opening it to nothing open,
pressed in the real app by a reviewer who knows the truth.

`python -m tests.bench.bench_keys FILES --slips 0 1 4 --rounds N` puts so many slips into each document (0: the document
as it is), opens it, settles every finding with the keys that a practised reviewer would press, and prints keys a
finding. Counted are all keys but the characters of figures typed into a cell, with the `enter` behind them.

The reviewer takes a suggestion where it is right, all safe ones at once where that saves keys, rules the document's own
errors to be its own, and corrects by hand what nothing suggests; the rows of a table that lost its shape are put right
at the price of the keys that this would take. Only what fails is settled: a slip that no check notices costs no key.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from tests.injector.report import _document
from tests.injector.score import _right, changed_cells
from tests.injector.shapes import SHAPES, texts_of
from tests.injector.slips import EXTRACTION, Slip, inject
from tests.tui.driving import Driver, running
from workbench.checks import Reconciliation
from workbench.model.check import Applicability, Check, Finding, Suggestion
from workbench.model.edit import DeleteRows, Edit, InsertRows, SetCell
from workbench.model.table import CellRef, Document
from workbench.pipeline import Analysis
from workbench.repairs import find_root_causes
from workbench.review import ReviewedFinding
from workbench.tui.screens.review.safe_fixes import SafeFixesScreen
from workbench.tui.screens.review.suggestions import SuggestionScreen

_MOST_KEYS = 400
_MOST_TYPED = 6
"""Cells that are really typed; of more only the keys are counted."""
_EXCHANGED = {"columns_swapped": 9, "rows_swapped": 8}
"""Keys that select a column or a row, exchange it with the next, and go there."""
_SAFE_PAYS_FROM = 3
"""So many right safe fixes take as many keys one by one as all at once."""


@dataclass
class Reviewer:
    """Settles one document, and counts."""

    it: Driver
    slips: tuple[Slip, ...]
    own: frozenset[frozenset[CellRef]]
    """The cells of the checks that fail in the document without the slips."""
    keys: int = 0
    spent: Counter[str] = field(default_factory=Counter)
    ruled: bool = False
    trace: list[str] = field(default_factory=list)

    async def settle(self) -> bool:
        """Press keys until nothing is open; False where that does not come to an end."""
        await self.press("opening", "enter")
        stuck: set[str] = set()
        while (items := self.it.review.state.round) and self.keys < _MOST_KEYS:
            if await self._all_safe(items):
                continue
            item = self.it.review.finding()
            if item is None or not item.open:
                await self.press("going on", "n")
                if self.it.review.finding() is None:
                    return False
                continue
            if await self._settle(item):
                stuck.clear()
            elif item.finding.id in stuck:
                if not await self._by_hand(self._slips_left(), far=True):
                    return False
                stuck.clear()
            else:
                stuck.add(item.finding.id)
                await self.press("going on", "n" if len(items) > 1 else "")
        return not self.it.review.state.round

    async def press(self, what: str, *keys: str) -> None:
        keys = tuple(key for key in keys if key)
        self.keys += len(keys)
        self.spent[what] += len(keys)
        self.trace.append(f"{what}: {' '.join(keys)}")
        await self.it.press(*keys)

    async def _settle(self, item: ReviewedFinding) -> bool:
        number = self._right_suggestion(item.finding)
        if number is not None:
            await self._take(item.finding, number)
            return True
        if self._is_own(item.finding):
            if self.ruled:
                await self.press("ruling", ";")
            else:
                await self.press("ruling", "a", "enter")
                self.ruled = True
            return True
        if not self._slips_left():
            # All is right again, and still called wrong: set aside, with a reason.
            await self.press("setting aside", "x")
            await self.it.type("无误")
            await self.press("setting aside", "enter")
            return True
        cells = set(item.finding.cells)
        near = [slip for slip in self._slips_left() if slip.refs & cells or slip.table in {ref.table for ref in cells}]
        return await self._by_hand(near[:1])

    def _right_suggestion(self, finding: Finding) -> int | None:
        for number, suggestion in enumerate(finding.suggestions):
            if suggestion.edits and self._is_right(suggestion):
                return number
        return None

    def _is_right(self, suggestion: Suggestion) -> bool:
        document = self.it.review.state.document
        left = self._slips_left()
        truth = {ref: text for slip in left for ref, text in slip.truth}
        shapes = {slip.table: slip for slip in left if slip.table}
        changed = set(changed_cells(document, suggestion.edits))
        about = changed & {ref for slip in left for ref in slip.refs} or {ref.table for ref in changed} & set(shapes)
        return bool(about) and _right(document, suggestion, truth, shapes)

    def _slips_left(self) -> list[Slip]:
        """The slips that are not put right yet."""
        document = self.it.review.state.document
        left = []
        for slip in self.slips:
            if slip.table:
                if texts_of(document.table(slip.table)) != tuple(slip.rows):
                    left.append(slip)
            elif any(_text(document, ref) != text for ref, text in slip.truth):
                left.append(slip)
        return left

    def _is_own(self, finding: Finding) -> bool:
        return all(_cells_of(result.check) in self.own for result in finding.results)

    async def _take(self, finding: Finding, number: int) -> None:
        if number == 0:
            await self.press("taking", "c")
            if isinstance(self.it.app.screen, SuggestionScreen):
                await self.press("taking", "1")
        else:
            await self.press("choosing", "v", str(number + 1))

    async def _all_safe(self, items: tuple[ReviewedFinding, ...]) -> bool:
        safe = [
            item
            for item in items
            if item.finding.suggestions and item.finding.suggestions[0].applicability is Applicability.SAFE
        ]
        right = [item for item in safe if self._is_right(item.finding.suggestions[0])]
        if len(right) < _SAFE_PAYS_FROM or len(right) < len(safe):
            return False
        await self.press("all safe", "C")
        assert isinstance(self.it.app.screen, SafeFixesScreen)
        await self.press("all safe", "enter")
        return True

    async def _by_hand(self, slips: list[Slip], *, far: bool = False) -> bool:
        if not slips:
            return False
        for slip in slips[: 1 if not far else None]:
            if slip.table:
                await self._reshape(slip)
                continue
            wrong = [(ref, text) for ref, text in slip.truth if _text(self.it.review.state.document, ref) != text]
            if len(wrong) > _MOST_TYPED:
                await self._type_many(slip.kind, wrong)
                continue
            for ref, text in slip.truth:
                if _text(self.it.review.state.document, ref) != text:
                    await self._go(ref)
                    await self.press("typing", "e", "ctrl+u")
                    await self.it.type(text)
                    await self.press("typing", "enter")
        return True

    async def _type_many(self, kind: str, wrong: list[tuple[CellRef, str]]) -> None:
        """Many cells, at the price of going to each and typing it, or of going to a block and exchanging it."""
        session, document = self.it.review.session, self.it.review.state.document
        self._count("many cells by hand", min(_EXCHANGED.get(kind, 4 * len(wrong)), 4 * len(wrong)))
        edits = tuple(SetCell(ref, _text(document, ref), text) for ref, text in wrong)
        change = await self.it.review.step(lambda: session.apply(edits))
        assert change is not None
        self.it.review.changed(change)
        await self.it.settle()

    async def _go(self, ref: CellRef) -> None:
        """Go to a cell by arrows, or by the places of the finding where that takes fewer keys."""
        review = self.it.review
        item, here = review.finding(), review.ref()
        steps = None
        if here is not None and here.table == ref.table:
            steps = abs(here.row - ref.row) + abs(here.column - ref.column)
        places = list(item.finding.cells) if item is not None else []
        if ref in places and (steps is None or steps > 4):
            for _ in range(len(places)):
                if review.ref() == ref:
                    return
                await self.press("moving", "]", "c")
        here = review.ref()
        if here is None or here.table != ref.table:
            # The list of tables, a few letters of its title, enter; then a search for its row.
            self._count("moving", 3)
            review.go_to_cell(ref)
            review.draw_place()
            return
        rows, columns = ref.row - here.row, ref.column - here.column
        if abs(rows) > 4:
            self._count("moving", 3)
            review.go_to_cell(CellRef(ref.table, ref.row, here.column))
            review.draw_place()
            rows = 0
        await self.press("moving", *(["j" if rows > 0 else "k"] * abs(rows)))
        await self.press("moving", *(["l" if columns > 0 else "h"] * abs(columns)))

    async def _cut_row(self, slip: Slip) -> bool:
        """Cut a row of two that ran together where the app proposes to; False where that is not where they did."""
        review = self.it.review
        now, right = texts_of(review.state.document.table(slip.table)), tuple(slip.rows)
        row = next((i for i, (a, b) in enumerate(zip(now, right, strict=False)) if a != b), None)
        if row is None:
            return False
        review.go_to_cell(CellRef(slip.table, row, 0))
        review.draw_place()
        await self.it.press("t", "k", "enter")
        if texts_of(review.state.document.table(slip.table)) == right:
            self._count("a row cut", 6)
            return True
        if len(review.state.document.table(slip.table).rows) > len(now):
            await self.it.press("u")
        elif self.it.app.screen is not review:
            await self.it.press("escape")
        return False

    async def _join_rows(self, slip: Slip) -> bool:
        """Join a row that was cut in two with the key that does; False where the rows then are not what they were."""
        review = self.it.review
        now, right = texts_of(review.state.document.table(slip.table)), tuple(slip.rows)
        row = next((i for i, (a, b) in enumerate(zip(now, right, strict=False)) if a != b), None)
        if row is None or len(now) != len(right) + 1:
            return False
        here = review.ref()
        await self._go(CellRef(slip.table, row, here.column if here and here.table == slip.table else 0))
        await self.press("a row joined", "t", "j")
        if texts_of(review.state.document.table(slip.table)) == right:
            return True
        await self.press("a row joined", "u")
        return False

    def _count(self, what: str, keys: int) -> None:
        self.keys += keys
        self.spent[what] += keys
        self.trace.append(f"{what}: {keys} keys")

    async def _reshape(self, slip: Slip) -> None:
        """The rows of a table as they were, at the price of a chord for each row that
        comes or goes and the keys of each cell that is typed."""
        if slip.kind == "rows_merged" and await self._cut_row(slip):
            return
        if slip.kind == "row_split" and await self._join_rows(slip):
            return
        session, document = self.it.review.session, self.it.review.state.document
        now, right = [tuple(row) for row in texts_of(document.table(slip.table))], [tuple(row) for row in slip.rows]
        first = next((i for i, (a, b) in enumerate(zip(now, right, strict=False)) if a != b), min(len(now), len(right)))
        tail = 0
        while tail < min(len(now), len(right)) - first and now[-1 - tail] == right[-1 - tail]:
            tail += 1
        old, new = now[first : len(now) - tail], right[first : len(right) - tail]
        known = {row for row in old if row in new}
        typed = sum(_keys_to_type(row) for row in new if row not in known)
        self._count("rows by hand", 2 * max(len(old), len(new)) - 2 * len(known) + typed)
        edits: list[Edit] = [DeleteRows(slip.table, first, tuple(old))] if old else []
        edits += [InsertRows(slip.table, first, tuple(new))] if new else []
        change = await self.it.review.step(lambda: session.apply(tuple(edits)))
        assert change is not None
        self.it.review.changed(change)
        await self.it.settle()


def _keys_to_type(row: tuple[str, ...]) -> int:
    """Keys to fill an empty row from its first text to its last: one opens the cell, `tab` takes what was typed and
    opens the next, `enter` takes the last."""
    filled = [column for column, text in enumerate(row) if text]
    return 1 + filled[-1] - filled[0] + 1 if filled else 0


def _cells_of(check: Check) -> frozenset[CellRef]:
    return frozenset(term.ref for term in check.terms)


def _text(document: Document, ref: CellRef) -> str:
    try:
        return document.cell(ref).text
    except (KeyError, IndexError):
        return ""


@dataclass(frozen=True)
class Outcome:
    """What one document took."""

    name: str
    findings: int
    keys: int
    settled: bool
    spent: Counter[str]
    trace: tuple[str, ...]

    @property
    def per_finding(self) -> float:
        return self.keys / max(self.findings, 1)


async def review(path: Path, count: int, seed: int, records: Path, clean: Reconciliation) -> Outcome | None:
    """Put slips into a document and settle it; None where nothing fails then."""
    slips: tuple[Slip, ...] = ()
    document = clean.document
    if count:
        document, slips = inject(clean, random.Random(f"{path.name}/{seed}/{count}"), count, (*EXTRACTION, *SHAPES))
    broken = Reconciliation.of(document)
    findings = find_root_causes(broken)
    if not findings:
        return None
    analysis = Analysis(Path(path.name), document, broken, findings)
    own = frozenset(_cells_of(result.check) for result in clean.failures)
    async with running([analysis], records, size=(120, 40)) as it:
        reviewer = Reviewer(it, slips, own)
        settled = await reviewer.settle()
        trace = (*(slip.kind for slip in slips), *reviewer.trace)
        return Outcome(path.name, len(findings), reviewer.keys, settled, reviewer.spent, trace)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--slips", type=int, nargs="+", default=[0, 1, 4])
    parser.add_argument("--rounds", type=int, default=1, help="seeds for each document")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--worst", type=int, default=3, help="how many are shown key by key")
    options = parser.parse_args()
    grounds = {path: Reconciliation.of(_document(path)) for path in options.documents}
    print("slips  documents  findings   keys  a finding: median  mean  worst   not settled  three or fewer")
    for count in options.slips:
        found: list[Outcome] = []
        for path, clean in grounds.items():
            for seed in range(options.seed, options.seed + (options.rounds if count else 1)):
                with tempfile.TemporaryDirectory() as records:
                    outcome = asyncio.run(review(path, count, seed, Path(records), clean))
                if outcome is not None:
                    found.append(outcome)
        _report(count, found, options.worst)


def _report(count: int, found: list[Outcome], worst: int) -> None:
    if not found:
        return
    rates = [outcome.per_finding for outcome in found]
    print(
        f"{count:5} {len(found):10} {sum(o.findings for o in found):9} {sum(o.keys for o in found):6}"
        f" {median(rates):18.2f} {mean(rates):5.2f} {max(rates):6.2f} {sum(not o.settled for o in found):13}"
        f" {sum(rate <= 3 for rate in rates):15}"
    )
    spent: Counter[str] = Counter()
    for outcome in found:
        spent += outcome.spent
    print("       " + ", ".join(f"{what} {keys}" for what, keys in spent.most_common()))
    for outcome in sorted(found, key=lambda o: (o.settled, -o.per_finding))[:worst]:
        print(
            f"       {outcome.per_finding:5.1f}  {outcome.name}, {outcome.findings} findings: {' | '.join(outcome.trace)}"
        )


if __name__ == "__main__":
    main()
