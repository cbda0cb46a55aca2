"""How far two reviewers agree, cell by cell and finding by finding: per cent, and beyond chance Cohen's kappa.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46:
κ = (p_o − p_e) ÷ (1 − p_e), p_e from each reviewer's own frequencies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from workbench.errors import FileProblem, InvalidFileError
from workbench.model.edit import SetCell
from workbench.model.record import ReviewRecord, Verdict
from workbench.records.store import RecordStore

SCHEMA = "workbench.agreement/1"
_UNDECIDED = "undecided"
_ABOUT_CELLS = (Verdict.CELL_RIGHT, Verdict.VALUE_REJECTED)


@dataclass(frozen=True, slots=True)
class Measure:
    """Agreement over `count` things: how many both rated alike, and kappa (None where chance alone would agree
    always, or where there is nothing)."""

    count: int
    agreed: int
    kappa: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """Agreed of all."""
        return Fraction(self.agreed, self.count) if self.count else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that two reviewers rated differently."""

    document: str
    kind: str
    place: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two sets of records. `corrected` is over cells: was it corrected or left; `cells` over the
    same cells: do both show the same text; `findings` over the findings that either ruled on."""

    documents: int
    cells: Measure
    corrected: Measure
    findings: Measure
    disagreements: tuple[Disagreement, ...]
    unmatched: tuple[str, ...] = ()

    def as_rows(self) -> list[list[str]]:
        """A heading, a row a measure, and a row a disagreement."""
        rows = [["over", "count", "agreed", "per cent", "kappa"]]
        for name, measure in self._measures():
            share, kappa = measure.share, measure.kappa
            rows.append(
                [
                    name,
                    str(measure.count),
                    str(measure.agreed),
                    "" if share is None else f"{float(100 * share):.1f}",
                    "" if kappa is None else f"{float(kappa):.3f}",
                ]
            )
        rows += [[item.document, item.kind, item.place, item.first, item.second] for item in self.disagreements]
        return rows + [[name, "only one reviewer has it", "", "", ""] for name in self.unmatched]

    def as_json(self) -> dict[str, object]:
        """The same as data."""
        return {
            "schema": SCHEMA,
            "documents": self.documents,
            **{
                name.replace(" ", "_"): {
                    "count": measure.count,
                    "agreed": measure.agreed,
                    "share": None if measure.share is None else float(measure.share),
                    "kappa": None if measure.kappa is None else float(measure.kappa),
                }
                for name, measure in self._measures()
            },
            "disagreements": [
                {"document": d.document, "kind": d.kind, "place": d.place, "first": d.first, "second": d.second}
                for d in self.disagreements
            ],
            "unmatched": list(self.unmatched),
        }

    def _measures(self) -> tuple[tuple[str, Measure], ...]:
        return ("cells", self.cells), ("cells corrected", self.corrected), ("findings", self.findings)


def agreement_of(first: Path, second: Path) -> Agreement:
    """The agreement of two records, or of the records of two folders that are about the same files.

    Raises InvalidFileError (also where there is nothing to compare), RecordSchemaError, StorageError.
    """
    left, right = _records(first), _records(second)
    both = [key for key in left if key in right]
    if not both:
        raise InvalidFileError([FileProblem(str(second), None, f"has no record of a document that {first} has")])
    names = {key: Path(record.source.path).name for side in (left, right) for key, record in side.items()}
    alone = sorted(names[key] for key in {*left, *right} if key not in both)
    return compare([(left[key], right[key]) for key in both], tuple(alone))


def compare(pairs: Sequence[tuple[ReviewRecord, ReviewRecord]], unmatched: tuple[str, ...] = ()) -> Agreement:
    """The agreement over pairs of records, each of one document."""
    texts: list[tuple[str, str]] = []
    touched: list[tuple[str, str]] = []
    rulings: list[tuple[str, str]] = []
    disagreements: list[Disagreement] = []
    for first, second in pairs:
        document = Path(first.source.path).name
        left, right = (frozenset(_corrected(record)) for record in (first, second))
        for place, before, after in _cells(first, second):
            texts.append((before, after))
            touched.append((_left_or_corrected(place in left), _left_or_corrected(place in right)))
            if before != after:
                disagreements.append(Disagreement(document, "cell", place, before, after))
        ours, theirs = _rulings(first), _rulings(second)
        for finding in dict.fromkeys([*ours, *theirs]):
            pair = ours.get(finding, _UNDECIDED), theirs.get(finding, _UNDECIDED)
            rulings.append(pair)
            if pair[0] != pair[1]:
                disagreements.append(Disagreement(document, "finding", finding, *pair))
    same = sum(before == after for before, after in texts)
    return Agreement(
        len(pairs),
        Measure(len(texts), same, None),
        measure(touched),
        measure(rulings),
        tuple(disagreements),
        unmatched,
    )


def measure(pairs: Sequence[tuple[str, str]]) -> Measure:
    """Agreement and Cohen's kappa over pairs of ratings."""
    count = len(pairs)
    agreed = sum(left == right for left, right in pairs)
    if not count:
        return Measure(0, 0, None)
    lefts, rights = Counter(left for left, _ in pairs), Counter(right for _, right in pairs)
    by_chance = Fraction(sum(lefts[rating] * rights[rating] for rating in lefts), count * count)
    kappa = None if by_chance == 1 else (Fraction(agreed, count) - by_chance) / (1 - by_chance)
    return Measure(count, agreed, kappa)


def _records(path: Path) -> dict[str, ReviewRecord]:
    paths = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    records = {}
    for found in paths:
        loaded = RecordStore(found.parent).load(found)
        if loaded is not None and not found.name.startswith("."):
            records[f"{loaded.record.source.sha256}/{Path(loaded.record.source.path).name}"] = loaded.record
    return records


def _cells(first: ReviewRecord, second: ReviewRecord) -> Iterator[tuple[str, str, str]]:
    """Every cell that either grid has, with its text in both; "" where one of them has no such cell."""
    left, right = (dict(_texts(record)) for record in (first, second))
    for place in dict.fromkeys([*left, *right]):
        yield place, left.get(place, ""), right.get(place, "")


def _texts(record: ReviewRecord) -> Iterator[tuple[str, str]]:
    for table in record.tables:
        for index, row in enumerate(table.rows):
            for column, text in enumerate(row):
                yield f"{table.id}/{index}/{column}", text


def _corrected(record: ReviewRecord) -> Iterator[str]:
    for correction in record.corrections:
        for edit in correction.edits:
            if isinstance(edit, SetCell):
                yield str(edit.ref)


def _left_or_corrected(corrected: bool) -> str:
    return "corrected" if corrected else "left"


def _rulings(record: ReviewRecord) -> dict[str, str]:
    """The last ruling on each finding; one that was taken back is none."""
    rulings: dict[str, str] = {}
    for decision in record.decisions:
        if decision.verdict is Verdict.REOPENED:
            rulings.pop(decision.finding, None)
        elif decision.verdict not in _ABOUT_CELLS:
            rulings[decision.finding] = decision.verdict.value
    return rulings
