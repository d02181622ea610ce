"""The forms that dates take, as regular expressions; the words of relative time come from date_words.txt."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import entries

_D = "[0-9０-９]"
_CN = "[一二三四五六七八九]"
LINK = r"\s?(?:至|到|[-－—–―~～]{1,2})\s?"
_Y = rf"(?:1[89]|20|１[８９]|２０){_D}{{2}}|[一二][零〇○九八][零〇○一二三四五六七八九]{{2}}"
MONTH = rf"(?:1[0-2]|0?[1-9](?!{_D})|[０-９]{{1,2}}|十[一二]?|{_CN})"
_DAY = rf"(?:[12][0-9]|3[01]|0?[1-9](?!{_D})|[０-９]{{1,2}}|[二三]?十{_CN}?|廿{_CN}?|{_CN})"
_PART = rf"""年?初(?![中步级次期审评选赛心见])|年?底|年?末|年中|上半年|下半年|第?[一二三四1-4]季度|[前头][一二三123]季度
    |[前头]\s?{MONTH}个月|春天|春季|夏天|夏季|秋天|秋季|冬天|冬季"""
_IN_MONTH = rf"\s?{_DAY}(?:[日号]|(?={LINK}{_DAY}[日号]))|上旬|中旬|下旬|初(?!中)|底|末"


@cache
def words() -> dict[str, tuple[str, int, str]]:
    """Each word of relative time with what it counts in, how many, and from what (date_words.txt)."""
    return {word: (what, int(count), origin) for word, what, count, origin in entries("date_words")}


@cache
def grammar() -> re.Pattern[str]:
    """One expression for every form of date; the outer group that matched names the reader of that form."""
    listed = words()

    def of(*kinds: str) -> str:
        return "|".join(sorted((w for w, (what, _, _) in listed.items() if what in kinds), key=len, reverse=True))

    first = "".join(sorted({w[0] for w in listed}))
    return re.compile(
        rf"""(?=[0-9０-９零〇○一二三四五六七八九十头年月星“"‘＂'{first}])(?<![0-9０-９.．])(?:
        (?P<iso>(?P<iy>(?:19|20)[0-9]{{2}})(?:(?P<sep>[-./])(?P<im>[0-9]{{1,2}})(?P=sep)(?P<id>[0-9]{{1,2}})
            |-(?P<im2>0[1-9]|1[0-2]))(?![0-9-]))
        |(?P<year>(?:(?P<y>{_Y})(?:\s?年度?(?!代)|(?={LINK}(?:{_Y})\s?年))|(?P<ry>{of("year")}))
            (?:(?P<ypart>{_PART})|\s?(?P<ym>{MONTH})(?:\s?月份?(?P<yin>{_IN_MONTH})?|(?={LINK}{MONTH}月)))?)
        |(?P<decade>(?:上?世纪|19|20)?[一二三四五六七八九1-9][十0]年代)
        |(?P<ago>(?P<years>{_D}{{1,3}}|[一两二三四五六七八九十百]{{1,4}})年(?P<way>前(?!期)|以?来))
        |(?P<month>{MONTH}(?:月份?(?!票|饼|子|嫂|老)(?P<in>{_IN_MONTH})?|(?={LINK}{MONTH}月)))
        |(?P<relmonth>(?P<rm>{of("month")})份?(?P<rin>{_IN_MONTH})?)
        |(?P<relday>{of("day")})(?!头条)
        |(?P<week>(?P<rw>{of("week")})(?P<wd>[一二三四五六日天])?|星期(?P<wd2>[一二三四五六日天]))
        |(?P<day>{_D}{{1,2}}(?:日(?![均游内元报语本照])|(?={LINK}{_D}{{1,2}}日)))
        |(?P<part>(?:上半年|下半年|第?[一二三四]季度|第[1-4]季度|[前头][一二三123]季度|[前头]\s?{MONTH}个月
            |年[初底末内]|月[初底末]))
        |(?P<plan>[“"‘'＂]?(?P<five>[一二三四五六七八九十]{{1,3}})五[”"’'＂]?(?P<stage>期间|时期|以来|末|初|开局|收官))
        |(?P<vague>{of("vague")}))""",
        re.VERBOSE,
    )


@cache
def future() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What tells that a date is to come: an expression that ends where it begins, one that begins where it ends."""
    before = "|".join(re.escape(w) for w, where in entries("future_words") if where == "before")
    after = "|".join(re.escape(w) for w, where in entries("future_words") if where == "after")
    return re.compile(f"(?:{before})[^，。；,;]{{0,8}}$"), re.compile(f"[^，。；,;]{{0,3}}?(?:{after})")


THROUGH = re.compile(rf"{LINK}({MONTH})月")
"""The second half of 1月至11月."""
START = re.compile("[份度]?(?:起|开始|以来|至今|来(?![到自访])|后|以后|之后)")
END = re.compile("[份度]?(?:之前|以前|前(?![后往来景夕列沿])|止|为止)")
UNTIL = re.compile("(?:截至|截止|到|至)$")
