"""The command that shares documents out to reviewers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from workbench.cli.chosen import settings_of
from workbench.cli.output import headed
from workbench.cli.reading import Reading
from workbench.cli.text import aligned
from workbench.config.messages import Phrasebook
from workbench.errors import ExitCode, WorkbenchError


def run_assign(options: argparse.Namespace) -> int:
    """Says in the record of each document who is to review it, and prints it. Documents that somebody has already stay
    with them, unless they are to be given anew or to nobody."""
    from workbench.review.assigning import assign, assignable, shared_out

    people = list(dict.fromkeys(name.strip() for name in options.to or [] if name.strip()))
    if not (people or options.nobody):
        raise WorkbenchError("there is nobody of that name", "--to NAME, or --nobody")
    settings = settings_of(options)
    reading = Reading(options, settings)
    documents = list(reading.surveyed(assignable))
    free = [document for document in documents if options.again or options.nobody or not document.assigned]
    given = [(document, "") for document in free] if options.nobody else shared_out(free, people)
    rows = []
    refused = False
    for document, person in given:
        try:
            assign(Path(settings.records), document.source, person, by=settings.reviewer_name)
        except WorkbenchError as error:
            refused = True
            reading.say(f"workbench: {error}")
        else:
            rows.append([person or "-", f"{document.open:,}", document.path])
    shown = [["reviewer", "open", "document"], *rows]
    for line in aligned(headed(shown, Phrasebook(settings.interface_language)), widest=120) if rows else ():
        print(line, file=sys.stdout)
    kept = len(documents) - len(free)
    if kept and not options.quiet:
        reading.say(f"workbench: documents that somebody has already: {kept} (--again gives them anew)")
    code = reading.exit_code
    return int(ExitCode.UNREADABLE if refused and code == ExitCode.CLEAN else code)
