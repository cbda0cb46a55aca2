"""The words of the interface are complete in both languages and used as they are written."""

from __future__ import annotations

import ast
import re
from string import Formatter

from tests.conftest import ROOT
from workbench.config.commands import SCOPES
from workbench.config.messages import CATALOGUE, Phrasebook
from workbench.model.check import Family, Outcome, Severity
from workbench.model.record import ReviewStatus
from workbench.model.table import Form

TUI = ROOT / "workbench" / "tui"


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_fill_in_the_same_names() -> None:
    for identifier, message in CATALOGUE.items():
        assert names(message.en) == names(message.zh), identifier


def test_chinese_is_chinese() -> None:
    exempt = {
        "review.decided",
        "review.changed",
        "detail.suggestion",
        "detail.effect",
        "whichkey.title",
    }
    for identifier, message in CATALOGUE.items():
        assert identifier in exempt or re.search(r"[\u4e00-\u9fff]", message.zh), identifier


def test_every_text_that_the_screens_ask_for_exists() -> None:
    asked = {
        node.value
        for path in TUI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(
            r"(state|status|verdict|queue|review|detail|prompt|picker|off|help|stats|group|whichkey|app)\.[a-z_.]+",
            node.value,
        )
    }
    from workbench.config.commands import CONTEXTS, commands_by_id

    assert {
        text for text in asked if text not in commands_by_id() and not text.endswith((".", ".tcss"))
    } - CATALOGUE.keys() - CONTEXTS.keys() == set()


def test_every_member_of_the_models_lists_has_a_word() -> None:
    say = Phrasebook("zh")
    assert all(say(f"scope.{scope}") for scope in SCOPES)
    for kind, members in (
        ("family", Family),
        ("outcome", Outcome),
        ("severity", Severity),
        ("status", ReviewStatus),
        ("form", Form),
    ):
        for member in members:
            assert say(f"{kind}.{member.value}")


def test_names_are_filled_in() -> None:
    assert Phrasebook("en")("queue.reading", done=3, total=9) == "reading 3/9"
    assert Phrasebook("zh")("queue.reading", done=3, total=9) == "正在读取 3/9"


def test_one_thing_is_not_counted_as_several() -> None:
    say = Phrasebook("en")
    assert say("queue.read", total=1) == "1 document" and say("queue.read", total=21) == "21 documents"
    assert say("export.done", count=1, path="a.1 cells").startswith("1 document written to a.1")
    assert Phrasebook("zh")("queue.read", total=1) == "共 1 份"


def test_what_the_queue_is_narrowed_to_is_said_in_words() -> None:
    from workbench.tui.models.narrowing import value_words

    assert value_words("status", "changed", Phrasebook("zh")) == "有新变化"
    assert value_words("form", "three_public", Phrasebook("zh")) != "three_public"


def test_what_is_said_of_something_stands_behind_its_name_as_the_language_writes_it() -> None:
    en, zh = Phrasebook("en"), Phrasebook("zh")
    assert en.about("total", en.listed(("1 → 2", "", "3 → 4"))) == "total: 1 → 2; 3 → 4"
    assert zh.about("合计", zh.listed(("1 → 2", "", "3 → 4"))) == "合计：1 → 2；3 → 4"
