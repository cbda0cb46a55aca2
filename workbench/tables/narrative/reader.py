"""Reads running text like a person: keeps in mind what it speaks of, what it is taking apart, which item it is in."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.fiscal.concepts import named
from workbench.model.table import StatedKind
from workbench.tables.narrative.drafts import Draft, Scope
from workbench.tables.narrative.phrases import Phrase, item_path, read_phrase, read_share_of_plan, said_before
from workbench.tables.narrative.text import RunningText
from workbench.tables.narrative.tokens import HAS_FIGURE, ITEM, PERSON_NOUN, RANKS, TELLS, TOKEN, is_count, whole_unit

_LEVEL_MARK = re.compile(r"[（(](?:类|款|项)[)）]")
_YEAR = re.compile(r"(?<![比较与同和])(20\d\d)年")
_LONGEST_YEAR = 5
_UNCHANGED = re.compile(
    r"[，。]?(?:预算数|决算数|支出决算|金额)?(?:比|较|与|同|和)?[^，。；;：:]{0,14}?(?:持平|保持一致|无变化|无增减变化|没有变化|相同)"
)
_SAYS_UNIT = re.compile(r"单位|计量|货币")
_MONEY_FIGURE = re.compile(r"\d[亿万]?元")
_GENERIC_TAIL = re.compile(r"(?:支出|收入)?(?:总计|合计|总额)?(?:年初)?(?:预算|决算|安排|执行)?数?$")
_IN_FORMULA = re.compile(r"[）)]?(?:[*×xX]|乘以?)\d|[）)]?[=＝]\d")
_LONGEST_HEADING = 24
_LOOK_BACK = 90
# The parts that make up a whole together, so that a part in the next sentence still belongs to it.
_COMPLEMENTS = (("基本支出", "项目支出"), ("人员经费", "公用经费"), ("出国", "用车", "接待"))


class Reader:
    """Reads running text paragraph by paragraph and keeps in mind what it speaks of."""

    def __init__(self, running: RunningText) -> None:
        self.text = running.text
        self.drafts: list[Draft] = []
        self.scopes: list[Scope] = []
        self.suspended: Scope | None = None
        self.heading = ""
        self.pending: Scope | None = None
        self.year: int | None = None
        self.yearless = 0
        """Up to here the sentence names no year."""
        self.last: int | None = None
        """The amount last named in this sentence or item: what a bare share or change is about."""

    def paragraph(self, start: int, end: int) -> None:
        """Reads one paragraph."""
        text = self.text
        first = ITEM.match(text, start, end)
        self._close_sentence(keep=True)
        self.opened: list[tuple[int, int, int | None, int]] = []
        position = start
        if first:
            self._item(RANKS.index(first.lastgroup or "part"))
            position = first.end()
            stop = text.find("。", position, end)
            self._set_heading(text[position:stop] if stop >= 0 else text[position:end] + "，")
        elif not TELLS.search(text, start, end) and "：" not in text[start:end]:
            self.heading = ""
        self.first = self.clause = self.sentence = position
        self.year = None
        while position < end:
            stop = text.find("。", position, end) + 1 or end
            if TELLS.search(text, position, stop):
                self._tokens(position, stop, end)
            else:
                self._end_sentence(stop, end)
            position = stop

    def _tokens(self, position: int, stop: int, end: int) -> None:
        """Reads one sentence of a paragraph that ends at `end`."""
        for token in TOKEN.finditer(self.text, position, stop):
            kind = token.lastgroup
            if token["figure"] is not None or token["blank"] is not None:
                self._figure(token, end)
            elif kind == "part":
                self._open_part(token)
            elif kind == "list":
                self._open_list(token)
            elif kind == "open":
                self.opened.append((self.clause, len(self.drafts), self.last, token.start()))
                self.clause = token.end()
            elif kind == "close":
                self._close_parenthesis(token.end())
            elif kind == "end":
                self._end_sentence(token.end(), end)
            elif kind == "semicolon":
                self._semicolon()
                self.clause = token.end()
                self._item_inside(token.end(), end)
            else:
                self.clause = token.end()
                if token.group() in "：:":
                    self._item_inside(token.end(), end)

    def _end_sentence(self, position: int, end: int) -> None:
        self._close_sentence()
        self.clause = self.sentence = position
        self._item_inside(position, end)

    def _set_heading(self, words: str) -> None:
        """Takes the head of a numbered item as the subject of the figures in it, if it is the name of something."""
        levels = list(_LEVEL_MARK.finditer(words))
        if levels:
            self.heading = item_path(words[: levels[-1].end()].strip())
        else:
            short = len(words) <= _LONGEST_HEADING and not re.search(r"[，：]", words) and not HAS_FIGURE.search(words)
            self.heading = item_path(words.strip()) if short else ""

    def _item_inside(self, position: int, end: int) -> None:
        """Notices a numbered item that begins inside a paragraph."""
        item = ITEM.match(self.text, position, end)
        if item:
            self._item(RANKS.index(item.lastgroup or "part"))
            self.clause = self.sentence = item.end()
            stop = self.text.find("。", item.end(), end)
            self._set_heading(self.text[item.end() : stop] if stop >= 0 else self.text[item.end() : end] + "，")

    def _item(self, rank: int) -> None:
        """Begins a numbered item: opens the list that waited for it, closes deeper ones."""
        self.last = None
        self.suspended = None
        if self.pending is not None:
            self.pending.rank = rank
            self.scopes = [*(scope for scope in self.scopes if scope.rank is not None), self.pending]
            self.pending = None
        while self.scopes and (self.scopes[-1].rank is None or self.scopes[-1].rank > rank):
            self.scopes.pop()
        if self.scopes and self.scopes[-1].rank == rank:
            self.scopes[-1].taken.clear()

    def _close_sentence(self, *, keep: bool = False) -> None:
        """Ends a sentence: what it took apart is complete, but for numbered lists."""
        if self.scopes and self.scopes[-1].rank is None:
            self.suspended = self.scopes[-1]
            if self.suspended.parts and self.suspended.amounts and not self.suspended.depth:
                # What the next sentence says without a name (较上年增加…) it says of the whole.
                self.last = next(iter(self.suspended.amounts.values()))
        elif not keep:
            self.suspended = None
        self.scopes = [scope for scope in self.scopes if scope.rank is not None]
        self.year = None

    def _close_parenthesis(self, position: int) -> None:
        if not self.opened:
            self.clause = position
            return
        clause, count, last, clause_end = self.opened.pop()
        depth = len(self.opened)
        while self.scopes and self.scopes[-1].rank is None and self.scopes[-1].depth > depth:
            self.scopes.pop()
        if count == len(self.drafts):
            self.clause = clause
            return
        if last is not None and self.text[self.drafts[count - 1].end : clause_end].strip("：:") == "":
            self._take_inside(last, count)
        self.clause, self.last = position, last

    def _take_inside(self, whole: int, first: int) -> None:
        """Amounts in parentheses right behind an amount are its parts, though no 其中 says so."""
        outer = self.drafts[whole].whole
        for draft in self.drafts[first:]:
            if draft.kind is StatedKind.AMOUNT and draft.whole == outer and not draft.phrase.previous:
                if draft.phrase.subject and is_count(draft.unit) == is_count(self.drafts[whole].unit):
                    draft.whole = whole

    def _semicolon(self) -> None:
        inside = [scope for scope in self.scopes if scope.rank is None and scope.depth == len(self.opened)]
        if len(inside) > 1:
            self.scopes.remove(inside[-1])

    def _wholes(self) -> Scope | None:
        """What 其中 takes apart here: the amount last named, with the other amounts and the change said about it."""
        if not self.drafts:
            return None
        index = self.last
        if index is None:
            index = next(
                (at for at in range(len(self.drafts) - 1, -1, -1) if self.drafts[at].kind is StatedKind.AMOUNT), None
            )
        change: int | None = None
        latest = self.drafts[-1]
        if is_count(latest.unit) and latest.kind is StatedKind.AMOUNT:
            index = len(self.drafts) - 1
        if latest.kind is StatedKind.CHANGE:
            change = len(self.drafts) - 1
        elif latest.kind is StatedKind.GROWTH and len(self.drafts) > 1 and self.drafts[-2].kind is StatedKind.CHANGE:
            change = len(self.drafts) - 2
        if index is None:
            return Scope({}, change, len(self.opened)) if change is not None else None
        amounts: dict[str, int] = {}
        subject = self.drafts[index].subject
        for at in range(index, max(index - 8, -1), -1):
            draft = self.drafts[at]
            if draft.kind is StatedKind.AMOUNT and not draft.phrase.previous and draft.subject == subject:
                amounts.setdefault(draft.phrase.aspect, at)
            elif draft.kind is StatedKind.AMOUNT:
                break
        return Scope(amounts, change, len(self.opened))

    def _of_both_sides(self) -> Scope | None:
        """What 收入包括 and 支出包括 take apart: the total of both sides in this paragraph."""
        self.scopes = [scope for scope in self.scopes if scope.rank is not None]
        for at in range(len(self.drafts) - 1, -1, -1):
            draft = self.drafts[at]
            if draft.start < self.first:
                return None
            if draft.kind is StatedKind.AMOUNT and named(draft.subject).concept == "income_and_expenditure":
                return Scope({draft.phrase.aspect: at}, None, len(self.opened))
        return None

    def _open_part(self, token: re.Match[str]) -> None:
        self.clause = token.end()
        if token["side"] is not None:
            scope = self._of_both_sides()
        elif token.start() == self.sentence and self._is_division(token.start()):
            scope = self._opening_of_paragraph()
        else:
            scope = self._wholes()
        if scope is None:
            return
        after = self.text[token.end() : token.end() + 1]
        self.pending = scope if after in "：:\n" else None
        self.scopes.append(scope)

    def _is_division(self, end: int) -> bool:
        """Whether the sentence that ends here only names the kinds that something is divided into (分为货物类和服务类)."""
        begin = max(self.text.rfind("。", 0, max(end - 1, 0)) + 1, self.first)
        words = self.text[begin:end]
        return "分为" in words and not HAS_FIGURE.search(words)

    def _open_list(self, token: re.Match[str]) -> None:
        scope = self._listed(token)
        if scope is not None:
            self.pending = scope
            self.scopes.append(scope)

    def _listed(self, token: re.Match[str]) -> Scope | None:
        """What 如下, 以下方面 or 按功能分类划分 begins a list of."""
        if token["divided"] is not None:
            self.scopes = [scope for scope in self.scopes if scope.rank is not None]
            return self._top_of_paragraph()
        if self.last is not None and self.drafts[self.last].start >= self.sentence:
            return self._wholes()
        words = re.split(r"主要|具体|内容|情况|其中|[，,]", self.text[self.sentence : token.start()])[0]
        if not words:
            return self._top_of_paragraph() if "方面" in token.group() else None
        for at in range(len(self.drafts) - 1, -1, -1):
            draft = self.drafts[at]
            if draft.kind is StatedKind.AMOUNT and draft.subject.startswith(words):
                return Scope({draft.phrase.aspect: at, "": at}, None, len(self.opened))
        return None

    def _opening_of_paragraph(self) -> Scope | None:
        """The first amount of this paragraph, if it is not itself one of the kinds that something is divided into."""
        for at, draft in enumerate(self.drafts):
            if draft.start >= self.first and draft.kind is StatedKind.AMOUNT:
                divided = self.text[self.first : draft.start].lstrip("其中：:").startswith("按")
                return None if divided else Scope({draft.phrase.aspect: at, "": at}, None, len(self.opened))
        return None

    def _top_of_paragraph(self) -> Scope | None:
        """The amount of this paragraph that is a part of none."""
        for at in range(len(self.drafts) - 1, -1, -1):
            draft = self.drafts[at]
            if draft.start < self.first:
                return None
            if draft.kind is StatedKind.AMOUNT and draft.whole is None and not draft.phrase.previous:
                return Scope({draft.phrase.aspect: at, "": at}, None, len(self.opened))
        return None

    def _figure(self, token: re.Match[str], end: int) -> None:
        """Takes one figure up: what it is about, what it is a part of."""
        if token["over"] is not None and token["unit"] != "%" and "万人" not in token["unit"]:
            self.clause = token.end()
            return
        text = self.text
        blank = token["figure"] is None
        start = (token.start("hole") if token["hole"] else token.start("missing")) if blank else token.start("number")
        number_end = token.start("missing") if blank else token.end("number")
        unit = token["missing"] if blank else token["unit"]
        if blank and (_SAYS_UNIT.search(text, self.sentence, start) or not _MONEY_FIGURE.search(text, self.first, end)):
            self.clause = token.end()
            return
        clause = max(self.clause, start - _LOOK_BACK)
        words = text[clause:start]
        unit = whole_unit(unit, words, text[token.end() : token.end() + 8])
        if not unit:
            self.clause = token.end()
            return
        phrase = self._phrase(words, unit, clause, start)
        if not phrase.subject and text[clause - 1 : clause] in "=＝":
            phrase = read_phrase(re.split(r"[=＝（(*×：:，]", text[self.sentence : start])[0], unit)
        years = self._years_before(clause) if self.year is None else []
        if phrase.year is not None and not phrase.base and not phrase.previous:
            self.year = phrase.year
        elif years:
            self.year = int(years[-1])
        subject = phrase.subject
        if is_count(unit) and not subject:
            counted = PERSON_NOUN.match(text, token.end())
            subject = counted.group() if counted else ""
        draft = Draft(start, number_end, token.end(), clause, unit, phrase, subject, phrase.year)
        self.clause = token.end()
        last = self.last
        self._relate(draft)
        reckoned = unit != "%" and (_IN_FORMULA.match(text, token.end()) or text[clause - 1] in "×*")
        if not (draft.subject or phrase.aspect or reckoned):
            self.last = last
            return
        self.pending = None
        unchanged = _UNCHANGED.match(text, token.end(), end)
        if unchanged:
            draft.end = unchanged.end()
        self.drafts.append(draft)

    def _phrase(self, words: str, unit: str, clause: int, start: int) -> Phrase:
        """The phrase before a figure, with what the clauses before it say of a bare one."""
        phrase = read_phrase(words, unit)
        latest = self.drafts[-1] if self.drafts else None
        if latest is not None and latest.phrase.held and unit == "%" and self.text[latest.end : start].strip() == "的":
            return read_share_of_plan(latest.phrase.aspect)
        if phrase.subject or phrase.kind not in (StatedKind.CHANGE, StatedKind.GROWTH):
            return phrase
        begin = max(self.sentence, latest.end if latest is not None else 0, clause - _LOOK_BACK)
        for said in reversed(re.split("[，,；;]", self.text[begin:clause])[-3:]):
            subject = said_before(said)
            if subject:
                return replace(phrase, subject=subject)
        return phrase

    def _years_before(self, end: int) -> list[str]:
        """The years that this sentence names before a place. Where it named none so far, only what is new is looked at."""
        years: list[str] = _YEAR.findall(self.text, max(self.sentence, self.yearless - _LONGEST_YEAR), end)
        if not years:
            self.yearless = end
        return years

    def _relate(self, draft: Draft) -> None:
        index = len(self.drafts)
        if draft.phrase.held:
            draft.about = self.last
            draft.subject = self.drafts[self.last].subject if self.last is not None else ""
            return
        if draft.kind is StatedKind.AMOUNT and not draft.phrase.previous:
            if draft.year is None:
                draft.year = self.year
            if not draft.subject and not is_count(draft.unit):
                draft.subject = self._subject_here()
            self._resume(draft)
            self._take_as_part(draft)
            if not (draft.unit == "%" or is_count(draft.unit)) or self.last is None:
                self.last = index
            return
        draft.about = self.last
        if draft.kind is StatedKind.CHANGE:
            self._resume(draft)
        if draft.subject and draft.kind in (StatedKind.CHANGE, StatedKind.GROWTH):
            draft.about = self._named(draft.subject)
        if draft.kind is StatedKind.SHARE and draft.phrase.subject and not draft.phrase.whole:
            draft.about = None
        if not draft.subject and draft.about is not None:
            draft.subject = self.drafts[draft.about].subject
        if draft.kind is StatedKind.CHANGE:
            self._take_change_as_part(draft)
        if draft.kind is StatedKind.GROWTH and not draft.phrase.subject and self.drafts:
            latest = self.drafts[-1]
            if latest.kind is StatedKind.CHANGE:
                draft.about, draft.subject = latest.about, latest.subject

    def _subject_here(self) -> str:
        if self.heading:
            return self.heading
        return self.drafts[self.last].subject if self.last is not None else ""

    def _named(self, subject: str) -> int | None:
        """The amount last named that `subject` names again."""
        key, concept = _plain(subject), named(subject).concept
        recent: int | None = None
        for at in range(len(self.drafts) - 1, max(len(self.drafts) - 80, -1), -1):
            draft = self.drafts[at]
            if draft.kind is not StatedKind.AMOUNT or draft.phrase.previous:
                continue
            other = _plain(draft.subject)
            if other == key or (concept and named(draft.subject).concept == concept):
                return at
            if recent is None and at >= len(self.drafts) - 8 and (other.startswith(key) or other.endswith(key)):
                recent = at
        return recent

    def _resume(self, draft: Draft) -> None:
        """Takes the whole of the sentence before up again where this sentence opens with the part that it lacks."""
        scope = self.suspended
        if scope is None:
            return
        self.suspended = None
        if self.scopes or not draft.subject or self.text[self.sentence : draft.clause].strip("其中，,：:"):
            return
        for group in _COMPLEMENTS:
            kinds = [name for name in group if name in draft.subject]
            others = [name for name in group for part in scope.parts if name in part]
            if kinds and others and kinds[0] not in others:
                self.scopes.append(scope)

    def _take_as_part(self, draft: Draft) -> None:
        if not self.scopes or draft.unit == "%":
            return
        scope = self.scopes[-1]
        aspect = draft.phrase.aspect
        if scope.rank is not None:
            if aspect in scope.taken or (scope.taken and aspect == ""):
                return
            scope.taken.add(aspect)
        whole = scope.amounts.get(aspect)
        if whole is None and not aspect:
            whole = next(iter(scope.amounts.values()), None)
        if whole is None:
            whole = next((at for key, at in scope.amounts.items() if _same_aspect(key, aspect)), None)
        if whole is None and ("" in scope.amounts or len(scope.amounts) == 1):
            whole = next(iter(scope.amounts.values()), None)
        scope.parts.append(draft.subject)
        if whole is not None and is_count(self.drafts[whole].unit) == is_count(draft.unit):
            draft.whole = whole

    def _take_change_as_part(self, draft: Draft) -> None:
        if not self.scopes or self.scopes[-1].change is None:
            return
        scope = self.scopes[-1]
        if draft.phrase.subject:
            scope.parts.append(draft.subject)
            draft.whole = scope.change


def _plain(subject: str) -> str:
    """A subject without the generic words behind it, for telling whether two name the same thing."""
    return _GENERIC_TAIL.sub("", subject) or subject


def _same_aspect(one: str, other: str) -> bool:
    return ("决算" in one) == ("决算" in other) and ("年初" in one) == ("年初" in other)
