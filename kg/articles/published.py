"""When a page was published, from what it says itself.

A page's own line with its date (masthead, a site's 发布时间) settles it. Without one, the day comes from a dateline
(新华社…4月1日电), else the month from the latest day that the text reports without a year, and the year from the years
that the text speaks of: one that it treats as running is the year of publication; after one that is over (its whole
year's figures, a month later than the dateline's) it is the next. Where nothing tells, there is no date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.articles.blocks import Block, Kind
from kg.document import Source
from kg.lexicon import entries

FULL = re.compile(r"((?:19|20)\d\d)\s*[-年./]\s*(1[0-2]|0?[1-9])\s*[-月./]\s*(3[01]|[12]\d|0?[1-9])(?!\d)")
DAY = re.compile(r"(?<![\d年/.-])(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])[日号](?!前)")
YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?=年|[-－—~至](?:20)?\d\d年|半年报)"
    r"(?:年(?:(1[0-2]|0?[1-9]|元)月([123]?\d[日号])?|(初|底|末|[春夏秋冬](?=[季秋冬天]))))?"
)
SEASONS = {"初": 1, "春": 3, "夏": 6, "秋": 9, "冬": 12, "底": 12, "末": 12}
BARE = re.compile(r"(?<!\d)(20[0-4]\d)(?![\d.%万亿元个人名户])")
NAMED = re.compile(r"(?<!\d)(20[0-4]\d)(?=[·\u4e00-\u9fff]{2,16}[会节展赛坛奖])(?![年届])")
"""A year at the beginning of the name of an event: 2021云岭茶博会."""
REPORTED = re.compile(r"[\u4e00-\u9fff](1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日(?:消息|电|讯|报道)")
TODAY = re.compile(r"今[天日][（(](1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日")
OTHER_YEAR = re.compile(r"(?:去年|前年|上年|明年|次年|同年|当年|年\d{1,2}月)\D{0,3}$")
AHEAD = re.compile(r"(?:[-－—~至到]|将[于在]?|拟于?|计划|预计|截止)$")
LIFE = re.compile(r"^.{0,8}?(?:参加工作|出生|生[，,。（(于]|入党|加入中国共产党)")
CAREER = re.compile(r"^.{0,14}?(?:历任|担任|(?<!主)任(?!务)|至今|至\d{4}|[-—－]\d)")
LEAD = 220
"""So many characters from the start tell the news."""
OPENING = 80
"""So many are the headline and the first sentence; a year in them is the news's own."""
STAGES = 2
"""A text with so many stages of a career tells a life; only what it says of a day, or first, is news."""
LATE = 9
"""From this month on a year that is told without more is the running one."""


@dataclass(frozen=True, slots=True)
class _Year:
    """A year that the text speaks of."""

    year: int
    month: int | None
    sense: str | None
    """now, past, future, or None where nothing tells."""
    career: bool
    """Said of a stage in someone's career."""
    lead: bool
    """Said where the news is told."""
    day: bool
    """Said of one day."""


def published(source: Source, blocks: Sequence[Block]) -> tuple[str | None, bool]:
    """Return the date that all articles of the source share, ISO 8601 as precise as supported, or None; and whether it
    is told, by the metadata, a line of the page or a day that the text writes in full.

    What the metadata say comes first.
    """
    told = source.metadata.published or _printed(blocks)
    if told:
        return told, True
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", source.text))
    date = _inferred(text, blocks)
    return date, any(f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}" == date for m in FULL.finditer(text))


def _inferred(text: str, blocks: Sequence[Block]) -> str | None:
    """The date of publication as far as dateline and text let one infer it."""
    title = unicodedata.normalize("NFKC", blocks[0].text) if blocks else ""
    month, day = _dateline(blocks, text)
    if month is None:
        month = _reported(text)
    year = _year(list(_years(text, title)), month, bool(re.search("今年|去年|明年|前年", text)))
    if year is None:
        return None
    if month is None:
        month = _latest(int(m[2]) for m in FULL.finditer(text) if int(m[1]) == year)
    if month is None:
        return f"{year}"
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _printed(blocks: Sequence[Block]) -> str | None:
    """The date on a line of the page's own, or with the page's number: (2020年03月30日04版)."""
    for block in blocks:
        own = block.kind in (Kind.MASTHEAD, Kind.FURNITURE)
        if not own and not block.text.rstrip().endswith((")", "）")):
            continue
        text = unicodedata.normalize("NFKC", block.text)
        found = FULL.search(text) if own else re.search(rf"\(\s*{FULL.pattern}\s*第?\w?\d*版?\s*\)$", text)
        if found and not (own and "原标题" in text):
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return None


