"""Codes that others stand under and that have no row of their own."""

from __future__ import annotations

from types import SimpleNamespace

from workbench.repairs.slips.row_gaps import (
    BegunAgain,
    Parent,
    begun_again,
    counts_again,
    number_behind,
    number_left_out,
    parents_left_out,
    place_by_number,
)


def layout(*codes: str) -> SimpleNamespace:
    """A table of one list of codes, a row each."""
    return SimpleNamespace(segments=[(0,)], codes={0: {code: (row, 0) for row, code in enumerate(codes)}})


def test_a_code_without_a_row_has_the_rows_that_would_stand_right_under_it() -> None:
    made = layout("208", "20801", "2080101", "2080501", "2080505", "210", "21011")
    assert parents_left_out(made, 0) == [Parent("20805", (3, 4))]  # type: ignore[arg-type]


def test_a_class_has_its_sections_under_it_and_not_their_items() -> None:
    made = layout("208", "20801", "21005", "2100501", "21011", "2101101")
    assert parents_left_out(made, 0) == [Parent("210", (2, 4))]  # type: ignore[arg-type]


def test_codes_of_a_list_that_prints_no_classes_miss_none() -> None:
    """The accounts of another list stand beside those that have classes."""
    made = layout("301", "30101", "302")
    made.codes[0] |= {"50101": (3, 2), "50201": (4, 2), "30399": (5, 0)}
    assert parents_left_out(made, 0) == [Parent("303", (5,))]  # type: ignore[arg-type]


def test_where_many_codes_have_no_row_none_was_lost() -> None:
    made = layout("20801", *(f"2{section:02}0101" for section in range(10, 20)))
    assert parents_left_out(made, 0) == []  # type: ignore[arg-type]


def test_a_label_counts_again_where_another_has_its_number_in_the_same_brackets() -> None:
    labels = ("一、财政拨款收入", "二、事业收入", "（三）其他收入")
    assert counts_again("二、政府性基金", labels)
    assert not counts_again("三、政府性基金", labels)
    assert not counts_again("政府性基金", labels)


def test_a_label_that_counts_stands_before_the_first_that_counts_on() -> None:
    labels = ("教育支出", "二、国防支出", "（五）外交支出", "七、其他支出")
    assert place_by_number("一、一般公共服务支出", labels) == 1
    assert place_by_number("三、公共安全支出", labels) == 3
    assert place_by_number("八、住房支出", labels) is None
    assert place_by_number("科学支出", labels) is None


def test_the_only_class_of_a_table_stands_over_its_sections() -> None:
    assert parents_left_out(layout("22301", "2230105"), 0) == [Parent("223", (0,))]  # type: ignore[arg-type]
    assert parents_left_out(layout("2230105"), 0) == []  # type: ignore[arg-type]
    assert parents_left_out(layout("20801", "21011"), 0) == []  # type: ignore[arg-type]


def test_labels_that_count_from_two_on_leave_out_the_first() -> None:
    assert number_left_out(("（2）公务用车运行维护费",)) == (0, "（1）")
    assert number_left_out(("合计", "二、事业收入", "三、其他收入")) == (1, "一、")
    assert number_left_out(("三、其他收入", "四、结转")) is None
    assert number_left_out(("1.出国费", "2.接待费")) is None


def test_a_label_behind_others_counts_on_from_them() -> None:
    assert number_behind(("1.出国费", "2.接待费")) == "3."
    assert number_behind(("一、拨款", "二、事业收入")) == "三、"
    assert number_behind(("一、拨款", "其中：基金")) == ""
    assert number_behind(("二、拨款",)) == ""


def test_a_list_that_begins_again_lacks_the_label_above_it() -> None:
    labels = ("一、本年收入", "（一）拨款", "（二）基金", "（一）拨款", "（二）基金", "总计")
    assert begun_again(labels) == [BegunAgain((3, 4), "二、")]
    assert begun_again(("一、本年收入", "（一）拨款", "二、上年结转", "（一）拨款", "总计")) == []
    assert begun_again(("（一）拨款", "（一）拨款")) == []
