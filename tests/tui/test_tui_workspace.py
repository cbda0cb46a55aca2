"""A document opens with the same rules and options, whether its analysis is still at hand or is made again."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from workbench.config.settings import Settings
from workbench.tui.workspace import FolderWorkspace

SAMPLE = ROOT / "sample_docs" / "shixi_medical_insurance_2022.txt"
RULE = """
[[rule]]
name = "never_holds"
message = { en = "made up", zh = "虚构" }
equation = "a = 2 * a"
[rule.cells]
a = { form = "income_summary", column = "合计", label = "合计" }
"""


def test_a_document_whose_analysis_was_let_go_opens_with_the_rules_of_the_set(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(RULE, encoding="utf-8")
    workspace = FolderWorkspace((SAMPLE,), Settings(records=str(tmp_path / "records"), rules=str(rules)))
    (analysis,) = list(workspace.read([SAMPLE]))
    found = []
    for kept in (analysis, None):
        with workspace.open(SAMPLE, kept) as session:  # type: ignore[arg-type]  # the sample can be read
            found.append([item.finding.id for item in session.state.findings])
            assert any(item.finding.check.name == "never_holds" for item in session.state.findings)
    assert found[0] == found[1]