def _dateline(blocks: Sequence[Block], text: str) -> tuple[int | None, int | None]:
    """Month and day of the datelines; the latest month alone where they differ."""
    said = [unicodedata.normalize("NFKC", b.dateline.day) for b in blocks if b.dateline and b.dateline.day]
    days = {(int(m[1]), int(m[2])) for m in (re.search(r"(\d{1,2})月(\d{1,2})日", s) for s in said) if m}
    if not days:
        found = REPORTED.search(text[: 2 * LEAD]) or TODAY.search(text)
        days = {(int(found[1]), int(found[2]))} if found else set()
    if len(days) == 1:
        return days.pop()
    return _latest(month for month, _ in days), None


def _reported(text: str) -> int | None:
    """The month of the news: the first that is told near the start, or the one after where the text tells of it too;
    where the start tells none, the latest."""
    days = list(_days(text))
    first = next((month for at, month in days if at < LEAD), None)
    if first is None:
        return _latest(month for _, month in days)
    following = first % 12 + 1
    return following if any(month == following for _, month in days) else first


def _days(text: str) -> Iterable[tuple[int, int]]:
    """Where the text reports a day without its year, and the day's month."""
    for found in DAY.finditer(text):
        before = text[max(0, found.start() - 8) : found.start()]
        if not OTHER_YEAR.search(before) and not AHEAD.search(before):
            yield found.start(), int(found[1])


def _latest(months: Iterable[int]) -> int | None:
    """The latest of some months; January is later than December where both are told."""
    told = sorted(set(months))
    if not told:
        return None
    return max((m for m in told if m <= 3), default=told[-1]) if told[-1] >= 11 and told[0] <= 2 else told[-1]


def _years(text: str, title: str) -> Iterable[_Year]:
    for found in BARE.finditer(title):
        if "年" not in title[found.end() : found.end() + 1]:
            yield _Year(int(found[1]), None, "now", False, True, False)
    for found in NAMED.finditer(text):
        yield _Year(int(found[1]), None, "now", False, found.start() < OPENING, False)
    life = False
    for found in YEAR.finditer(text):
        month = (1 if found[2] == "元" else int(found[2])) if found[2] else SEASONS.get(found[4] or "")
        before, after = text[max(0, found.start() - 8) : found.start()], text[found.end(1) : found.end(1) + 16]
        lead = found.start() < OPENING and not life
        sense = _sense(before, after)
        told = text[found.end() : found.end() + 20]
        life = life or bool(LIFE.match(told))
        career = bool(LIFE.match(told)) or bool(CAREER.match(told) and not lead and not found[3] and sense != "now")
        if found[2] and sense != "future":
            sense = None  # the month says more
        yield _Year(int(found[1]), month, sense, career, lead, bool(found[3]))


def _sense(before: str, after: str) -> str | None:
    """What the words around a year say of it. The nearest decides; behind a range (2020-2022年) a plan begins."""
    plan = bool(re.search("计划|规划", before + after))
    if re.match(r"[-－—~至](?:20)?\d\d年", after):
        return "now" if plan else "past"
    if re.search(r"\d年?[-－—~至]$", before):
        return "future" if plan else "past"
    after = after.lstrip("年")
    ranked = []
    for word, sense, side in entries("article_years"):
        if side == "before" and word in before:
            away = len(before) - before.rfind(word) - len(word)
            if away <= (5 if sense == "now" else 0):
                ranked.append((1 if sense == "now" else 0, away, -len(word), sense))
        elif side == "after" and word in after[: (4 if sense == "now" and len(word) < 3 else 14) + len(word)]:
            ranked.append((2, after.find(word), -len(word), sense))
    return min(ranked)[3] if ranked else None


def _year(years: list[_Year], month: int | None, relative: bool) -> int | None:
    """The year of publication: that of the latest years spoken of, or the one after."""
    biography = sum(y.career for y in years) >= STAGES
    told = [y for y in years if y.sense != "future" and not y.career]
    if biography:
        told = [y for y in told if y.lead or y.day or (y.sense and not y.month)]
    if not told:
        return None
    latest = max(y.year for y in told)
    if any(y.career and y.year > latest for y in years):
        return None
    mentions = [y for y in told if y.year == latest]
    if any(y.month and month and y.month > month for y in mentions):
        return latest + 1
    if any(y.sense == "now" or (y.month and month) for y in mentions):
        return latest
    past = any(y.sense == "past" for y in mentions)
    if past and (relative or month is None or month < LATE):
        return latest + 1
    if month is not None:
        return latest if month >= LATE and not past else None
    if any(y.day for y in mentions):
        return latest
    if not any(y.month or y.sense for y in mentions):
        return None
    return latest + 1 if relative else latest
