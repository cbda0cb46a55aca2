"""Who a document is from, for which year, what kind of report it is and in which unit its money is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.model.source import Page
from workbench.model.table import ReportKind


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document tells about itself; "" or None for what it does not tell."""

    title: str = ""
    entity: str = ""
    fiscal_year: int | None = None
    report: ReportKind = ReportKind.UNKNOWN
    unit: str = ""
    region: str = ""


def read_metadata(pages: Sequence[Page]) -> Metadata:
    """Stub"""
    return Metadata()
