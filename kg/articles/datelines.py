"""Where a body begins: the dateline before it (本报讯(记者…), 新华社…1月2日电), and the signature behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.articles.credits import Credit, credit
from kg.document import Author
from kg.lexicon import entries, words

BRACKET = re.compile(r"\s*[（(\[【]([^（）()\[\]【】。]{1,80})[）)\]】]")
COLON = re.compile(r"\s*[：:，,]\s*")
DAY = re.compile(r"(?:[0-9０-９]{4}年)?[0-9０-９]{1,2}月[0-9０-９]{1,2}日(?:综合|专)?$")
ROLE = r"(?:[\w·—-]{0,12}(?:记者|通讯员|实习生))"
NAME = r"(?:[\u3400-\u9fff]{2,4}|[\u3400-\u9fff][ \u3000][\u3400-\u9fff])"
OPEN_ROW = re.compile(rf"\s*(?:{ROLE}[\s/：:]*{NAME}(?:[、,，\s/]+{NAME})*(?:\s*报道)?[\s]+)+")
"""Reporters without a bracket: 本报讯 记者 张三 通讯员 李四 (body)."""
GLUED = re.compile(
    rf"\s*({ROLE}\s*([\u3400-\u9fff]{{2,4}}?)(?:、[\u3400-\u9fff]{{2,4}}?)*)(?:(?:摄影)?报道(?=[：:\s])|(?=\d)|(?=[：:]))"
)
"""A reporter whose name runs on: 电记者张三报道：…, 本报讯记者张三3月25日…."""
TOPIC = re.compile(r"\s*题\s*[：:]\s*")
END = re.compile(r"\s*[（(\[【]([^（）()\[\]【】。]{2,80})[）)\]】]\s*$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before a body."""

    length: int
    """How many characters of the paragraph it takes, with the white space behind it."""
    authors: tuple[Author, ...]
    day: str | None
    """The dateline's own day, as the text writes it: 1月2日, 2015年12月31日."""


def dateline(text: str, at: int) -> Dateline | None:
    """Return the dateline that opens `text`, a paragraph that starts at `at` in the source; None if there is none."""
    head = _head(text)
    if head is None:
        return _bare(text, at)
    end, wire, any_may_follow = head
    authors: tuple[Author, ...] = ()
    marked = any_may_follow
    topic = TOPIC.match(text, end)
    if topic and wire:
        return Dateline(topic.end(), (), _day(text[:end]))
    bracket = BRACKET.match(text, end)
    if bracket:
        programme = any(word in bracket.group(1) for word in words("article_programmes"))
        said = None if programme else credit(bracket.group(1), at + bracket.start(1), "reporter")
        authors = said.authors if said else ()
        end, marked = bracket.end(), True
    else:
        row = _open_row(text, end, at)
        if row:
            (end, authors), marked = row, True
    colon = COLON.match(text, end)
    if colon and (marked or colon.group().strip() in "：:" or DAY.search(text[: head[0] - 2])):
        end, marked = colon.end(), True
    elif re.match(r"\s", text[end : end + 1]):
        marked = True
    if not marked:
        return None
    end += len(text[end:]) - len(text[end:].lstrip())
    return Dateline(end, authors, _day(text[: head[0]]))


def signature(text: str, at: int) -> tuple[int, Credit] | None:
    """Return where the credit in brackets behind the body `text` starts, and what it says; None if there is none."""
    end = END.search(text)
    if not end:
        return None
    wire = re.match(r"[\w·—-]{0,20}日电\s*", end.group(1))
    start = end.start(1) + (wire.end() if wire else 0)
    said = credit(text[start : end.end(1)], at + start)
    if said is None and text[end.start() - 1 : end.start()] in ("", *"。！？”"):
        said = credit(text[start : end.end(1)], at + start, "reporter")
    return (end.start(), said) if said and (said.authors or said.signed) else None


@cache
def _closing() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word, _ in entries("article_datelines")))


@cache
def _outlet() -> re.Pattern[str]:
    """An outlet's name at the head of a dateline, with the place that may stand behind it."""
    ends = "|".join(sorted(map(re.escape, words("article_qualifiers")), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:[本该][报台网刊]|[\w·—-]{{0,18}}(?:{ends}))(?:[ \u3000]*[\u4e00-\u9fff]{{1,8}})?(?:综合)?$")


def _head(text: str) -> tuple[int, bool, bool] | None:
    """Return where the outlet's words end, whether they are a wire's, and whether the body may follow at once."""
    loose = {entry[0]: entry[1] for entry in entries("article_datelines")}
    reach = re.split(r"[，。,；;：:（(“\"《【\[！!?？]", text[:48], maxsplit=1)[0]
    if reach.startswith("据"):
        return None
    for found in _closing().finditer(reach):
        before, word = reach[: found.start()].strip(), found.group()
        if re.search(r"\s", before) and not before.startswith("本") and not DAY.search(before):
            break
        day = DAY.search(before)
        named = bool(_outlet().match(DAY.sub("", before).strip()))
        if named and (day or word != "电"):
            return found.end(), bool(day), loose[word] == "any" or bool(day)
    end = _outlet_end(text)
    bracket = BRACKET.match(text, end)
    if end and bracket and re.search(r"记者|通讯员|文/|作者", bracket.group(1)):
        return end, False, False
    return None


def _outlet_end(text: str) -> int:
    """Return where an outlet's name directly before a bracket ends: 某某日报(记者…)."""
    found = re.match(r"[^\s，。,；;：:（(“\"《【]{2,14}(?=\s?[（(])", text)
    return found.end() if found and _outlet().match(found.group()) else 0


def _bare(text: str, at: int) -> Dateline | None:
    """A bracket alone: （记者张三 通讯员李四）：body."""
    bracket = BRACKET.match(text)
    said = credit(bracket.group(1), at + bracket.start(1)) if bracket else None
    if bracket is None or said is None or not said.signed or not said.authors:
        row = _open_row(text, 0, at)
        return Dateline(row[0], row[1], None) if row and len(text) > row[0] + 40 else None
    colon = COLON.match(text, bracket.end())
    end = colon.end() if colon else bracket.end()
    return Dateline(end, said.authors, None) if len(text) > end else None


def _open_row(text: str, start: int, at: int) -> tuple[int, tuple[Author, ...]] | None:
    """Return where reporters that stand without a bracket from `start` on end, and who they are."""
    glued = GLUED.match(text, start)
    if glued:
        said = credit(glued.group(), at + start)
        if said and said.authors:
            return glued.end(), said.authors
    row = OPEN_ROW.match(text, start)
    end = row.end() if row else start
    while end > start:  # a short word of the body can look like one more name
        said = credit(text[start:end], at + start)
        if said and said.authors:
            return end, said.authors
        shorter = re.search(r"\s\S*$", text[start:end].rstrip())
        end = start + (shorter.start() if shorter else 0)
    return None


def _day(head: str) -> str | None:
    found = re.search(r"(?:[0-9０-９]{4}年)?[0-9０-９]{1,2}月[0-9０-９]{1,2}日", head)
    return found.group() if found else None
