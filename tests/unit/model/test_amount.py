from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.model.amount import FigureKind, match_key, print_like, read_figure


@pytest.mark.parametrize(
    ("printed", "value", "decimals"),
    [
        ("1,728.90", "1728.90", 2), ("7502.08", "7502.08", 2), ("0", "0", 0), ("-3.5", "-3.5", 1), ("（12.00）", "-12.00", 2),
        ("１２．５０", "12.50", 2), ("−40", "-40", 0), ("189，767，551", "189767551", 0), ("¥5.00", "5.00", 2), (" 6.0 0 ", "6.00", 2),
        ("12.30①", "12.30", 2), ("5²", "5", 0), ("1,234.50 ※", "1234.50", 2), ("（3.2）③", "-3.2", 1), ("8.00*", "8.00", 2),
        ("△1,434.34", "-1434.34", 2), ("▲3", "-3", 0),
        ("535.50元", "535.50", 2), ("12.3 万元", "12.3", 1), ("（5）亿元", "-5", 0),
    ],
)  # fmt: skip
def test_a_printed_number_is_read_exactly(printed: str, value: str, decimals: int) -> None:
    figure = read_figure(printed)
    assert (figure.kind, figure.value, figure.decimals) == (FigureKind.NUMBER, Decimal(value), decimals)


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("", FigureKind.BLANK), ("  \u3000", FigureKind.BLANK), ("——", FigureKind.DASH), ("-", FigureKind.DASH),
        ("1.728.90", FigureKind.GARBLED), ("1O.50", FigureKind.GARBLED), ("########", FigureKind.GARBLED), ("#DIV/0!", FigureKind.GARBLED), ("#1", FigureKind.TEXT), ("12,34", FigureKind.GARBLED), ("9" * 21, FigureKind.GARBLED), (".71", FigureKind.GARBLED),
        ("合计", FigureKind.TEXT), ("2024年", FigureKind.TEXT), ("≥95%", FigureKind.TEXT), ("100元/人", FigureKind.TEXT), ("12%元", FigureKind.TEXT), ("万元", FigureKind.TEXT),
        ("①12.30", FigureKind.TEXT), ("②", FigureKind.TEXT), ("15m²", FigureKind.TEXT), ("**", FigureKind.TEXT),
    ],
)  # fmt: skip
def test_what_is_no_number_says_what_it_is(printed: str, kind: FigureKind) -> None:
    assert read_figure(printed).kind is kind
    assert read_figure(printed).value is None


def test_a_percentage_keeps_its_sign() -> None:
    assert (read_figure("36.13%").value, read_figure("36.13%").percent) == (Decimal("36.13"), True)
    assert print_like(Decimal("40.5"), "36.13%") == "40.50%"


@pytest.mark.parametrize(
    ("value", "model", "printed"),
    [
        ("1234567.8", "1,000.00", "1,234,567.80"), ("1234567.8", "1000.00", "1234567.80"), ("1234.5", "1，000", "1，234.5"),
        ("1234", "0", "1234"), ("1234.567", "0.00", "1234.567"), ("12.50", "", "12.50"), ("100", "——", "100.00"),
        ("-3", "0.0", "-3.0"), ("1E+3", "0.00", "1000.00"), ("0", "0.00%", "0.00%"), ("-5.5", "△4.00", "△5.50"), ("5.5", "△4.00", "5.50"),
        ("-1234.5", "(1,000.00)", "(1,234.50)"), ("1234.5", "（1,000.00）", "1,234.50"), ("-7", "－4.00", "－7.00"), ("12", "¥4.00", "¥12.00"), ("-12", "(￥4.00)", "(￥12.00)"), ("-2.5", "12％", "-2.5％"),
        ("7.5", "1,000.00元", "7.50元"), ("-7", "(5)万元", "(7)万元"),
    ],
)  # fmt: skip
def test_a_value_is_printed_in_the_manner_of_another_figure(value: str, model: str, printed: str) -> None:
    assert print_like(Decimal(value), model) == printed


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.booleans())
def test_reading_what_was_printed_gives_the_value(value: Decimal, separators: bool) -> None:
    text = print_like(value, "1,000.00" if separators else "1000.00")
    assert read_figure(text).value == value


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert read_figure(text).kind in FigureKind
    assert not any(character.isspace() for character in match_key(text))
