"""The commands that read documents: their tables, what does not add up in them, and what would put it right."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO

from workbench.cli.chosen import settings_of
from workbench.cli.output import indented, output_of, write_documents
from workbench.cli.reading import Reading
from workbench.cli.text import on_one_line, printable, styled, table_lines, use_color
from workbench.config.messages import Phrasebook
from workbench.config.refusals import refusal
from workbench.errors import WorkbenchError
from workbench.model.check import Severity
from workbench.model.table import CellRef, Document
from workbench.pipeline import Analysis


def _reading(options: argparse.Namespace, *, suggest: bool = True) -> Reading:
    reading = Reading(options, settings_of(options), suggest=suggest)
    if options.reviewed:
        reading.expect_records()
    return reading


def run_tables(options: argparse.Namespace) -> int:
    """Prints the tables of all documents; JSON is written document by document, that of long ones table by table."""
    reading = _reading(options, suggest=False)
    with output_of(options) as out:
        if options.format == "json":
            from workbench.tables.interchange.from_json import SCHEMA
            from workbench.tables.interchange.to_json import document_to_json, long_document_to_json

            def entries() -> Iterator[Iterator[str]]:
                for long in reading.long_documents():
                    yield long_document_to_json(long.head, long.tables)
                for document in _documents(reading):
                    yield indented(document_to_json(document))

            write_documents(out, SCHEMA, entries())
        else:
            for long in reading.long_documents():
                _print_head(out, long.head)
                for table in long.tables:
                    print("\n".join(table_lines(table)), file=out, flush=True)
            for document in _documents(reading):
                _print_document(out, document)
    return reading.exit_code


def _print_head(out: IO[str], document: Document) -> None:
    year = "" if document.fiscal_year is None else str(document.fiscal_year)
    print(on_one_line(f"{document.source.path}  {document.entity} {year}  {document.report.value}"), file=out)


def _print_document(out: IO[str], document: Document) -> None:
    _print_head(out, document)
    for table in document.tables:
        print("\n".join(table_lines(table)), file=out)
    for problem in document.noticed:
        print(printable(f"! {problem.message}"), file=out)


def _documents(reading: Reading) -> Iterator[Document]:
    """The documents, where that is asked for with the corrections of their records."""
    if reading.options.reviewed:
        yield from (state.document for _, state in reading.states())
    else:
        yield from (analysis.document for analysis in reading.analyses())


def run_check(options: argparse.Namespace) -> int:
    """Prints what does not add up."""
    reading = _reading(options)
    if options.explain:
        return _explain(reading)
    return _report(reading, _check_by_check if options.per_check else lambda analysis: analysis)


def run_suggest(options: argparse.Namespace) -> int:
    """Prints findings that have a proposed repair, each with its proof."""
    reading = _reading(options)
    return _report(
        reading, lambda analysis: replace(analysis, findings=tuple(f for f in analysis.findings if f.suggestions))
    )


def _analyses(reading: Reading) -> Iterator[Analysis]:
    """The analyses, where that is asked for with the corrections and decisions of their records."""
    if not reading.options.reviewed:
        yield from reading.analyses()
        return
    for analysis, state in reading.states():
        waiting = tuple(reviewed.finding for reviewed in state.findings if reviewed.open)
        yield Analysis(analysis.path, state.document, state.reconciliation, waiting)


def _check_by_check(analysis: Analysis) -> Analysis:
    """The analysis with one finding for each failing check of its findings."""
    from workbench.repairs import per_check

    return replace(analysis, findings=per_check(analysis.reconciliation, analysis.findings))


def _report(reading: Reading, asked: Callable[[Analysis], Analysis]) -> int:
    from workbench.cli.findings import SCHEMA, analysis_to_json

    language = reading.settings.interface_language
    met: set[str] = set()
    weighing = _as_heavy_as(getattr(reading.options, "fail_on", Severity.NOTE.value))

    def analyses() -> Iterator[Analysis]:
        for analysis in map(asked, _analyses(reading)):
            reading.found = reading.found or any(finding.severity in weighing for finding in analysis.findings)
            met.update(check.rule for check in analysis.reconciliation.checks if check.rule)
            yield analysis

    with output_of(reading.options) as out:
        if reading.options.format == "json":
            entries = (indented(analysis_to_json(analysis, language)) for analysis in analyses())
            write_documents(out, SCHEMA, entries)
        else:
            for analysis in analyses():
                _print_findings(out, reading, analysis)
    reading.tell_of_idle_rules(met)
    return reading.exit_code


def _as_heavy_as(least: str) -> frozenset[Severity]:
    """The severities that weigh at least so much, none for a word that is none of them."""
    falling = list(Severity)
    return frozenset(falling[: falling.index(Severity(least)) + 1] if least in falling else ())


def _print_findings(out: IO[str], reading: Reading, analysis: Analysis) -> None:
    from workbench.cli.findings import finding_lines

    color = use_color(reading.settings.color) and reading.options.output is None
    say = Phrasebook(reading.settings.interface_language)
    counts = [say(f"check.{outcome.value}", count=count) for outcome, count in analysis.reconciliation.outcomes.items()]
    path, summary = analysis.document.source.path, say.several(counts) or say("check.none")
    title = say("check.title", path=path, count=len(analysis.findings), summary=summary)
    print(styled(on_one_line(title), "strong", color), file=out)
    for finding in analysis.findings:
        for line in finding_lines(finding, say, color):
            print(line, file=out)
    for problem in analysis.document.noticed:
        print(printable(f"  ! {refusal(problem.message, say.language)}"), file=out)


def _explain(reading: Reading) -> int:
    """Prints the equations of one cell, in every document that has it."""
    from workbench.cli.findings import EXPLANATION, explanation_to_json

    try:
        table, row, column = reading.options.explain.rsplit("/", 2)
        ref = CellRef(table, int(row), int(column))
    except ValueError:
        raise WorkbenchError(f"{reading.options.explain!r} names no cell", "write it as t03/8/2") from None
    language = reading.settings.interface_language
    analyses = _with_cell(reading, ref)
    with output_of(reading.options) as out:
        if reading.options.format == "json":
            entries = (indented(explanation_to_json(analysis, ref, language)) for analysis in analyses)
            write_documents(out, EXPLANATION, entries)
        else:
            for analysis in analyses:
                _print_explanation(out, analysis, ref, language)
    return reading.exit_code


def _with_cell(reading: Reading, ref: CellRef) -> Iterator[Analysis]:
    """The analyses of the documents that have this cell; how many have none is said. Raises WorkbenchError where none
    of them has it."""
    missing: list[WorkbenchError] = []
    found = False
    for analysis in _analyses(reading):
        try:
            analysis.document.cell(ref)
        except (KeyError, IndexError):
            missing.append(_no_cell(analysis.document, ref))
        else:
            found = True
            yield analysis
    if missing and not found:
        raise missing[0]
    if missing and not reading.options.quiet:
        reading.say(f"workbench: documents without a cell {ref}: {len(missing)}")


def _no_cell(document: Document, ref: CellRef) -> WorkbenchError:
    tables = {table.id: table for table in document.tables}
    hint = f"its tables: {', '.join(tables)}"
    if ref.table in tables:
        table = tables[ref.table]
        hint = f"rows 0 to {len(table.rows) - 1}, columns 0 to {table.width - 1}"
    return WorkbenchError(f"there is no cell {ref} in {document.source.path}", hint)


def _print_explanation(out: IO[str], analysis: Analysis, ref: CellRef, language: str) -> None:
    from workbench.checks import describe, explain

    document = analysis.document
    print(on_one_line(f"{document.source.path}  {ref}: {document.cell(ref).text}"), file=out)
    for result in explain(analysis.reconciliation, ref):
        text = describe(result, document).text(language)
        print(printable(f"  {result.outcome.value}  {result.check.id}  {text}"), file=out)
