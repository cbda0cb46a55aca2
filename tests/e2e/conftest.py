"""A folder with one sample document, for whoever starts the program in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT

SAMPLE = ROOT / "sample_docs" / "shixi_medical_insurance_2022.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    return tmp_path
