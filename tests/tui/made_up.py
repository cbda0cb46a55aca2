"""Documents made up for the screens: a county that does not exist, tables as text with every cell anchored in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from workbench.checks import Reconciliation
from workbench.errors import UnreadableSourceError, WorkbenchError
from workbench.model.source import Anchor, Page, SourceDocument
from workbench.model.table import Cell, Document, Form, ReportKind, Table
from workbench.pipeline import Analysis, Failure
from workbench.records.index import RecordSummary, read_index
from workbench.repairs import find_root_causes
from workbench.review import ReviewSession
from workbench.review.assigning import assign
from workbench.tui.models.hits import Hits, HitsOf
from workbench.tui.models.queue import QueueEntry, entry_of

HEADER = (("科目编码", "科目名称", "合计", "支出", "支出"), ("科目编码", "科目名称", "合计", "基本支出", "项目支出"))
ROWS = (
    ("208", "社会保障和就业支出", "120.00", "120.00", "0.00"),
    ("20805", "行政事业单位养老支出", "120.00", "120.00", "0.00"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "120.00", "120.00", "0.00"),
    ("210", "卫生健康支出", "880.50", "640.50", "240.00"),
    ("21015", "医疗保障管理事务", "808.50", "640.50", "240.00"),
    ("2101501", "行政运行", "640.50", "640.50", "0.00"),
    ("2101505", "医疗保障政策管理", "240.00", "0.00", "240.00"),
    ("", "合计", "1000.50", "760.50", "240.00"),
)
"""Two digits of 21015 are swapped: 808.50 is printed where 640.50 + 240.00 = 880.50."""

SUMMARY_HEADER = (("收入", "收入", "支出", "支出"), ("项目", "预算数", "项目", "预算数"))
SUMMARY_ROWS = (
    ("一、一般公共预算拨款收入", "1000.50", "一、社会保障和就业支出", "120.00"),
    ("二、政府性基金预算拨款收入", "", "二、卫生健康支出", "880.50"),
    ("本年收入合计", "1000.50", "本年支出合计", "1000.50"),
    ("收入总计", "1000.50", "支出总计", "1000.50"),
)


def cells_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@dataclass
class PageText:
    """A page written line by line; gives the cells of a table their anchors."""

    number: int
    lines: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, line: str) -> int:
        start = self.length
        self.lines.append(line)
        self.length += len(line) + 1
        return start

    def add_row(self, texts: Sequence[str], widths: Sequence[int]) -> tuple[Cell, ...]:
        line, cells, start = "  ", [], self.length
        for text, width in zip(texts, widths, strict=True):
            at = start + len(line)
            cells.append(Cell(text, (Anchor(self.number, at, at + len(text)),) if text else ()))
            line += text + " " * max(width - cells_of(text), 3)
        self.add(line.rstrip())
        return tuple(cells)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def table_on(
    page: PageText,
    identifier: str,
    title: str,
    form: Form,
    header: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
) -> Table:
    widths = [max(cells_of(row[i]) for row in (*header, *rows)) + 3 for i in range(len(rows[0]))]
    start = page.add(title)
    page.add("单位：万元")
    head = tuple(page.add_row(row, widths) for row in header)
    body = tuple(page.add_row(row, widths) for row in rows)
    page.add("")
    anchors = (Anchor(page.number, start, start + len(title)),)
    return Table(identifier, title, form, "万元", head, body, (page.number,), True, anchors)


def document(
    path: str = "qinghe.txt", entity: str = "青禾县医疗保障局", rows: Sequence[Sequence[str]] = ROWS
) -> Document:
    first, second = PageText(1), PageText(2)
    first.add(f"{entity}2024年部门预算")
    first.add("")
    first.add(
        "一、部门职责。贯彻执行医疗保障的法律法规和政策，拟订全县医疗保障事业发展规划并组织实施，负责医疗保障基金的监督管理工作。"
    )
    first.add("")
    tables = (
        table_on(first, "t01", "部门收支总表", Form.INCOME_EXPENDITURE_SUMMARY, SUMMARY_HEADER, SUMMARY_ROWS),
        table_on(second, "t02", "部门支出总表", Form.EXPENDITURE_SUMMARY, HEADER, rows),
    )
    source = SourceDocument(
        path, sha256(path.encode()).hexdigest(), "text/plain", "made_up/1", (Page(1, first.text), Page(2, second.text))
    )
    return Document(source, entity, 2024, ReportKind.BUDGET, "万元", tables, title=f"{entity}2024年部门预算")


def analysis(
    path: str = "qinghe.txt", entity: str = "青禾县医疗保障局", rows: Sequence[Sequence[str]] = ROWS
) -> Analysis:
    return _analysed(path, entity, tuple(map(tuple, rows)))


@lru_cache(maxsize=64)
def _analysed(path: str, entity: str, rows: tuple[tuple[str, ...], ...]) -> Analysis:
    return analysis_of(document(path, entity, rows))


def analysis_of(made: Document) -> Analysis:
    reconciliation = Reconciliation.of(made)
    return Analysis(Path(made.source.path), made, reconciliation, find_root_causes(reconciliation))


@dataclass
class MadeUpWorkspace:
    """Analyses handed out as if they were read from disk."""

    analyses: list[Analysis]
    records: Path
    failures: list[Failure] = field(default_factory=list)
    reviewer: str = "tester"
    held: dict[str, str] = field(default_factory=dict)
    """Who else has which document open now."""

    def find(self) -> tuple[list[Path], list[WorkbenchError]]:
        return [a.path for a in self.analyses] + [f.path for f in self.failures], []

    def read(self, paths: Sequence[Path]) -> Iterator[Analysis | Failure]:
        yield from (failure for failure in self.failures if failure.path in paths)
        yield from (analysis for analysis in self.analyses if analysis.path in paths)

    def survey(self, paths: Sequence[Path]) -> Iterator[QueueEntry | Failure]:
        for outcome in self.read(paths):
            yield outcome if isinstance(outcome, Failure) else entry_of(outcome)

    def search(self, paths: Sequence[Path], looking: HitsOf) -> Iterator[Hits]:
        for outcome in self.read(paths):
            if isinstance(outcome, Failure):
                yield Hits(str(outcome.path), problem=str(outcome.error))
            else:
                with self.open(outcome.path, outcome, read_only=True) as session:
                    yield looking(outcome, session.state)

    def with_record(self, entry: QueueEntry) -> QueueEntry:
        return entry

    def open(
        self, path: Path, analysis: Analysis | None, *, steal_lock: bool = False, read_only: bool = False
    ) -> ReviewSession:
        found = analysis or next(a for a in self.analyses if a.path == path)
        return ReviewSession.open(
            path,
            records=self.records,
            reviewer=self.reviewer,
            analysis=found,
            steal_lock=steal_lock,
            read_only=read_only,
            causes_later=True,
        )

    def assign(self, entry: QueueEntry, person: str) -> QueueEntry:
        assert entry.source is not None
        assign(self.records, entry.source, person, by=self.reviewer)
        return replace(entry, assigned=person)

    def holders(self, entries: Sequence[QueueEntry]) -> dict[str, str]:
        return {entry.key: self.held[entry.key] for entry in entries if entry.key in self.held}

    def summaries(self) -> tuple[RecordSummary, ...]:
        return read_index(self.records).records

    def export(self, paths: Sequence[Path], target: Path) -> Path:
        target.write_text("\n".join(map(str, paths)), encoding="utf-8")
        return target


def three_documents() -> list[Analysis]:
    clean = tuple((*row[:2], "880.50", *row[3:]) if row[0] == "21015" else row for row in ROWS)
    return [
        analysis("qinghe.txt"),
        analysis("baishan.txt", "白杉市水利局", clean),
        analysis(
            "lanxi.txt", "蓝溪县教育局", tuple((*row[:4], "42.00") if row[0] == "2101505" else row for row in ROWS)
        ),
    ]


def unreadable(path: str = "broken.pdf") -> Failure:
    return Failure(Path(path), UnreadableSourceError(path, "is not a PDF"))
