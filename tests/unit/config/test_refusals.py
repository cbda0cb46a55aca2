"""Failures in Chinese: every sentence that one is raised with has its Chinese, also filled in and with its hint."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import fields

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
from workbench.sources.pdf.notes import PageNotes

_KINDS = {
    "WorkbenchError", "UnreadableSourceError", "UnsupportedFormatError", "MissingExtraError", "StorageError",
    "OutputError", "EditError", "UnknownNameError", "DamagedPartError",
}  # fmt: skip
_REPORTS = {"problem", "report", "add", "refuse", "FileProblem", "_invalid"}
"""What a problem in a file that a person wrote is reported by; its sentence is the last argument."""
_READERS = ("config/settings.py", "config/keymap.py", "config/key_names.py", "checks/rules_file.py", "checks/equation.py",
    "records/codec/", "model/toml_file.py")  # fmt: skip


def sentence(node: ast.expr) -> str:
    """A text as it stands in the program, {} for what is filled in; "" for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        filled = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        # What was meant is said in a sentence of its own.
        advised = any("did_you_mean" in ast.unparse(part) for part in node.values[-1:])
        return "".join(filled).removesuffix("{}" if advised else "")
    return ""


def is_chinese(told: str) -> bool:
    """Whether a sentence has Chinese in it, and no two English words but those of a command."""
    prose = re.sub("`.*?`|pip install.*|workbench .*", "", told)
    return bool(re.search("[一-鿿]", told)) and not re.search("[a-z]{2,} [a-z]{2,}", prose)


def modules(wanted: Callable[[str, str], bool]) -> Iterator[tuple[str, ast.Module]]:
    """The modules of the program that are wanted by their path within it and their text: the path, and the code."""
    for path in sorted((ROOT / "workbench").rglob("*.py")):
        within, text = path.relative_to(ROOT / "workbench").as_posix(), path.read_text(encoding="utf-8")
        if wanted(within, text):
            yield within, ast.parse(text)


def raised() -> Iterator[str]:
    for within, code in modules(lambda _, text: any(kind in text for kind in _KINDS)):
        for node in ast.walk(code):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _KINDS or (name == "__init__" and within == "errors.py"):
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                parts = [
                    part for arg in given for part in ([arg.body, arg.orelse] if isinstance(arg, ast.IfExp) else [arg])
                ]
                yield from filter(str.strip, map(sentence, parts))


def reported() -> Iterator[str]:
    """What is said of files that people write: settings, keymaps, rules, records."""
    for within, code in modules(lambda within, _: within.startswith(_READERS)):
        for node in ast.walk(code):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in _REPORTS and len(node.args) > 1:
                    yield sentence(node.args[-1])
            elif (isinstance(node, ast.Yield) and within.endswith("keymap.py") and node.value is not None) or (
                isinstance(node, ast.Return) and within.endswith("key_names.py") and node.value is not None
            ):
                yield f"cell.edit: {sentence(node.value)}".rstrip(": ")


_OF_PARTS = {"{}: {}", "{} is {}, {}", "{} has no {}", "{} must have a key{}"}


def in_chinese(said: str, behind: str = "") -> str:
    """A sentence with something filled in, as a Chinese interface says it."""
    return refusal(behind + said.replace("{}", "X7"), "zh")


def test_every_problem_in_a_file_that_a_person_wrote_has_its_chinese() -> None:
    told = {text for text in reported() if " " in text} - _OF_PARTS
    assert len(told) > 50
    bare = {said for said in told if not re.search("mine.toml:3：.*[一-鿿]", in_chinese(said, "mine.toml:3: "))}
    assert bare == set()


def _may_notice(within: str, text: str) -> bool:
    return within.startswith("sources/") or "said = " in text or (within.startswith("tables/") and "Problem(" in text)


