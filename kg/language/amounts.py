"""Quantities in text: a number with its unit, what it is per, and whether it is approximate.

The units, the words of approximation and the words that only look like amounts are lexicons: units.txt,
approximations.txt, not_amounts.txt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg.document import Span
from kg.language.numbers import PATTERN, POWERS, STARTS, Reading, read, vague
from kg.lexicon import entries, words


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount that a text states. Spans are offsets into that text."""

    span: Span
    """The whole expression, words of approximation that touch it included: 约433万元左右."""
    number_span: Span
    """The number alone: 433万."""
    value: Decimal
    """The number with 万 and 亿 multiplied out, in `unit`."""
    unit: str
    """CNY or another ISO 4217 code for money, % for shares of 百分之 and 成, else the text's own unit (亩, 人次); empty
    where a large number stands before its noun without one (2万多渔民)."""
    text: str
    """Number and unit as the text writes them."""
    money: bool = False
    percent: bool = False
    """%, 个百分点, 百分之, 成 and fractions."""
    approx: bool = False
    """余, 多, 近, 约, 左右, 以上, 超 and the like (approximations.txt)."""
    ordinal: bool = False
    """No amount but a place in an order (第16家), a phase (二期) or part of a quoted name (“15分钟生活圈”)."""
    per: str | None = None
    """What it is counted per, in the text's words: 每人每月, 人均, 亩; None for a plain amount."""
    noun: Span | None = None
    """The words right after the unit, up to the first that ends a noun phrase: 工作队 of 34个工作队."""
    category: str = ""
    """money, length, area, volume, mass, energy, time, count or share (units.txt)."""


@dataclass(frozen=True, slots=True)
class _Unit:
    category: str
    name: str
    factor: Decimal


_LINK = re.compile(r"\s?(?:至|到|或|[-－—–―~～]{1,2}|[xX×*])\s?")
_HALF = "(?:个?多?(?:年|月|小时|钟头|世纪|学期)|多?(?:亩|天|公里|里|斤|吨|米))"
_NOUN = re.compile(
    r"多?的?"
    r"([^\W\d_的了在是为被将已并把和与及以从向到至对等较比占共达约近超而且则也都又就还只仅]{1,12})"
)
_CLAUSE = re.compile("[^，。,;；、]{0,12}")
_EACH = (
    "(?:[人户亩家村镇乡县年月日天周季次辆台套头只株吨斤股名位组个件晚桶张份班期场车箱瓶度米]"
    "|公斤|公里|平方米|小时|分钟|立方米|千克)"
)
_PER = re.compile(rf".*?(每{_EACH}{{1,2}}(?:每{_EACH}{{1,2}})?|[人户亩年月日村校班]均|亩产)[^，。,;；:：0-9]{{0,10}}$")
_AFTER_PER = re.compile(rf"(?:[/／]|每)({_EACH})")
_NAME = re.compile(r"[“「『《]([^“”「」『』《》]{1,10})[”」』》]")
_YEAR = re.compile(
    r"(?:1[5-9]|20|１[５-９]|２０)[0-9０-９]{2}|[一二][零〇○九八][零〇○一二三四五六七八九]{2}|[0０][0-9０-９]"
)
_SMALL = frozenset("一二三四五六七八九十")
_NOT_AFTER = {  # a unit that another word swallows: 三年级, 204省道, 200村民
    "年": "代级度",
    "分": "之店局公校",
    **dict.fromkeys("省县市区镇乡村国州", "道民干委支级企域际属办直政农外人内长里部社组"),
}


@cache
def _units() -> dict[str, _Unit]:
    table = {}
    for form, category, *rest in entries("units"):
        name, factor = (*rest, "", "")[:2]
        table[form] = table[form.replace("/", "／")] = _Unit(category, name or form, Decimal(factor or 1))
    return table


