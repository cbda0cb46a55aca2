"""The command that writes the case file of a review: what was found, what was decided, by whom, when, with proof."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.cli.chosen import settings_of
from workbench.cli.output import output_of
from workbench.cli.reading import Reading
from workbench.errors import OutputError

if TYPE_CHECKING:
    from workbench.export.casefile import CaseFile


def run_report(options: argparse.Namespace) -> int:
    """Writes the case files of all documents, one behind the other. Exit 1 when findings are open."""
    from workbench.export.case_writers import pieces, write_word
    from workbench.review.casefile import Cased

    in_word = options.format == "docx"
    if in_word and (options.output is None or str(options.output) == "-"):
        raise OutputError("-", "a Word document is no stream of text", "name a file with -o")
    reading = Reading(options, settings_of(options), suggest=True)
    reading.expect_records()
    language = reading.settings.interface_language

    def cases() -> Iterator[CaseFile]:
        for case, open_ in reading.surveyed(Cased(language, options.only_done)):
            reading.found = reading.found or open_
            yield case

    if in_word:
        write_word(cases(), options.output, language)
    else:
        with output_of(options) as out:
            for piece in pieces(cases(), options.format, language):
                out.write(piece)
                out.flush()
    return reading.exit_code
