"""What each sample document gives, as text to be read: its tables, and its findings with their first suggestions.

`pytest tests/test_golden.py --update-golden` writes the files anew; read the difference before you keep it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.cli.findings import finding_lines
from workbench.cli.text import table_lines
from workbench.config.messages import Phrasebook
from workbench.pipeline import Analysis, AnalysisOptions, analyse

SAMPLES = ROOT / "sample_docs"
GOLDEN = Path(__file__).parent / "golden" / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in (".txt", ".pdf", ".docx", ".xlsx", ".json"))
EXTRACTION = "nanping_culture_2025_extraction.json"


def analysis_of(name: str) -> Analysis:
    source = SAMPLES / "nanping_culture_2025.pdf" if name == EXTRACTION else None
    return analyse(SAMPLES / name, AnalysisOptions(source=source))


def told(analysis: Analysis) -> dict[str, str]:
    document = analysis.document
    head = f"{document.entity} {document.fiscal_year} {document.report.value} {document.unit}\n\n"
    tables = head + "\n".join("\n".join(table_lines(table)) for table in document.tables)
    stated = "\n".join(
        f"{figure.id} {figure.kind.value} {figure.label}: {figure.value} {figure.unit}" for figure in document.stated
    )
    counts = ", ".join(f"{count} {outcome.value}" for outcome, count in analysis.reconciliation.outcomes.items())
    findings = "\n".join(
        line for finding in analysis.findings for line in finding_lines(finding, Phrasebook(), color=False)
    )
    return {"tables.txt": tables, "stated.txt": stated + "\n", "findings.txt": f"{counts}\n{findings}\n"}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_gives_what_its_golden_files_say(name: str, request: pytest.FixtureRequest) -> None:
    folder = GOLDEN / name.replace(".", "_")
    for file, text in told(analysis_of(name)).items():
        path = folder / file
        if request.config.getoption("--update-golden"):
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{path} differs"


@pytest.mark.parametrize("name", NAMES)
def test_every_planted_error_of_a_sample_is_a_finding_and_nothing_else_is(name: str) -> None:
    """One finding for each line that the samples' README lists, and none in a document where nothing is wrong."""
    row = next(line for line in (SAMPLES / "README.md").read_text(encoding="utf-8").splitlines() if f"`{name}`" in line)
    wrong = row.split("|")[3].strip()
    planted = [] if wrong == "nothing" else wrong.split("<br>")
    analysis = analysis_of(name)
    assert len(analysis.findings) == len(planted)
    for entry in planted:
        where, _, what = entry.partition(":")
        form = where.split(",")[0]
        about = [
            finding for finding in analysis.findings if any(_form(analysis, ref.table) == form for ref in finding.cells)
        ]
        assert about, entry
        right = re.search(r"([\d,.]+) is right|for ([\d,.]+) \(|its parts make ([\d,.]+)", what)
        if right:
            wanted = next(group for group in right.groups() if group).replace(",", "")
            proposed = [
                edit.after.replace(",", "") for f in about for edit in f.suggestions[0].edits if hasattr(edit, "after")
            ]
            assert wanted in proposed, entry


def _form(analysis: Analysis, table: str) -> str:
    return next((t.form.value for t in analysis.document.tables if t.id == table), "narrative")
