"""Failures in Chinese: every sentence that one is raised with has its Chinese, also filled in and with its hint."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from workbench.config.refusals import _catalogue, refusal
from workbench.errors import (
    RecordLockedError,
    StatusError,
    StorageError,
    UnknownNameError,
    UnreadableSourceError,
    UnsupportedFormatError,
    WorkbenchError,
)
from workbench.model.edit import EditError

_KINDS = {
    "WorkbenchError", "UnreadableSourceError", "UnsupportedFormatError", "MissingExtraError", "StorageError",
    "OutputError", "EditError", "UnknownNameError",
}  # fmt: skip


def sentence(node: ast.expr) -> str:
    """A text as it stands in the program, {} for what is filled in; "" for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def raised() -> Iterator[str]:
    for path in sorted((ROOT / "workbench").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _KINDS or (name == "__init__" and path.name == "errors.py"):
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                parts = [
                    part for arg in given for part in ([arg.body, arg.orelse] if isinstance(arg, ast.IfExp) else [arg])
                ]
                yield from filter(str.strip, map(sentence, parts))


@pytest.mark.parametrize("said", sorted({text for text in raised() if any(c.isalpha() for c in text)}))
def test_every_sentence_of_a_failure_has_its_chinese(said: str) -> None:
    words = said.replace("{}", "X7")
    assert refusal(words, "zh") != words
    assert any("一" <= character <= "鿿" for character in refusal(words, "zh"))


@pytest.mark.parametrize(
    ("error", "chinese"),
    [
        (StorageError("记录/a.toml", "No space left on device"), "无法写入 记录/a.toml：磁盘空间不足（请腾出空间或"),
        (RecordLockedError("a.toml", "王芳 on host (process 7)"), "a.toml 正由 王芳 on host (process 7) 复核（请等待"),
        (StatusError(3), "仍有 3 项问题待处理（请先处理"),
        (UnreadableSourceError("预算 (1).pdf", "has 900 pages, more than 500", "split it"), "预算 (1).pdf：有 900 页，超过 500 页（请拆分）"),
        (UnsupportedFormatError("a.bin", "binary data"), "a.bin：不是可读取的文档（二进制数据）（可读取 PDF"),
        (UnknownNameError("keymap", "vmi", ["vim"]), "没有名为“vmi”的键位方案（是否指 vim？）"),
        (
            UnknownNameError("setting that changes while the app runs", "theem", ["theme"]),
            "没有名为“theem”的可在运行中更改的设置（是否指 theme？）",
        ),
        (EditError("t01/2/3 has no right neighbour"), "t01/2/3 右侧没有单元格"),
        (WorkbenchError("two\nlines: is empty"), "two\nlines：是空文件"),
    ],
)  # fmt: skip
def test_failures_in_chinese(error: Exception, chinese: str) -> None:
    assert refusal(error, "zh").startswith(chinese)
    assert refusal(error, "en") == str(error)


def test_what_has_no_chinese_stays_as_it_is() -> None:
    assert refusal("something: quite (else)", "zh") == "something: quite (else)"


def test_what_is_filled_in_is_in_its_place_in_both_languages() -> None:
    for pattern, chinese in _catalogue()[1]:
        assert {f"{{{number}}}" for number in range(pattern.groups)} == {
            part for part in ("{0}", "{1}", "{2}", "{3}") if part in chinese
        }, chinese
