"""What things are counted in, as sentences and indicators print it."""

from __future__ import annotations

import re

import pytest

from workbench.fiscal.counting import (
    any_counting_word,
    counted_in_sentences,
    counted_in_ten_thousands,
    counted_or_timed,
    counts_things,
    is_rounded_count,
)


@pytest.mark.parametrize("words", ["3人", "3人次", "12个", "5项", "18批次", "2辆", "300平方米"])
def test_a_sentence_counts(words: str) -> None:
    assert re.search(rf"\d(?:{counted_in_sentences()})$", words)


@pytest.mark.parametrize("words", ["3人员", "3人均", "2个月", "2个百分点", "5项目", "5项重点", "3方面"])
def test_a_word_that_goes_on_counts_nothing(words: str) -> None:
    assert not re.search(rf"\d(?:{counted_in_sentences()})", words)


def test_tens_of_thousands_are_of_people_and_areas() -> None:
    assert re.fullmatch(counted_in_ten_thousands(), "人次")
    assert not re.fullmatch(counted_in_ten_thousands(), "辆")


@pytest.mark.parametrize("word", ["处", "亩", "万亩", "个月", "万人次", "小时", "社区"])
def test_indicators_count_more(word: str) -> None:
    assert re.fullmatch(any_counting_word(), word)


def test_a_word_of_money_or_share_counts_nothing() -> None:
    assert not any(re.fullmatch(any_counting_word(), word) for word in ("元", "万元", "%", "万"))
    assert re.fullmatch(counted_or_timed(), "天")
    assert not re.fullmatch(counted_or_timed(), "级")


def test_lengths_and_areas_are_rounded_people_are_not() -> None:
    assert is_rounded_count("平方米")
    assert is_rounded_count("万人")
    assert not is_rounded_count("人")


@pytest.mark.parametrize(
    ("words", "counts"),
    [("辆", True), ("台/套", True), ("台套", True), ("人次", True), ("项", False), ("万元", False), ("", False)],
)
def test_brackets_behind_a_label_say_what_its_row_counts(words: str, counts: bool) -> None:
    assert counts_things(words) is counts