def noticed() -> Iterator[str]:
    """What is said of a document that was read all the same."""
    yield from PageNotes(**{kind.name: [3] for kind in fields(PageNotes)}).warnings()
    for within, code in modules(_may_notice):
        for node in ast.walk(code):
            if isinstance(node, ast.Call) and node.args:
                kept = isinstance(node.func, ast.Attribute) and node.func.attr == "append"
                kept = kept and within.startswith("sources/office/") and ast.unparse(node.func) in _NOTED
                if kept or (getattr(node.func, "id", "") == "Problem" and within.startswith("tables/")):
                    yield sentence(node.args[0])
            elif isinstance(node, ast.Tuple) and within.startswith("sources/") and node.elts:
                yield from (text for text in map(sentence, node.elts) if text.count(" ") > 1)
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "said":
                yield sentence(node.value)


_NOTED = {"warnings.append", "said.append"}


@pytest.mark.parametrize("sentences", [noticed, raised])
def test_everything_noticed_while_reading_and_every_failure_has_its_chinese(
    sentences: Callable[[], Iterator[str]],
) -> None:
    told = {text for text in sentences() if any(c.isalpha() for c in text)}
    assert len(told) > 20
    assert {said for said in told if not is_chinese(in_chinese(said))} == set()


@pytest.mark.parametrize(
    ("error", "chinese"),
    [
        (StorageError("记录/a.toml", "No space left on device"), "无法写入 记录/a.toml：磁盘空间不足（请腾出空间或"),
        (RecordLockedError("a.toml", "王芳 on host (process 7)"), "a.toml 正由 王芳（主机 host，进程 7） 复核（在应用中打开该文档时，可选择只读或接管）"),
        (StatusError(3), "仍有 3 项问题待处理（请先处理"),
        (UnreadableSourceError("预算 (1).pdf", "has 900 pages, more than 500", "split it"), "预算 (1).pdf：有 900 页，超过 500 页（请拆分）"),
        (UnsupportedFormatError("a.bin", "binary data"), "a.bin：不是可读取的文档（二进制数据）（可读取 PDF"),
        (UnknownNameError("keymap", "vmi", ["vim"]), "没有名为“vmi”的键位方案（是否指 vim？）"),
        (
            UnknownNameError("setting that changes while the app runs", "theem", ["theme"]),
            "没有名为“theem”的可在运行中更改的设置（是否指 theme？）",
        ),
        (WorkbenchError("k.toml:4: there is no command 'finding.nxt'; did you mean finding.next or finding.note?"), "k.toml:4：没有名为“finding.nxt”的命令；是否指 finding.next 或 finding.note？"),
        (WorkbenchError("r.toml:8: the selector 'x' has no 'from'; did you mean form?"), "r.toml:8：选择器 'x' 没有 'from' 这一项；是否指 form？"),
        (WorkbenchError("r.toml:5: tolerance is a figure of zero or more in quotation marks (\"0.01\"), not 'k'"), "r.toml:5：tolerance 应为加引号的非负数（\"0.01\"），不能是 'k'"),
        (WorkbenchError("c.toml:2: jobs is 'x', which is no number"), "c.toml:2：jobs 的值 'x' 不是数字"),
        (WorkbenchError("c.toml:2: records is 3, which is not a text"), "c.toml:2：records 的值 3 不是文本"),
        (WorkbenchError("WORKBENCH_THEME: theme is 'drk', not one of dark, light"), "WORKBENCH_THEME: theme 的值 'drk' 无效，可选 dark, light"),
        (WorkbenchError("r.toml:8: a rule has no 'rang'; did you mean range?"), "r.toml:8：规则没有 'rang' 这一项；是否指 range？"),
        (WorkbenchError("k.toml:8: app.quit must have a key"), "k.toml:8：app.quit 必须有按键"),
        (WorkbenchError("以只读方式打开：Read-only file system"), "以只读方式打开：文件系统只读"),
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
            part for part in ("{0}", "{1}", "{2}", "{3}", "{4}") if part in chinese
        }, chinese
