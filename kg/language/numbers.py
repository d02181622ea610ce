"""A grammar of Chinese and Arabic numbers: 1,234; ５４００; 三百二十; 3.5万; 20多万; 百余; 两三百; 九成; 三分之一.

Values are exact (`Decimal`). `PATTERN` is the grammar as a regular expression without groups, for other grammars to
build on; `read` gives the value of a text that it matched.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.document import Span

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"○": 0, "两": 2}
_POWERS = {
    "十": 10,
    "廿": 20,
    "卅": 30,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "亿": 10**8,
    "拾": 10,
    "佰": 100,
    "仟": 1000,
}
_LONGEST = 40  # a longer run of digits is no number of anything
_SECTIONS = ("万", "亿")

# 千 and 百 that begin a unit or another word belong to it: 600千瓦, 千克, 百分之, 百货.
_D, _CD = "[0-9０-９]", "[零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_POWER = r"(?:[十拾廿卅佰仟万亿]|百(?![分货姓])|千(?![瓦克米伏卡焦帕赫安字]))"
_MORE = "[余多来几]"
_PLAIN = (
    rf"(?:[0-9]{{1,3}}(?:[,\u00a0\u202f ][0-9]{{3}})+(?![0-9])"
    rf"|[０-９]{{1,3}}(?:[，,][０-９]{{3}})+(?![０-９])|{_D}+)"
)
_ARABIC = rf"{_PLAIN}(?:[.．]{_D}+|。{_D}+(?=[%％]))?"  # OCR: 9。7%
_MULTIPLIER = r"(?:万亿|[十百千]?万|[百千]?亿|百(?!分)|千(?![瓦克米伏卡焦帕赫安字]))"
_TAIL = rf"(?:{_ARABIC}{_MULTIPLIER}|[0-9]{{4}}(?![0-9])|[1-9](?![0-9.]))"  # 1亿2000万, 3万5000, 1万5
_MIXED = rf"{_ARABIC}(?:{_MORE}?{_MULTIPLIER}{_TAIL}{{0,2}})?{_MORE}?"
_CHINESE = rf"(?:(?:{_CD}|{_POWER})+{_MORE}?[万亿]*(?:点{_CD}+[万亿]*)?{_MORE}?)"
_SHARE = rf"(?:[一二两三四五六七八九十]成(?:[一二三四五六七八九半](?!成)|[多余])?|{_D}{{1,2}}(?:[.．]{_D})?成)"
_NOT_SHARE = "(?![立为员功果长熟绩就本都份人效品分天双套])"  # 三成立, 五成员 …
_FRACTION = rf"(?:百分之{_ARABIC}|(?:{_CD}|{_POWER}|百)+分之(?:{_CHINESE}|{_ARABIC}))"

_HUNDREDS_OF_MILLIONS = rf"(?:{_PLAIN}|{_CD}{{1,3}})个亿"

PATTERN = rf"(?:{_HUNDREDS_OF_MILLIONS}|{_FRACTION}|{_SHARE}{_NOT_SHARE}|{_MIXED}|{_CHINESE})"
STARTS = "0-9０-９零〇○一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
"""The characters that a match of PATTERN may begin with, to stand in a character class."""

RAISING = ("上", "近", "过", "超", "逾")
"""上百, 近千: what makes a number of a bare power of ten."""
POWERS = ("百", "千", "万", "亿")

_COMPILED = re.compile(rf"(?<![0-9０-９.．A-Za-z])(?=[{STARTS}]){PATTERN}")
_NEIGHBOURS = re.compile(r"(?<![〇零一二三四五六七八九])([一二两三四五六七八])([二三四五六七八九])(?=[十百千万亿]*$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number says."""

    value: Decimal
    """With 万 and 亿 multiplied out; the lower of two (两三百)."""
    approx: bool = False
    """余, 多, 来 or 几 stood inside, or two neighbouring figures (两三百)."""
    share: bool = False
    """A fraction, as a value in per cent: 九成 is 90, 三分之一 33.33…, 百分之五 5."""
    high: Decimal | None = None
    """The higher of two neighbouring figures: 300 of 两三百."""
    multiplier: Decimal = Decimal(1)
    """What 万, 亿 … at the end of the number contributed: 10000 of 3.5万."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text."""

    span: Span
    reading: Reading

    @property
    def value(self) -> Decimal:
        """The number's value, in per cent for a fraction."""
        return self.reading.value


def numbers(text: str) -> list[Number]:
    """Every number of `text`, in order. 几十, 数百 and other figures that name no number are left out."""
    found = []
    for match in _COMPILED.finditer(text):
        reading = read(match.group())
        before = text[max(0, match.start() - 1) : match.start()]
        if reading is not None and not vague(before, match.group()):
            found.append(Number(Span(*match.span()), reading))
    return found


def vague(before: str, number: str) -> bool:
    """Whether a number says no figure: 几十, 数百, and a bare power of ten (万元) that is not 上万, 近千."""
    if before and before in "几数" and number[0] in "十百千万亿":
        return True
    return number in POWERS and before not in RAISING


