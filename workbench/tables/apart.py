"""Whether words of a page stand apart as those in columns do: running text has none, and holds no table."""

from __future__ import annotations

import re

_APART = re.compile(
    r" (?:(?<=[^ \n] ) +[^ \n]"  # two blanks or more between words
    r"|(?<=[\d%] )-?\d)"  # figures beside each other
    r"|\n *-?[\d,]*\d[.,]\d+%? *(?:\n|$)"  # an amount alone on its line
)


def words_stand_apart(text: str) -> bool:
    """Whether the text of a page laid out by its print has a row with words in several columns, or an amount alone."""
    return bool(_APART.search(text))
