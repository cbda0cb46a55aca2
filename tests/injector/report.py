"""`python -m tests.injector.report`: slips by kind, how many show, how many are found and undone.

`--documents N` made-up documents a cell, `--seed S`, `--density dense|sparse|thin|rules|disclosures` (the generator's
own equations, or those of `workbench.checks`, on its documents or on those of `tests/disclosures`), `--slips 1 2 4`,
`--source` for errors of the document itself, `--more` for slips of whole lines and of names beside the usual ones,
`--intervals` for the 95 % intervals of the rates, `--misses` for the slips missed, `--why` for the causes of misses, or
files to use as ground instead of made-up documents: tables JSON, or documents, of which the cells keep their places on
the page, as those of a document that is read wrongly do.

Rates are of the visible slips: a check fails by them alone, or one that fails would say something else without them.
Below them those of the slips that make a check fail by themselves, whatever else has slipped, and of all whose cells a
failing check touches, though it would say the same without some of these: nothing tells that they happened. Ranks are
places in the list; in brackets, cells as likely as each other count as one place. *Exact*: the figures come back;
*whole*: the codes of rows that were lost do, too.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.disclosures.documents import random_document
from tests.injector.documents import sample
from tests.injector.lines import LINES
from tests.injector.score import Mark, marks, safety, still_known, suspected
from tests.injector.shapes import CUTS, SHAPES
from tests.injector.slips import EXTRACTION, SOURCE, Slip, inject
from tests.injector.why import NOT_IDENTIFIABLE, Inquiry, Verdict, Why
from workbench.checks import Reconciliation
from workbench.model.table import Document
from workbench.repairs import find_root_causes
from workbench.sources import read_source
from workbench.tables import parse
from workbench.tables.interchange.from_json import document_from_json

_BY_RULES: dict[str, Callable[[int], Document]] = {
    "rules": lambda seed: sample(seed).document,
    "disclosures": lambda seed: random_document(seed).with_text(),
}
"""Made-up documents that are met with the rules of `workbench.checks`."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", type=Path)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--density", default="sparse")
    parser.add_argument("--kinds", nargs="+")
    parser.add_argument("--slips", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--source", action="store_true")
    parser.add_argument("--more", action="store_true")
    parser.add_argument("--by-kind", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--why", action="store_true")
    parser.add_argument("--intervals", action="store_true")
    options = parser.parse_args()
    if options.tables:
        options.density = "rules"
    kinds = tuple(SOURCE if options.source else EXTRACTION)
    if options.density in _BY_RULES and not options.source:
        # The generator's own equations are about the cells of its own rows.
        kinds += tuple(SHAPES)
        kinds += (*LINES, *CUTS) if options.more else ()
    kinds = tuple(options.kinds or kinds)
    print(f"{'slips':24} {'':5} visible rank 1 (ties)  top 3 (ties)  exact  whole  safe  wrong safe    ms p50  ms p99")
    for count in options.slips:
        found: list[Mark] = []
        times: list[float] = []
        safe = wrong = 0
        causes: Counter[Why] = Counter()
        for seed, clean in _grounds(options):
            rng = random.Random(f"{seed}/{count}/{options.source}")
            document, slips = inject(clean, rng, count, kinds)
            own = find_root_causes(clean) if clean.failures else ()
            known = still_known(suspected(clean, own), clean.document, document)
            broken = clean.of(document) if type(clean) is Reconciliation else clean.after(document, ())
            # What was built so far is not this search's to collect.
            gc.freeze()
            before = time.process_time()
            findings = find_root_causes(broken)
            times.append(1000 * (time.process_time() - before))
            scored = marks(broken, findings, slips, known, clean, own)
            found += scored
            counted = safety(broken.document, findings, slips, known)
            safe, wrong = safe + counted.safe, wrong + counted.wrong
            missed = [mark for mark in scored if mark.visible and (mark.rank > 1 or not mark.exact)]
            inquiry = Inquiry.on(broken, findings, slips, clean, own) if options.why and missed else None
            for mark in missed:
                if options.misses:
                    _show(seed, count, mark, broken)
                if inquiry is not None:
                    verdict = inquiry.why(mark.slip, telling=mark.telling)
                    causes[verdict.why] += 1
                    _show_why(verdict)
            if options.misses and counted.wrong:
                print("    wrong safe in", seed, count)
        _line(str(count), found, safe, wrong, times)
        if options.intervals:
            _intervals(found, safe, wrong)
        if options.why:
            _split(causes)
        if options.by_kind:
            by_kind: dict[str, list[Mark]] = defaultdict(list)
            for mark in found:
                by_kind[mark.slip.kind].append(mark)
            for kind in sorted(by_kind):
                _line(f"  {kind}", by_kind[kind])


def _document(path: Path) -> Document:
    """The document of a tables JSON, or what is read of any other file, each cell with its place on the page."""
    if path.suffix == ".json":
        data = json.loads(path.read_text(encoding="utf-8"))
        return document_from_json(data.get("documents", [data])[0], path.name)
    return parse(read_source(path))


def _grounds(options: argparse.Namespace) -> Iterator[tuple[int, Reconciliation]]:
    grounds: dict[Path, Reconciliation] = {}
    for number in range(options.documents):
        seed = options.seed + number
        if options.tables:
            path = options.tables[number % len(options.tables)]
            if path not in grounds:
                grounds[path] = Reconciliation.of(_document(path))
            yield seed, grounds[path]
        elif options.density in _BY_RULES:
            yield seed, Reconciliation.of(_BY_RULES[options.density](seed))
        else:
            yield seed, sample(seed).at(options.density, random.Random(seed)).reconciliation()


def _line(
    name: str, found: list[Mark], safe: int | None = None, wrong: int = 0, times: list[float] | None = None
) -> None:
    """One row of the table: of the slips that a failing check touches the share found and undone, in list order and (in
    brackets) with those as likely counted as found."""
    seen = [mark for mark in found if mark.visible]

    def share(number: int, of: int) -> str:
        return f"{100 * number / max(of, 1):6.1f}"

    def rates(of: list[Mark]) -> str:
        first = f"{share(sum(m.rank == 1 for m in of), len(of))} ({share(sum(m.tied == 1 for m in of), len(of))})"
        third = f"{share(sum(m.rank <= 3 for m in of), len(of))} ({share(sum(m.tied <= 3 for m in of), len(of))})"
        return f"{first} {third} {share(sum(m.exact for m in of), len(of))} {share(sum(m.whole for m in of), len(of))}"

    text = f"{name:24} {len(found):5} {share(len(seen), len(found))} {rates(seen)}"
    if safe is not None and times:
        times = sorted(times)
        text += f" {safe:5} {wrong:3} ({share(wrong, safe)}%) {times[len(times) // 2]:7.1f} {times[int(len(times) * 0.99)]:7.1f}"
    print(text)
    if safe is not None:
        telling = [mark for mark in found if mark.telling]
        touched = [mark for mark in found if mark.touched]
        for of, name in ((telling, "  telling by themselves"), (touched, "  touched by a failure")):
            print(f"{name:24} {len(of):5} {share(len(of), len(found))} {rates(of)}")


def _intervals(found: list[Mark], safe: int, wrong: int) -> None:
    """The 95 % intervals of the rates, of so many slips that show and so many safe suggestions."""
    seen = [mark for mark in found if mark.visible]
    counts = (sum(m.rank == 1 for m in seen), sum(m.rank <= 3 for m in seen), sum(m.exact for m in seen))
    rates = ", ".join("{:.1f} to {:.1f}".format(*between(count, len(seen))) for count in counts)
    print(f"  of {len(seen)}: {rates}; wrong of {safe}: {{:.2f}} to {{:.2f}}".format(*between(wrong, safe)))


def between(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a rate in percent (Wilson 1927)."""
    if not of:
        return 0.0, 100.0
    z = 1.96
    rate, square = count / of, z * z / of
    middle = (rate + square / 2) / (1 + square)
    reach = z * math.sqrt(rate * (1 - rate) / of + square / (4 * of)) / (1 + square)
    return max(100 * (middle - reach), 0.0), min(100 * (middle + reach), 100.0)


def _split(causes: Counter[Why]) -> None:
    """How many of the misses are the document's, in which the truth cannot be told, and how many are ours."""
    told = ", ".join(f"{why.value} {causes[why]}" for why in Why if causes[why])
    alike = sum(causes[why] for why in NOT_IDENTIFIABLE)
    print(f"  misses {causes.total()}: not identifiable {alike}, ours {causes.total() - alike} ({told})")


def _show_why(verdict: Verdict) -> None:
    """The true repair and the one found, side by side."""
    true, found = (f"{cost:.1f}" if cost is not None else "-" for cost in (verdict.true, verdict.found))
    print(f"      {verdict.why.value}: true {true} [{verdict.steps}] found {found} [{verdict.rival}]")


def _show(seed: int, count: int, mark: Mark, broken: Reconciliation) -> None:
    slip: Slip = mark.slip
    cells = [f"{ref} {text!r}->{broken.document.cell(ref).text!r}" for ref, text in slip.truth[:4]]
    print(
        f"    seed {seed} n {count} {slip.kind} rank {mark.rank} ({mark.tied}) exact {mark.exact}: {'; '.join(cells)}"
    )


if __name__ == "__main__":
    main()
