"""Dates in text, resolved against the publication date and the date last spoken of.

Values are ISO 8601 prefixes, as precise as the text and the publication date support: 2023, 2023-12, 2023-12-19. The
words of relative time and of the future are lexicons: date_words.txt, future_words.txt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.document import Span
from kg.language.date_forms import END, LINK, MONTH, START, THROUGH, UNTIL, future, grammar, words
from kg.language.moments import When, parse, shift, valid
from kg.language.numbers import read


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time that a text speaks of. The span is offsets into that text."""

    span: Span
    value: str | None
    """ISO 8601, as precise as the text; None where nothing resolves it (近年来, 90年代, 春节)."""
    end_value: str | None = None
    """The last day, month or year of a range or period: 2023-11 of 1月至11月, 2025 of “十四五”期间."""
    relative: bool = False
    """Told from the publication date or from another date: 今年, 12月19日, 当天."""
    duration: bool = False
    """A stretch or a vague time (近日, 近年来, 三年来): `value` is then no date of anything that happened."""
    edge: str | None = None
    """start where the text says from then on (9月以来, 起), end where it says until (6月底前, 截至)."""


@dataclass(frozen=True, slots=True)
class _Period:
    """What one match of the grammar says."""

    start: When | None
    end: When | None = None
    relative: bool = False
    duration: bool = False


_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}


def dates(text: str, published: str | None, context: str | None = None) -> list[DateMention]:
    """Every date, period and vague time of `text`, in order.

    `published` is the article's date (2023, 2023-12 or 2023-12-19); a date without a year takes the year of the date
    before it in the text, else the one that puts it last before `published`, or next after it where the words speak
    of the future. `context` is the date that was spoken of before `text` began, where known.
    """
    reader = _Reader(text, parse(published), parse(context))
    found: list[DateMention] = []
    for match in grammar().finditer(text):
        period = reader.read(match)
        if period is None:
            continue
        mention = DateMention(
            Span(*match.span()),
            str(period.start) if period.start else None,
            str(period.end) if period.end else None,
            period.relative,
            period.duration,
            _edge(text, match),
        )
        if found and _joins(text, found[-1], mention):
            mention = replace(
                found[-1],
                span=Span(found[-1].span.start, mention.span.end),
                end_value=mention.end_value or mention.value,
                edge=mention.edge if mention.edge == "start" else None,
            )
            found.pop()
        found.append(mention)
    return found


def _joins(text: str, first: DateMention, second: DateMention) -> bool:
    """Whether the two are the ends of a range: 4日至5日, 2021年到2023年, 1-11月."""
    if not (first.value and second.value) or first.end_value or first.duration or second.duration:
        return False
    linked = re.fullmatch(LINK, text[first.span.end : second.span.start])
    return bool(linked) and first.value <= second.value


def _edge(text: str, match: re.Match[str]) -> str | None:
    if START.match(text, match.end()):
        return "start"
    if END.match(text, match.end()) or UNTIL.search(text, max(0, match.start() - 2), match.start()):
        return "end"
    return None


def _number(text: str) -> int:
    """The value of digits or a Chinese numeral below a hundred."""
    if text.isdecimal():
        return int(text)
    reading = read(text)
    return int(reading.value) if reading else 0


def _known(base: When | None) -> When | None:
    """What is known of a day near `base`, of which the day is not: its month; a year alone says nothing of 昨天."""
    return base if base and base.month else None