@cache
def _grammar() -> re.Pattern[str]:
    """One expression that finds every number with its unit."""
    forms = sorted(_units(), key=len, reverse=True)
    unit = "|".join(re.escape(f) + ("(?![A-Za-z])" if f[-1].isascii() and f[-1].isalpha() else "") for f in forms)
    return re.compile(
        rf"(?=[{STARTS}半])(?:(?<![0-9０-９.．A-Za-z])|(?<=[0-9][xX]))(?:"
        rf"(?P<half>半(?P<halved>{_HALF}))(?![以上径])"
        rf"|(?P<fifty>一半|半数)(?![天夜年个])"
        rf"|(?P<words>{'|'.join(words('not_amounts'))})"
        rf"|(?P<number>{PATTERN})(?:个半(?P<more>小时|月|钟头|学期)"
        rf"|[ \u00a0\u3000]?(?P<unit>{unit})(?P<tail>半(?![以上径]))?)?)"
    )


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Words of approximation before and after an amount, and which of them make it approximate."""
    rows = sorted(entries("approximations"), key=lambda row: -len(row[0]))
    before = "|".join(w for w, where, _ in rows if where == "before")
    after = "|".join(w for w, where, _ in rows if where == "after")
    approximate = frozenset(w for w, _, what in rows if what == "approx")
    return re.compile(f"({before})[了到]?\\s?$"), re.compile(after), approximate


@cache
def _counted() -> tuple[re.Pattern[str], dict[str, str]]:
    implied = {row[0]: row[1] for row in entries("counted_nouns")}
    return re.compile("|".join(sorted(implied, key=len, reverse=True))), implied


def quantities(text: str) -> list[Quantity]:
    """Every quantity of `text`, in order. A range (3至5家, 50万元到500万元) gives its two ends, and so do two
    neighbouring figures (两三百户), with one span. Dates, times of day, telephone numbers and small figures without a
    unit give none; places in an order and parts of quoted names are marked `ordinal`."""
    found: list[Quantity] = []
    names = [Span(*m.span(1)) for m in _NAME.finditer(text)]
    waiting: tuple[Span, Reading] | None = None  # the first number of a range, its unit still to come
    for match in _grammar().finditer(text):
        first, waiting = waiting, None
        read_as = _reading(text, match)
        if read_as is None:
            continue
        number, reading = read_as
        unit = _unit(text, match, number, reading)
        if unit is None:
            waiting = (number, reading) if match["unit"] is None else None
            continue
        ends = [(number, reading)]
        if first and _LINK.fullmatch(text, first[0].end, number.start):
            low = first[1]
            if low.multiplier == 1 and reading.multiplier > 1 and low.value <= reading.value / reading.multiplier:
                low = replace(low, value=low.value * reading.multiplier)  # 50至500万元
            ends.insert(0, (first[0], low))
        if reading.high is not None:
            ends.append((number, replace(reading, value=reading.high)))
        read_out = [_quantity(text, span, end, unit, match.end(), names) for span, end in ends]
        approx = any(q.approx for q in read_out)  # 约3至5亿元, 3至5亿元左右: both ends
        found += [replace(q, approx=approx) for q in read_out]
    return found


def _reading(text: str, match: re.Match[str]) -> tuple[Span, Reading] | None:
    """Where the number of a match stands and what it says; None for a word that is no number (一起), for 几十 and 数百,
    a bare power of ten (万元), half of a year (上半年) and a figure inside a code (COVID-19)."""
    start = match.start()
    before = text[start - 1 : start] if start else ""
    if match["words"]:
        return None
    if match["half"]:
        return None if before and before in "上下前后多一" else (Span(start, start + 1), Reading(Decimal("0.5")))
    if match["fifty"]:
        return Span(start, match.end()), Reading(Decimal(50), share=True)
    number = match["number"]
    if vague(before, number) and not _whole(text, match, before):
        return None
    if before == "-" and start > 1 and text[start - 2].isascii() and text[start - 2].isalpha():
        return None
    reading = read(number)
    if reading is not None and (match["more"] or match["tail"]):
        reading = replace(reading, value=reading.value + Decimal("0.5"))
    return None if reading is None else (Span(*match.span("number")), reading)


def _whole(text: str, match: re.Match[str], before: str) -> bool:
    """Whether a bare power of ten is a figure all the same: 万亩桃园, 百公里外, 亿元以上; not 数万亩 and not 万元."""
    if match["unit"] is None or match["number"] not in POWERS or (before and before in "几数每"):
        return False
    return _units()[match["unit"]].category in ("area", "length", "mass") or text.startswith("以上", match.end())


def _unit(text: str, match: re.Match[str], number: Span, reading: Reading) -> _Unit | None:
    """The unit of a number; None where there is none, or where number and unit are a date, a time or another word."""
    if reading.share:
        return _Unit("share", "%", Decimal(1))
    form = match["unit"] or match["more"]
    if match["half"]:
        form = match["halved"].replace("多", "")
    if form is None:
        return _implied(text, number, match.end(), reading)
    if form in ("个月", "季度") and number.start and text[number.start - 1] in "前头":
        return None  # 前11个月 is a date
    if form in ("月", "个月"):
        return _Unit("time", "个月", Decimal(1))
    after = text[match.end() : match.end() + 1]
    if after and after in _NOT_AFTER.get(form, ""):
        return _implied(text, number, number.end, reading) if form != "年" else None
    if form == "年" and match["number"] and _YEAR.fullmatch(match["number"]):
        return None
    if form == "分" and number.start and text[number.start - 1] in "时点:：.．":
        return None
    return _units().get(form) or _units()[form.removeprefix("个")]


def _implied(text: str, number: Span, end: int, reading: Reading) -> _Unit | None:
    """The unit of a number without one, by what is counted: 200村民, 2万多渔民, 投资2300万; empty where only a large
    figure tells an amount from a mere number; None for the rest."""
    nouns, units = _counted()
    match = nouns.match(text, end)
    large = "万" in text[number.start : number.end] or "亿" in text[number.start : number.end]
    if match is None and (large or (reading.approx and reading.high is None)):  # not “十四五”规划项目
        ahead = list(nouns.finditer(text, max(0, number.start - 14), number.start))
        clause = _CLAUSE.match(text, end)
        match = ahead[-1] if ahead else nouns.search(text, end, clause.end() if clause else end)
    if match:
        name = units[match[0]]
        return _Unit("money" if name == "CNY" else "count", name, Decimal(1))
    return _Unit("", "", Decimal(1)) if large else None


def _quantity(text: str, number: Span, reading: Reading, unit: _Unit, end: int, names: list[Span]) -> Quantity:
    before, after, approximate = _around()
    start = number.start
    ahead = before.search(text, max(0, start - 4), start)
    if ahead and ahead[1] in ("上", "过") and text[start] not in "百千万亿":
        ahead = None  # 通过3次, 以上3个
    behind = after.match(text, end)
    whole = Span(ahead.start() if ahead else start, behind.end() if behind else end)
    noun = _NOUN.match(text, whole.end)
    return Quantity(
        span=whole,
        number_span=number,
        value=reading.value * unit.factor,
        unit=unit.name,
        text=text[start:end],
        money=unit.category == "money",
        percent=unit.name in ("%", "个百分点"),
        approx=reading.approx
        or "多" in text[number.end : end]  # 2个多小时, 六倍多
        or bool(ahead and ahead[1] in approximate)
        or bool(behind and behind[0] in approximate),
        ordinal=_ordinal(text, number, unit, Span(start, end), names),
        per=None if unit.category == "time" else _per(text, start, end),
        noun=Span(*noun.span(1)) if noun else None,
        category=unit.category,
    )


def _ordinal(text: str, number: Span, unit: _Unit, span: Span, names: list[Span]) -> bool:
    """Whether the figure is a place in an order, a phase or class (二期, 一级), or part of a quoted name."""
    before = text[max(0, number.start - 2) : number.start]
    if before.endswith("第") or any(name.covers(span) and name != span for name in names):
        return True
    if unit.name in ("名", "位"):
        return before.endswith(("前", "名列", "位列", "位居", "排名"))
    if unit.name == "组":
        return before.endswith(("村", "社"))
    return unit.name == "季度" or (unit.name in ("期", "级", "代") and text[number.start : number.end] in _SMALL)


def _per(text: str, start: int, end: int) -> str | None:
    after = _AFTER_PER.match(text, end)
    if after:
        return after[1]
    window = text[max(0, start - 20) : start]
    if "每" not in window and "均" not in window and "亩产" not in window:
        return None
    matches = _PER.match(window)
    return matches[1] if matches else None
