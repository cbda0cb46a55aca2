"""What each command does: analyses in, data on stdout, an exit code out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from workbench.cli.reading import Reading, output_of, settings_of
from workbench.cli.text import aligned, printable, styled, table_lines, use_color
from workbench.errors import ExitCode, UnknownNameError, WorkbenchError
from workbench.model.table import CellRef, Document
from workbench.pipeline import Analysis

if TYPE_CHECKING:
    from workbench.config.messages import Phrasebook
    from workbench.config.settings import Settings
    from workbench.export.dataset import DocumentPart
    from workbench.records.index import RecordIndex
    from workbench.review.statistics import Statistics


def run_review(options: argparse.Namespace) -> int:
    """Opens the terminal app on the paths (the working directory by default)."""
    from workbench.tui.app import run

    settings = settings_of(options)
    if not (sys.stdin.isatty() and sys.stdout.isatty()) and "TEXTUAL_DRIVER" not in os.environ:
        raise WorkbenchError("review needs a terminal", "use `workbench check` where there is none")
    return int(run([Path(path) for path in options.paths or ["."]], settings, source=options.source))


def run_serve(options: argparse.Namespace) -> int:
    """Serves the same app to a browser on this machine."""
    from workbench.tui.serve import serve

    return int(serve(options.paths or ["."], settings_of(options), port=options.port))


def run_tables(options: argparse.Namespace) -> int:
    """Prints the tables of all documents; JSON is written document by document, that of long ones table by table."""
    reading = Reading(options, settings_of(options), suggest=False)
    with output_of(options) as out:
        if options.format == "json":
            from workbench.tables.interchange import SCHEMA, document_to_json, long_document_to_json

            def entries() -> Iterator[Iterator[str]]:
                for long in reading.long_documents():
                    yield long_document_to_json(long.head, long.tables)
                for analysis in reading.analyses():
                    yield iter([_indented(document_to_json(_reviewed(analysis, reading)))])

            _write_documents(out, SCHEMA, entries())
        else:
            for long in reading.long_documents():
                _print_head(out, long.head)
                for table in long.tables:
                    print("\n".join(table_lines(table)), file=out, flush=True)
            for analysis in reading.analyses():
                _print_document(out, _reviewed(analysis, reading))
    return reading.exit_code


def _indented(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, indent=1)


def _print_head(out: IO[str], document: Document) -> None:
    year = "" if document.fiscal_year is None else str(document.fiscal_year)
    print(printable(f"{document.source.path}  {document.entity} {year}  {document.report.value}"), file=out)


def _print_document(out: IO[str], document: Document) -> None:
    _print_head(out, document)
    for table in document.tables:
        print("\n".join(table_lines(table)), file=out)
    for problem in document.problems:
        print(printable(f"! {problem.message}"), file=out)


def _reviewed(analysis: Analysis, reading: Reading) -> Document:
    if not reading.options.reviewed:
        return analysis.document
    document: Document = _session(analysis, reading).state.document
    return document


def _session(analysis: Analysis, reading: Reading) -> Any:
    from workbench.review import ReviewSession

    return ReviewSession.open(
        analysis.path,
        records=Path(reading.settings.records),
        reviewer=reading.settings.reviewer_name,
        analysis=analysis,
        read_only=True,
    )


def _write_documents(out: IO[str], schema: str, entries: Iterable[Iterator[str]]) -> None:
    """One JSON object, its documents written piece by piece as they come, so that memory stays flat."""
    out.write(f'{{"schema": {json.dumps(schema)}, "documents": [')
    separator = "\n"
    for entry in entries:
        out.write(separator)
        for piece in entry:
            out.write(piece)
            out.flush()
        separator = ",\n"
    out.write("\n]}\n")


def run_check(options: argparse.Namespace) -> int:
    """Prints what does not add up."""
    reading = Reading(options, settings_of(options))
    if options.explain:
        return _explain(reading)
    return _report(reading, lambda analysis: _as_asked(analysis, reading))


def run_suggest(options: argparse.Namespace) -> int:
    """Prints findings that have a proposed repair, each with its proof."""
    reading = Reading(options, settings_of(options))
    return _report(
        reading, lambda analysis: replace(analysis, findings=tuple(f for f in analysis.findings if f.suggestions))
    )


def _as_asked(analysis: Analysis, reading: Reading) -> Analysis:
    """The analysis with the corrections and decisions of its record, or with one finding a check, as the options say."""
    if reading.options.reviewed:
        state = _session(analysis, reading).state
        waiting = tuple(reviewed.finding for reviewed in state.findings if reviewed.open)
        analysis = Analysis(analysis.path, state.document, state.reconciliation, waiting)
    if reading.options.per_check:
        from workbench.repairs import per_check

        waiting_checks = {result.check.id for finding in analysis.findings for result in finding.results}
        single = (finding for finding in per_check(analysis.reconciliation) if finding.id in waiting_checks)
        analysis = replace(analysis, findings=tuple(single))
    return analysis


def _report(reading: Reading, asked: Callable[[Analysis], Analysis]) -> int:
    from workbench.cli.findings import SCHEMA, analysis_to_json

    language = reading.settings.interface_language

    met: set[str] = set()

    def analyses() -> Iterator[Analysis]:
        for analysis in map(asked, reading.analyses()):
            reading.found = reading.found or bool(analysis.findings)
            met.update(check.rule for check in analysis.reconciliation.checks if check.rule)
            yield analysis

    with output_of(reading.options) as out:
        if reading.options.format == "json":
            entries = (iter([_indented(analysis_to_json(analysis, language))]) for analysis in analyses())
            _write_documents(out, SCHEMA, entries)
        else:
            for analysis in analyses():
                _print_findings(out, reading, analysis)
    reading.tell_of_idle_rules(met)
    return reading.exit_code


def _print_findings(out: IO[str], reading: Reading, analysis: Analysis) -> None:
    from workbench.cli.findings import finding_lines

    color = use_color(reading.settings.color) and reading.options.output is None
    counts = analysis.reconciliation.outcomes
    summary = ", ".join(f"{counts.get(outcome, 0)} {outcome.value}" for outcome in counts)
    title = f"{analysis.document.source.path}: {len(analysis.findings)} findings ({summary or 'no checks'})"
    print(styled(printable(title), "strong", color), file=out)
    for finding in analysis.findings:
        for line in finding_lines(finding, reading.settings.interface_language, color):
            print(line, file=out)


def _explain(reading: Reading) -> int:
    from workbench.checks import describe, explain

    try:
        table, row, column = reading.options.explain.rsplit("/", 2)
        ref = CellRef(table, int(row), int(column))
    except ValueError:
        raise WorkbenchError(f"{reading.options.explain!r} names no cell", "write it as t03/8/2") from None
    language = reading.settings.interface_language
    with output_of(reading.options) as out:
        for analysis in reading.analyses():
            try:
                cell = analysis.document.cell(ref)
            except (KeyError, IndexError):
                ids = [t.id for t in analysis.document.tables]
                raise UnknownNameError("cell", str(ref), ids) from None
            print(printable(f"{analysis.document.source.path}  {ref}: {cell.text}"), file=out)
            for result in explain(analysis.reconciliation, ref):
                text = describe(result, analysis.document).text(language)
                print(printable(f"  {result.outcome.value}  {result.check.id}  {text}"), file=out)
    return reading.exit_code


def run_export(options: argparse.Namespace) -> int:
    """Writes the corrected data set of all documents, one after another."""
    from workbench.export import part_of, write_dataset
    from workbench.model.record import ReviewStatus
    from workbench.review.outcome import outcome_of

    reading = Reading(options, settings_of(options), suggest=True)
    language = reading.settings.interface_language
    count = 0

    def parts() -> Iterator[DocumentPart]:
        nonlocal count
        for analysis in reading.analyses():
            state = _session(analysis, reading).state
            if options.only_done and state.record.status is not ReviewStatus.DONE:
                continue
            if state.stale:
                reading.say(f"{analysis.path}: {len(state.stale)} corrections no longer fit and were left out")
            count += 1
            yield part_of(state.document, outcome_of(state, language))

    written = write_dataset(parts(), options.output, options.format)
    if not options.quiet:
        reading.say(f"wrote {len(written)} files for {count} documents to {options.output}")
    return reading.exit_code


def run_diff(options: argparse.Namespace) -> int:
    """Prints what reviewers changed. Exit 1 when there is something."""
    from workbench.review.outcome import settled_in

    reading = Reading(options, settings_of(options), suggest=False)
    entries = []
    color = use_color(reading.settings.color) and options.output is None
    with output_of(options) as out:
        for analysis in reading.analyses():
            state = _session(analysis, reading).state
            changes = list(settled_in(state))
            reading.found = reading.found or bool(changes)
            if options.format == "json":
                from dataclasses import asdict

                entries.append({"path": state.document.source.path, "changes": [asdict(change) for change in changes]})
                continue
            print(styled(printable(state.document.source.path), "strong", color), file=out)
            for change in changes:
                print(
                    f"  {printable(change.kind)} {printable(change.place)}  ({printable(change.by)} {change.at})",
                    file=out,
                )
                if change.kind == "correction":
                    print(styled(f"    - {printable(change.before)}", "fail", color), file=out)
                    print(styled(f"    + {printable(change.after)}", "good", color), file=out)
                elif change.after:
                    print(f"    {printable(change.after)}", file=out)
                if change.note:
                    print(f"    # {printable(change.note)}", file=out)
        if options.format == "json":
            _write_documents(out, "workbench.diff/1", (iter([_indented(entry)]) for entry in entries))
    return reading.exit_code


def run_stats(options: argparse.Namespace) -> int:
    """Prints the progress of the records in a folder; with documents also how many errors there are, and where."""
    from workbench.config.messages import Phrasebook
    from workbench.records.index import read_index, summary_for
    from workbench.review.statistics import figures_of, statistics_of, with_summary

    settings = settings_of(options)
    index_folder = Path(settings.records)
    index = read_index(index_folder)
    reading = Reading(options, settings)
    documents = []
    if options.paths:
        for analysis in reading.analyses():
            document = analysis.document
            try:
                summary = summary_for(
                    index_folder, analysis.path, document.source.sha256, document.entity, document.fiscal_year
                )
            except WorkbenchError:
                summary = None  # told of below, among the problems of the index
            documents.append(with_summary(figures_of(analysis), summary))
    figures = statistics_of(documents, index.records, len(reading.failures))
    with output_of(options) as out:
        if options.format == "json":
            json.dump(index.as_json() | {"figures": figures.as_json()}, out, ensure_ascii=False, indent=1)
            out.write("\n")
        else:
            _print_statistics(out, index, figures, Phrasebook(settings.interface_language))
    for problem in index.problems:
        print(f"workbench: {printable(str(problem))}", file=sys.stderr)
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
        for line in aligned(index.as_rows(), widest=48):
            print(line, file=out)


def run_agree(options: argparse.Namespace) -> int:
    """Prints per-cell and per-finding agreement of two sets of records."""
    from workbench.records.agreement import agreement_of

    agreement = agreement_of(options.first, options.second)
    with output_of(options) as out:
        if options.format == "json":
            json.dump(agreement.as_json(), out, ensure_ascii=False, indent=1)
            out.write("\n")
        else:
            for line in aligned(agreement.as_rows(), widest=48):
                print(line, file=out)
    return int(ExitCode.CLEAN)


def run_merge(options: argparse.Namespace) -> int:
    """Merges two versions of a record into A (or -o). Exit 1 when there are conflicts, which the result holds."""
    from workbench.records.merge import merge_files

    conflicts = merge_files(options.base, options.ours, options.theirs, options.output or options.ours)
    for conflict in conflicts:
        print(f"workbench: {printable(str(conflict))}", file=sys.stderr)
    return int(ExitCode.FINDINGS if conflicts else ExitCode.CLEAN)


def run_keys(options: argparse.Namespace) -> int:
    """Lists, checks or compares keymaps."""
    from workbench.config.commands import COMMANDS
    from workbench.config.keymap import keymap_files, load_keymap

    settings = settings_of(options)
    names = options.keymaps or [settings.keymap]
    with output_of(options) as out:
        if options.action == "check":
            return _check_keymaps(out, options.keymaps or list(keymap_files()))
        if options.action == "diff":
            names = names if len(names) > 1 else ["default", *names]
        keymaps = [load_keymap(name) for name in names]
        rows = [["command", "scope", *(keymap.name for keymap in keymaps), "what it does"]]
        for command in COMMANDS:
            keys = ["  ".join(keymap.keys(command.id)) for keymap in keymaps]
            if options.action == "list" or len(set(keys)) > 1:
                rows.append([command.id, command.scope, *keys, command.help.text(settings.interface_language)])
        return _print_rows(out, options, rows)


def _check_keymaps(out: IO[str], keymaps: list[str]) -> int:
    """Checks all of them: one bad keymap does not hide what is wrong with the next."""
    from workbench.config.keymap import load_keymap

    code = ExitCode.CLEAN
    for name in keymaps:
        try:
            load_keymap(name)
        except WorkbenchError as error:
            print(f"workbench: {printable(str(error))}", file=sys.stderr)
            code = ExitCode.USAGE
        else:
            print(f"{name}: good", file=out)
    return int(code)


def _print_rows(out: IO[str], options: argparse.Namespace, rows: list[list[str]]) -> int:
    if options.format == "json":
        head, *body = rows
        json.dump([dict(zip(head, row, strict=True)) for row in body], out, ensure_ascii=False, indent=1)
        out.write("\n")
    else:
        for line in aligned(rows, widest=60):
            print(line, file=out)
    return int(ExitCode.CLEAN)


def _validate_files(settings: Settings) -> None:
    """What settings name must be there and good; a variable that looks like a setting is told of."""
    from workbench.cli.reading import user_rules
    from workbench.config.keymap import load_keymap
    from workbench.config.settings import unknown_variables

    for name, near in unknown_variables():
        print(f"workbench: {name} is no setting and is not used; did you mean {near}?", file=sys.stderr)
    load_keymap(settings.keymap)
    user_rules(settings)


def run_config(options: argparse.Namespace) -> int:
    """Shows settings with the place that gave each, the files that are read, or a JSON Schema."""
    from dataclasses import fields

    from workbench.config.settings import Settings, load_settings, setting_files, settings_schema

    with output_of(options) as out:
        if options.action == "path":
            for path in setting_files():
                print(f"{path}{'' if path.exists() else '  (none)'}", file=out)
        elif options.action == "schema":
            if options.subject == "settings":
                schema = settings_schema()
            else:
                from workbench.records.schema import load_schema

                schema = load_schema(options.subject)
            json.dump(schema, out, ensure_ascii=False, indent=1)
            out.write("\n")
        else:
            loaded = load_settings({name: getattr(options, name, None) for name in ("color", "language")})
            if options.action == "validate":
                _validate_files(loaded.values)
                print("settings are good", file=out)
            else:
                rows = [["setting", "value", "from"]]
                for setting in fields(Settings):
                    rows.append([setting.name, str(getattr(loaded.values, setting.name)), loaded.origins[setting.name]])
                _print_rows(out, options, rows)
    return int(ExitCode.CLEAN)