@lru_cache(maxsize=4096)
def read(text: str) -> Reading | None:
    """The value of one number as PATTERN matches it; None where its characters make none (三三两两)."""
    plain = unicodedata.normalize("NFKC", text)
    if len(plain) > _LONGEST:
        return None
    try:
        return _read(plain)
    except (ArithmeticError, KeyError):
        return None


def _read(plain: str) -> Reading | None:
    plain = plain.replace("个亿", "亿").replace("。", ".")
    if "分之" in plain:
        return _fraction(plain)
    if "成" in plain:
        tenths, _, rest = plain.partition("成")
        base = _decimal(tenths)
        more = Decimal(5) if rest == "半" else Decimal(_DIGITS.get(rest, 0))
        return None if base is None else Reading(base * 10 + more, rest in ("多", "余") and bool(rest), share=True)
    bare = re.sub(_MORE, "", plain)
    approx = bare != plain
    multiplier = _ending(bare)
    pair = None if bare[:1].isdigit() else _NEIGHBOURS.search(bare)
    if pair and (_figure(pair[2]) - _figure(pair[1]) == 1 or pair[0] == "三五"):
        low = _decimal(bare[: pair.start()] + pair[1] + bare[pair.end() :])
        high = _decimal(bare[: pair.start()] + pair[2] + bare[pair.end() :])
        return None if low is None else Reading(low, True, high=high, multiplier=multiplier)
    value = _decimal(bare)
    return None if value is None else Reading(value, approx, multiplier=multiplier)


def _fraction(text: str) -> Reading | None:
    below, _, above = text.partition("分之")
    part, whole = read(above), _decimal(below)
    if part is None or not whole:
        return None
    high = None if part.high is None else _exact(part.high * 100 / whole)
    return Reading(_exact(part.value * 100 / whole), part.approx, share=True, high=high)


def _figure(character: str) -> int:
    return _DIGITS[character]


def _ending(text: str) -> Decimal:
    """The product of the powers at the end: 10000 of 3.5万, 10^12 of 2万亿."""
    product = Decimal(1)
    while text and text[-1] in _POWERS and len(text) > 1:
        product *= _POWERS[text[-1]]
        text = text[:-1]
    return product


def _decimal(text: str) -> Decimal | None:
    """The value of a number without approximations; None where it is malformed."""
    if text and text[0].isdigit() and text[0].isascii():
        return _mixed(text)
    whole, point, places = text.partition("点")
    multiplier = Decimal(1)
    if point:
        figures = places.rstrip("万亿")
        multiplier = _ending("0" + places[len(figures) :])
        if any(c not in _DIGITS for c in figures):
            return None
        places = "".join(str(_DIGITS[c]) for c in figures)
    value = _chinese(whole)
    return None if value is None else _exact(Decimal(f"{value}.{places or 0}") * multiplier)


def _mixed(text: str) -> Decimal | None:
    """3.5万, 1亿2000万, 3万5千, 1,234.5."""
    total = last = Decimal(0)
    for figure, powers in re.findall(r"([0-9][0-9.,，\s]*)([十百千万亿]*)", text):
        part = Decimal(re.sub(r"[,，\s]", "", figure))
        if not powers and last and len(figure) == 1:
            part *= last / 10  # 1万5
        for power in powers:
            part *= _POWERS[power]
        last = Decimal(_POWERS[powers[-1]]) if powers else last
        total += part
    return _exact(total)


def _exact(value: Decimal) -> Decimal:
    """The value without an exponent or zeros behind the point: 35000, not 35000.0 or 3.5E+4."""
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _chinese(text: str) -> int | None:
    """The value of a Chinese numeral without a decimal point: 三百二十, 二〇二三, 一百二 (120), 两万三 (23000)."""
    if all(c in _DIGITS for c in text):
        if "两" in text[1:] or (len(text) == 2 and "〇" not in text and "零" not in text):
            return None  # 一一, 三三两两: no number is written so
        return int("".join(str(_DIGITS[c]) for c in text)) if text else None
    total = section = 0
    digit: int | None = None
    last_power, after_zero = 0, False
    for c in text:
        if c in _DIGITS:
            if digit is not None and digit != 0:
                return None
            after_zero = after_zero or _DIGITS[c] == 0
            digit = _DIGITS[c]
            continue
        power = _POWERS[c]
        if c in _SECTIONS:
            if total and power >= 10**8 and not section and digit is None:
                total *= power  # 三万亿
            else:
                figure = section + (digit or 0)
                if not figure and total:
                    return None
                total += (figure or 1) * power
            section, last_power = 0, power
        else:
            if last_power and power >= last_power and last_power not in (10**4, 10**8):
                return None
            section += power if c in "廿卅" else (1 if digit is None else digit) * power
            last_power = 10 if c in "廿卅" else power
        digit, after_zero = None, False
    if digit and last_power > 10 and not after_zero:
        digit = digit * last_power // 10  # 一百二
    return total + section + (digit or 0)
