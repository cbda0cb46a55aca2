"""How far two reviewers agree, cell by cell and finding by finding, and where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from workbench.errors import FileProblem, InvalidFileError, WorkbenchError
from workbench.model.amount import FigureKind, read_figure
from workbench.model.edit import SetCell
from workbench.model.record import ReviewRecord, Verdict
from workbench.records.folder import records_by_document
from workbench.records.measures import Measure, measure

SCHEMA = "workbench.agreement/1"
_UNDECIDED = "undecided"
_CORRECTED = "corrected"
_ABOUT_CELLS = (Verdict.CELL_RIGHT, Verdict.VALUE_REJECTED)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that two reviewers rated differently: a cell or a finding, by its place and by its name."""

    document: str
    kind: str
    place: str
    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two sets of records. `corrected` is over cells: was it corrected or left; `cells` over the
    same cells: do both show the same text; `findings` over the findings that either ruled on. `unmatched` are the
    documents that only one side has, `problems` the records that could not be read."""

    documents: int
    cells: Measure
    corrected: Measure
    findings: Measure
    disagreements: tuple[Disagreement, ...]
    unmatched: tuple[str, ...] = ()
    problems: tuple[WorkbenchError, ...] = ()
    reviewers: tuple[str, str] = ("first", "second")

    def as_rows(self) -> list[list[str]]:
        """A heading, and a row a found."""
        rows = [["over", "count", "agreed", "per cent", "kappa", "kappa 95", "ac1"]]
        for name, found in self._measures():
            share, kappa, between = found.share, found.kappa, found.kappa_95
            rows.append(
                [
                    name,
                    str(found.count),
                    str(found.agreed),
                    "" if share is None else f"{float(100 * share):.1f}",
                    "" if kappa is None else f"{float(kappa):.3f}",
                    "" if between is None else f"{between[0]:.3f} – {between[1]:.3f}",
                    "" if found.ac1 is None else f"{float(found.ac1):.3f}",
                ]
            )
        return rows

    def disagreement_rows(self) -> list[list[str]]:
        """A heading, and a row a disagreement; documents that only one side has come last."""
        rows = [["document", "kind", "place", "of", *self.reviewers]]
        rows += [
            [item.document, item.kind, item.place, item.label, item.first, item.second] for item in self.disagreements
        ]
        return rows + [[name, "document", "", "only one reviewer has it", "", ""] for name in self.unmatched]

    def as_json(self) -> dict[str, object]:
        """The same as data."""
        return {
            "schema": SCHEMA,
            "documents": self.documents,
            "reviewers": list(self.reviewers),
            **{
                name.replace(" ", "_"): {
                    "count": found.count,
                    "agreed": found.agreed,
                    "share": None if found.share is None else float(found.share),
                    "kappa": None if found.kappa is None else float(found.kappa),
                    "kappa_95": found.kappa_95,
                    "ac1": None if found.ac1 is None else float(found.ac1),
                }
                for name, found in self._measures()
            },
            "disagreements": [asdict(item) for item in self.disagreements],
            "unmatched": list(self.unmatched),
        }

    def _measures(self) -> tuple[tuple[str, Measure], ...]:
        return ("cells", self.cells), ("cells corrected", self.corrected), ("findings", self.findings)


def agreement_of(first: Path, second: Path) -> Agreement:
    """The agreement of two records, or of the records of two folders that are about the same files.

    Raises InvalidFileError where one of them is not there, or where there is nothing to compare.
    """
    left, right = records_by_document(first), records_by_document(second)
    problems = (*left.problems, *right.problems)
    both = [key for key in left.records if key in right.records]
    if not both:
        if problems:
            raise problems[0]
        raise InvalidFileError([FileProblem(str(second), None, f"has no record of a document that {first} has")])
    alone = sorted(
        Path(side[key][1].source.path).name
        for side, other in ((left.records, right.records), (right.records, left.records))
        for key in side
        if key not in other
    )
    pairs = [(left.records[key][1], right.records[key][1]) for key in both]
    names = tuple(_reviewers([pair[side] for pair in pairs]) for side in (0, 1))
    if names[0] == names[1] or not all(names):
        names = (str(first), str(second))
    found = compare(pairs, tuple(alone))
    return replace(found, problems=problems, reviewers=(names[0], names[1]))


def _reviewers(records: Iterable[ReviewRecord]) -> str:
    return ", ".join(sorted({record.reviewer for record in records} - {""}))


def compare(pairs: Sequence[tuple[ReviewRecord, ReviewRecord]], unmatched: tuple[str, ...] = ()) -> Agreement:
    """The agreement over pairs of records, each of one document."""
    texts: list[tuple[str, str]] = []
    touched: list[tuple[str, str]] = []
    rulings: list[tuple[str, str]] = []
    disagreements: list[Disagreement] = []
    for first, second in pairs:
        document = Path(first.source.path).name
        left, right = (frozenset(_corrected(record)) for record in (first, second))
        names = _labels(second) | _labels(first)
        for place, before, after in _cells(first, second):
            texts.append((before, after))
            touched.append((_left_or_corrected(place in left), _left_or_corrected(place in right)))
            if before != after:
                disagreements.append(Disagreement(document, "cell", place, names.get(place, ""), before, after))
        messages = {item.id: item.message for record in (second, first) for item in record.findings}
        ours, theirs = _rulings(first), _rulings(second)
        for finding in dict.fromkeys([*ours, *theirs]):
            pair = _ruling(first, ours, finding), _ruling(second, theirs, finding)
            rulings.append(pair)
            if pair[0] != pair[1]:
                disagreements.append(Disagreement(document, "finding", finding, messages.get(finding, ""), *pair))
    same = sum(before == after for before, after in texts)
    return Agreement(
        len(pairs),
        Measure(len(texts), same),
        measure(touched),
        measure(rulings),
        tuple(disagreements),
        unmatched,
    )


def _ruling(record: ReviewRecord, rulings: Mapping[str, str], finding: str) -> str:
    """What a reviewer ruled on a finding; "corrected" where corrections made it go away without a word."""
    if finding in rulings:
        return rulings[finding]
    stands = any(item.id == finding for item in record.findings)
    return _UNDECIDED if stands or not record.corrections else _CORRECTED


def _labels(record: ReviewRecord) -> dict[str, str]:
    """What names each cell of the record's grids: the texts left of it that are no amounts, and the head over it."""
    names = {}
    for table in record.tables:
        for index, row in enumerate(table.rows):
            said: list[str] = []
            for column, text in enumerate(row):
                heads = (line[column] for line in reversed(table.header) if column < len(line))
                # A row that only numbers the columns (栏次 1 2 3) names none of them.
                head = next((text for text in heads if text and not text.isdigit()), "")
                names[f"{table.id}/{index}/{column}"] = " · ".join(filter(None, (" ".join(said[-2:]), head)))
                if text and (text.isdigit() or read_figure(text).kind is FigureKind.TEXT):
                    said.append(text)
    return names


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
    return _CORRECTED if corrected else "left"


def _rulings(record: ReviewRecord) -> dict[str, str]:
    """The last ruling on each finding; one that was taken back is none."""
    rulings: dict[str, str] = {}
    for decision in record.decisions:
        if decision.verdict is Verdict.REOPENED:
            rulings.pop(decision.finding, None)
        elif decision.verdict not in _ABOUT_CELLS:
            rulings[decision.finding] = decision.verdict.value
    return rulings
