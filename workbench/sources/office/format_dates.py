"""Dates and times, which spreadsheets keep as a number of days, in their number formats."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from workbench.sources.office.format_code import Section, literal

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 (a sheet knows no time zone)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = "一二三四五六日"


def show_date(section: Section, value: Decimal, *, from_1904: bool) -> str | None:
    """The date or time that a number of days is, in a section of a format; None where it is none."""
    try:
        days = int(value)
        seconds = int(((value - days) * 86400).to_integral_value(ROUND_HALF_UP))
        # 1900 was no leap year, but serial 60 is its 29 February
        moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(
            days=days + (not from_1904 and days < 60), seconds=seconds
        )
    except (OverflowError, ValueError):
        return None
    if value < 0:
        return None
    parts: list[str] = []
    half = section.has("half")
    dates = [(place, text.lower()) for place, (kind, text) in enumerate(section.tokens) if kind == "date"]
    for place, (kind, text) in enumerate(section.tokens):
        if kind == "date":
            before = next((other for at, other in reversed(dates) if at < place), "")
            after = next((other for at, other in dates if at > place), "")
            minute = text[0] in "mM" and len(text) <= 2 and (before.startswith("h") or after.startswith("s"))
            parts.append(_date_part(text.lower(), moment, minute=minute, half=half))
        elif kind == "half":
            parts.append(
                ("上午" if moment.hour < 12 else "下午") if "上" in text else ("AM" if moment.hour < 12 else "PM")
            )
        else:
            parts.append(literal(kind, text))
    return "".join(parts).strip()


def _date_part(mark: str, moment: datetime, *, minute: bool, half: bool) -> str:
    if minute:
        return f"{moment.minute:0{len(mark)}d}"
    match mark[0]:
        case "y":
            return f"{moment.year:04d}" if len(mark) > 2 else f"{moment.year % 100:02d}"
        case "m":
            return _MONTHS[moment.month - 1] if len(mark) > 2 else f"{moment.month:0{len(mark)}d}"
        case "d":
            return f"{moment.day:0{min(len(mark), 2)}d}"
        case "h":
            hour = (moment.hour % 12 or 12) if half else moment.hour
            return f"{hour:0{min(len(mark), 2)}d}"
        case "a":
            return ("星期" if len(mark) == 4 else "周") + _WEEKDAYS[moment.weekday()]
        case _:
            return f"{moment.second:0{min(len(mark), 2)}d}"
