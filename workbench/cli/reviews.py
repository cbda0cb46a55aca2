"""The commands of a review: the app itself, the data set that comes of it, and what records say."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from workbench.cli.chosen import settings_of
from workbench.cli.output import headed, indented, output_of, write_documents, write_json
from workbench.cli.text import aligned, on_one_line, printable, styled, use_color
from workbench.config.refusals import refusal
from workbench.errors import ExitCode, OutputError, WorkbenchError

if TYPE_CHECKING:
    from workbench.config.messages import Phrasebook
    from workbench.export.rows import CorrectionRow, DocumentPart
    from workbench.model.record import Conflict
    from workbench.records.index import RecordIndex
    from workbench.review.statistics import Statistics

_DIFF = "workbench.diff/1"
_MERGE = "workbench.merge/1"


def run_review(options: argparse.Namespace) -> int:
    """Opens the terminal app on the paths (the working directory by default)."""
    from workbench.tui.app import run

    settings = settings_of(options)
    if "TEXTUAL_DRIVER" not in os.environ:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise WorkbenchError("review needs a terminal", "use `workbench check` where there is none")
        if not sys.stderr.isatty():
            raise WorkbenchError(
                "review draws on standard error, which does not lead to the terminal", "leave out `2>`"
            )
    return int(run([Path(path) for path in options.paths or ["."]], settings, source=options.source))


def run_serve(options: argparse.Namespace) -> int:
    """Serves the same app to a browser on this machine."""
    from workbench.tui.serve import serve

    return int(serve(options.paths or ["."], settings_of(options), port=options.port, source=options.source))


def run_export(options: argparse.Namespace) -> int:
    """Writes the corrected data set of all documents, as their rows come from the workers. Where nothing can be read,
    nothing is written: a folder that is not there one night must not empty the data set of the night before."""
    from workbench.cli.reading import Reading
    from workbench.export import write_dataset
    from workbench.review.outcome import Exported

    if str(options.output) == "-":
        raise OutputError("-", "a data set is no stream", "name a file or a folder")
    reading = Reading(options, settings_of(options), suggest=True)
    reading.expect_records()
    count = copies = 0
    contents: set[str] = set()

    def parts() -> Iterator[DocumentPart]:
        nonlocal count, copies
        for part in reading.surveyed(Exported(reading.settings.interface_language, options.only_done)):
            count += 1
            copies += part.document.sha256 in contents
            contents.add(part.document.sha256)
            yield part

    made = parts()
    first = list(_first(made))
    if not reading.count:
        return reading.exit_code
    written = write_dataset(chain(first, made), options.output, options.format)
    if not options.quiet:
        files = "1 file" if len(written) == 1 else f"{len(written)} files"
        reading.say(f"wrote {files} for {count} document{'' if count == 1 else 's'} to {options.output}")
        if copies:
            reading.say(f"workbench: documents with the content of another one: {copies} (`duplicate_of` names it)")
    return reading.exit_code


def _first(parts: Iterator[DocumentPart]) -> Iterator[DocumentPart]:
    """The first of the parts, where there is one."""
    for part in parts:
        yield part
        return


def run_diff(options: argparse.Namespace) -> int:
    """Prints what reviewers changed. Exit 1 when there is something."""
    from workbench.cli.reading import Reading
    from workbench.config.messages import Phrasebook
    from workbench.review.outcome import changes_of

    reading = Reading(options, settings_of(options), suggest=False)
    reading.expect_records()
    color = use_color(reading.settings.color) and options.output is None
    say = Phrasebook(reading.settings.interface_language)

    def changed() -> Iterator[tuple[str, list[CorrectionRow]]]:
        for path, changes in reading.surveyed(changes_of):
            reading.found = reading.found or bool(changes)
            yield path, changes

    with output_of(options) as out:
        if options.format == "json":
            entries = (
                indented({"path": path, "changes": [asdict(change) for change in changes]})
                for path, changes in changed()
            )
            write_documents(out, _DIFF, entries)
        else:
            for path, changes in changed():
                print(styled(on_one_line(path), "strong", color), file=out)
                for change in changes:
                    _print_change(out, change, say, color)
    return reading.exit_code


def _print_change(out: IO[str], change: CorrectionRow, say: Phrasebook, color: bool) -> None:
    labels = " · ".join(label for label in (change.row_label, change.column_label) if label)
    ruling = change.method == "decision"
    kind = say.named("verdict" if ruling else "diff", change.kind)
    about = "  ".join(part for part in (kind, change.place or change.finding, labels) if part)
    late = "" if change.applied else "  " + say("diff.without_finding" if ruling else "diff.left_out")
    print(on_one_line(f"  {about}  ({change.by} {change.at}){late}"), file=out)
    if not ruling and (change.before or change.after):
        for before in _marked("- ", change.before) if not change.moves else ():
            print(styled(before, "fail", color), file=out)
        for after in _marked("+ ", change.told):
            print(styled(after, "good", color), file=out)
    elif change.after:
        print(*_marked("", change.after), sep="\n", file=out)
    if change.note:
        print(*_marked("# ", change.note), sep="\n", file=out)


def _marked(sign: str, text: str) -> list[str]:
    """The lines of a text, each behind what says that it is part of it."""
    return [f"    {sign}{printable(line)}" for line in text.splitlines() or [""]]


def run_stats(options: argparse.Namespace) -> int:
    """Prints the progress of the records in a folder; with documents also how many errors there are, and where."""
    from workbench.cli.reading import Reading
    from workbench.config.messages import Phrasebook
    from workbench.records.index import RecordIndex, read_index, summary_for
    from workbench.review.document_figures import figures_of, with_summary
    from workbench.review.statistics import statistics_of

    settings = settings_of(options)
    reading = Reading(options, settings)
    reading.expect_records()
    folder = Path(settings.records)
    index = read_index(folder)
    documents = []
    met: set[Path] = set()
    if options.paths:
        for analysis in reading.analyses():
            read = analysis.document
            try:
                named = read.entity, read.fiscal_year, read.report.value
                summary = summary_for(folder, analysis.path, read.source.sha256, *named)
            except WorkbenchError:
                summary = None  # told of below, among the problems of the index
            met |= {summary.path} if summary else set()
            documents.append(with_summary(figures_of(analysis), summary))
    strays = [record for record in index.records if options.paths and record.path not in met]
    about = [record for record in index.records if record.path in met] if options.paths else index.records
    figures = statistics_of(documents, about, len(reading.failures))
    with output_of(options) as out:
        if options.format == "json":
            unmet = {"without_document": [str(record.path) for record in strays]}
            write_json(out, index.as_json() | {"figures": figures.as_json()} | unmet)
        else:
            _print_statistics(out, RecordIndex(tuple(about)), figures, Phrasebook(settings.interface_language))
    for problem in index.problems:
        reading.say(f"workbench: {problem}")
    for record in strays:
        reading.say(f"workbench: {record.path}: is about {record.source}, which was not among what was read")
    if options.paths and not documents:
        return int(reading.exit_code)
    return int(ExitCode.UNREADABLE if index.problems or reading.failures else ExitCode.CLEAN)


def _print_statistics(out: IO[str], index: RecordIndex, figures: Statistics, say: Phrasebook) -> None:
    from workbench.review.statistics_words import sections, summary_words

    for line in summary_words(figures, say):
        print(printable(line), file=out)
    for section in sections(figures, say):
        print(f"\n{section.title}", file=out)
        rows = [["  " + row.label, f"{row.figure:,}", row.text] for row in section.rows]
        for line in aligned(rows, widest=60):
            print(line, file=out)
    if index.records:
        print(file=out)
        for line in aligned(headed(index.as_rows(), say, {0: "name", 2: "status"}), widest=48):
            print(line, file=out)


def run_agree(options: argparse.Namespace) -> int:
    """Prints per-cell and per-finding agreement of two sets of records."""
    from workbench.config.messages import Phrasebook
    from workbench.records.agreement import agreement_of

    agreement = agreement_of(options.first, options.second)
    language = settings_of(options).interface_language
    say = Phrasebook(language)
    with output_of(options) as out:
        if options.format == "json":
            write_json(out, agreement.as_json())
        else:
            for line in aligned(headed(agreement.as_rows(), say, {0: "name"})):
                print(line, file=out)
            differing = headed(agreement.disagreement_rows(), say, {1: "name", 3: "name", 4: "verdict", 5: "verdict"})
            for line in ["", *aligned(differing, widest=48)] if len(differing) > 1 else []:
                print(line, file=out)
    return _told(agreement.problems, language)


def run_merge(options: argparse.Namespace) -> int:
    """Merges reviews: two versions of a record, two folders of them, or one that git left with both versions in it.
    Exit 1 when there are conflicts, which the result holds."""
    from workbench.records.merging.files import merge_files, merge_folders, merge_marked

    files: list[Path] = options.files[:3]
    if len(options.files) > 4:
        raise WorkbenchError(f"merge takes one, two or three files, not {len(options.files)}", "workbench merge --help")
    folders = [file for file in files if file.is_dir()]
    if folders and not len(folders) == len(files) == 2:
        raise WorkbenchError(
            f"{folders[0]} is a folder: it is merged with one other folder",
            "name two folders: workbench merge A B -o C",
        )
    output: Path = options.output or files[-2:][0]
    problems: Sequence[WorkbenchError] = ()
    language = settings_of(options).interface_language
    if len(files) == 1:
        conflicts = {output: merge_marked(files[0], output)}
    elif len(files) == 2 and files[0].is_dir() and files[1].is_dir():
        merged, problems = merge_folders(files[0], files[1], output)
        conflicts = {each.path: each.conflicts for each in merged}
        if not options.quiet:
            print(f"workbench: records merged into {output}: {len(merged)}", file=sys.stderr)
    else:
        base = files[0] if len(files) == 3 else None
        name = str(options.files[3]) if len(options.files) > 3 else ""
        conflicts = {Path(name or output): merge_files(base, files[-2], files[-1], output, name)}
    if options.format == "json":
        write_json(sys.stdout, _merge_as_json(conflicts, problems))
    for path, listed in conflicts.items() if options.format == "text" else ():
        for conflict in listed:
            print(f"workbench: {printable(refusal(f'{path}: {conflict}', language))}", file=sys.stderr)
    return _told(problems, language) or int(ExitCode.FINDINGS if any(conflicts.values()) else ExitCode.CLEAN)


def _merge_as_json(
    conflicts: Mapping[Path, Sequence[Conflict]], problems: Sequence[WorkbenchError]
) -> dict[str, object]:
    from workbench.model.record import Decision

    def entry(conflict: Conflict) -> dict[str, str]:
        texts = {name: str(getattr(conflict, name)) for name in ("kind", "place", "base", "ours", "theirs")}
        ruled = {"verdict": conflict.action.verdict.value} if isinstance(conflict.action, Decision) else {}
        return texts | ruled | ({"by": conflict.action.by} if conflict.action is not None else {})

    records = [{"path": str(path), "conflicts": [entry(each) for each in listed]} for path, listed in conflicts.items()]
    return {"schema": _MERGE, "records": records, "problems": [str(problem) for problem in problems]}


def _told(problems: Iterable[WorkbenchError], language: str) -> int:
    """The exit code after these problems, each of which is named on stderr."""
    code = ExitCode.CLEAN
    for problem in problems:
        print(f"workbench: {printable(refusal(problem, language))}", file=sys.stderr)
        code = ExitCode.UNREADABLE
    return int(code)