class _Reader:
    """Reads the matches of one text in order, and remembers the date last spoken of."""

    def __init__(self, text: str, published: When | None, last: When | None) -> None:
        self.text = text
        self.published = published
        self.last = last
        self.readers: dict[str, Callable[[re.Match[str]], _Period | None]] = {
            "iso": self._iso,
            "year": self._year,
            "decade": lambda _: _Period(None, duration=True),
            "ago": self._ago,
            "month": self._month,
            "relmonth": self._relative_month,
            "relday": self._relative_day,
            "week": self._week,
            "day": self._day,
            "part": self._part_alone,
            "plan": self._plan,
            "vague": self._vague,
        }

    def read(self, match: re.Match[str]) -> _Period | None:
        """What a match says; None where it is no date after all."""
        period = self.readers[match.lastgroup or ""](match)
        if period and period.start and not period.duration:
            self.last = period.end or period.start
        return period

    # -- forms that say their year

    def _iso(self, match: re.Match[str]) -> _Period | None:
        day = int(match["id"]) if match["id"] else None
        when = valid(int(match["iy"]), int(match["im"] or match["im2"]), day)
        return _Period(when) if when else None

    def _year(self, match: re.Match[str]) -> _Period | None:
        relative = match["ry"] is not None
        year = self._relative_year(match["ry"]) if relative else _number(match["y"])
        if year is None:
            return _Period(None, relative=True)
        if match["ypart"]:
            return replace(self._part(match["ypart"], year), relative=relative)
        if not match["ym"]:
            return _Period(When(year), relative=relative)
        return self._in_month(year, _number(match["ym"]), match["yin"], relative)

    def _relative_year(self, word: str) -> int | None:
        _, count, origin = words()[word]
        base = self.published if origin == "published" else self.last
        return base.year + count if base else None

    def _in_month(self, year: int, month: int, rest: str | None, relative: bool) -> _Period | None:
        """A month, or the day in it that `rest` names (19日); 上旬, 初, 底 say no day."""
        day = _number(rest.strip().rstrip("日号")) if rest and rest.strip()[0] not in "上中下初底末" else None
        when = valid(year, month, day)
        return _Period(when, relative=relative) if when else None

    def _part(self, words: str, year: int) -> _Period:
        """A part of a year: 上半年, 第三季度, 前11个月; 年底 is December, 年初 and a season no month in particular."""
        if words.startswith("上半"):
            return _Period(When(year, 1), When(year, 6))
        if words.startswith("下半"):
            return _Period(When(year, 7), When(year, 12))
        if words.endswith("季度"):
            quarter = _number(words[-3])
            return _Period(When(year, 1 if words[0] in "前头" else 3 * quarter - 2), When(year, 3 * quarter))
        if words.endswith("个月"):
            month = _number(words[1:-2].strip())
            return _Period(When(year, 1), When(year, min(max(month, 1), 12)))
        return _Period(When(year, 12) if words[-1] in "底末" else When(year))

    # -- forms that take their year from elsewhere

    def _month(self, match: re.Match[str]) -> _Period | None:
        name = re.match(MONTH, match[0])
        month = _number(name[0]) if name else 0
        probe = self._in_month(2000, month, match["in"], relative=True)  # a leap year: 2月29日 is a day
        if probe is None or probe.start is None:
            return None
        through = THROUGH.match(self.text, match.end())  # 1月至11月 is over when November is
        year = self._choose((through and valid(2000, _number(through[1]))) or probe.start, match)
        if year is None or re.search("[农阴]历$", self.text[: match.start()][-2:]):
            return _Period(None, relative=True)
        return self._in_month(year, month, match["in"], relative=True)

    def _part_alone(self, match: re.Match[str]) -> _Period | None:
        if match[0].startswith("月"):
            base = self.last if self.last and self.last.month else self.published
            return _Period(When(base.year, base.month), relative=True) if base and base.month else None
        probe = self._part(match[0], 2000)
        year = self._choose(probe.end or probe.start or When(2000), match)
        return _Period(None, relative=True) if year is None else replace(self._part(match[0], year), relative=True)

    def _choose(self, when: When, match: re.Match[str]) -> int | None:
        """The year of a month or day that does not say it."""
        if self.last and not (self.published and self.last.year > self.published.year):
            return self.last.year
        if self.published is None:
            return None
        here = replace(when, year=self.published.year)
        return here.year - 1 if here.after(self.published) and not self._coming(match) else here.year

    def _day(self, match: re.Match[str]) -> _Period | None:
        day = _number(match[0].rstrip("日"))
        if not 1 <= day <= 31:
            return None
        base = self.last if self.last and self.last.month else self.published
        if base is None or base.month is None:
            return _Period(None, relative=True)
        when = valid(base.year, base.month, day)
        if base is self.published and when and when.after(base) and not self._coming(match):
            back = date(base.year, base.month, 1) - timedelta(1)
            when = valid(back.year, back.month, day)
        return _Period(when, relative=True)

    def _coming(self, match: re.Match[str]) -> bool:
        """Whether the words around a date say that it is still to come."""
        before, after = future()
        start, end = match.span()
        ahead = before.search(self.text, max(0, start - 12), start)
        return bool(ahead or after.match(self.text, end) or END.match(self.text, end))

    # -- forms that count from the publication or from the date last spoken of

    def _relative_month(self, match: re.Match[str]) -> _Period | None:
        _, count, origin = words()[match["rm"]]
        base = self.last if origin == "antecedent" and self.last and self.last.month else self.published
        if base is None or base.month is None:
            return _Period(None, relative=True)
        year, month = divmod(base.year * 12 + base.month - 1 + count, 12)
        return self._in_month(year, month + 1, match["rin"], relative=True)

    def _relative_day(self, match: re.Match[str]) -> _Period:
        _, count, origin = words()[match[0]]
        base = (self.last if origin == "antecedent" else None) or self.published
        if base is None or base.month is None or base.day is None:
            return _Period(_known(base), relative=True)
        return _Period(shift(base, count), relative=True)

    def _week(self, match: re.Match[str]) -> _Period:
        base = self.published
        weekday = match["wd"] or match["wd2"]
        if base is None or base.month is None or base.day is None:
            return _Period(_known(base), relative=True, duration=weekday is None)
        today = date(base.year, base.month, base.day)
        if match["rw"]:
            monday = today - timedelta(today.weekday()) + timedelta(7 * words()[match["rw"]][1])
        else:
            monday = today - timedelta(today.weekday() + (7 if _WEEKDAYS[weekday] > today.weekday() else 0))
        first = When(monday.year, monday.month, monday.day)
        if weekday is None:
            return _Period(first, shift(first, 6), relative=True, duration=True)
        return _Period(shift(first, _WEEKDAYS[weekday]), relative=True)

    def _ago(self, match: re.Match[str]) -> _Period | None:
        years = _number(match["years"])
        base = self.published
        if base is None or not 0 < years < base.year:
            return _Period(None, relative=True, duration=True)
        start = When(base.year - years)
        if match["way"] == "前":
            return _Period(start, relative=True)
        return _Period(start, When(base.year), relative=True, duration=True)

    def _plan(self, match: re.Match[str]) -> _Period | None:
        plan = _number(match["five"])
        if not 6 <= plan <= 30:
            return None
        first = 1981 + 5 * (plan - 6)  # the sixth five-year plan began in 1981
        stage = match["stage"]
        if stage in ("末", "收官"):
            return _Period(When(first + 4))
        if stage in ("初", "开局"):
            return _Period(When(first))
        return _Period(When(first), When(first + 4))

    def _vague(self, match: re.Match[str]) -> _Period:
        """近日 and the like fall in the month of publication, unless that had hardly begun."""
        base = self.published if words()[match[0]][2] == "published" else None
        if base and base.month and (base.day is None or base.day > 7):
            base = When(base.year, base.month)
        elif base:
            base = When(base.year)
        return _Period(base, relative=True, duration=True)
