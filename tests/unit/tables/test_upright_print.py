"""Names printed down a cell."""

from __future__ import annotations

from workbench.tables.ruled.frames import Word
from workbench.tables.ruled.upright_print import columns_of_print

HEIGHT = 7.0


def _read(*columns: tuple[float, str], pitch: float) -> str:
    """What a cell prints whose columns stand at these left sides, a character every `pitch` points down."""
    text, words = "", []
    for left, characters in columns:
        for line, character in enumerate(characters):
            words.append(Word(100.0 + pitch * line, HEIGHT, left, len(text), len(text) + 1))
            text += character
    return "".join(text[word.start] for column in columns_of_print(words) for word in column)


def test_columns_are_read_from_right_to_left() -> None:
    assert _read((50.0, "预算"), (60.0, "设备购置"), pitch=HEIGHT) == "设备购置预算"
    assert _read((50.0, "代码"), (60.0, "单位"), pitch=HEIGHT) == "单位代码"


def test_a_narrow_sign_is_of_its_column() -> None:
    words = [
        Word(100.0 + HEIGHT * line, HEIGHT, left, line, line + 1) for line, left in ((0, 60.0), (1, 65.0), (2, 60.0))
    ]
    beside = Word(100.0, HEIGHT, 50.0, 3, 4)

    assert [[word.start for word in column] for column in columns_of_print([*words, beside])] == [[0, 1, 2], [3]]


def test_letter_spaced_lines_are_no_columns() -> None:
    assert _read((50.0, "科编"), (70.0, "目码"), pitch=1.3 * HEIGHT) == ""


def test_one_column_and_words_are_left_as_they_are() -> None:
    assert columns_of_print([Word(100.0, HEIGHT, 50.0, 0, 1), Word(107.0, HEIGHT, 50.0, 1, 2)]) == []
    assert columns_of_print([Word(100.0, HEIGHT, 50.0, 0, 2), Word(107.0, HEIGHT, 60.0, 2, 3)]) == []
