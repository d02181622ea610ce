"""What each line of a page is, judged by itself and its neighbours: headline, body, caption, credit, furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property

from kg.articles.credits import Credit, credit
from kg.articles.datelines import Dateline, dateline, signature
from kg.articles.lines import Line, lines
from kg.articles.names import person
from kg.articles.wrapped import runs
from kg.document import Author, Span
from kg.lexicon import entries, words

TITLE = 42
"""A line of running text is longer than so many characters, a headline's line is not."""
CAPTION = 60
PICTURE = 2
"""So many more empty lines than the page has between paragraphs are the place of a picture."""


DESK = re.compile("(?:责任编辑|责编|美术编辑|美编|编辑|版式|校对)\\s*[:：/]")


class Kind(Enum):
    """What a block of lines is on its page."""

    HEAD = "a headline, a part of one, or a subhead"
    BODY = "running text"
    BYLINE = "who wrote it or took the picture, on a line of its own"
    CAPTION = "what a picture shows, and who took it"
    EDITOR = "the editors of a page or an article"
    LABEL = "the name of a section or a box"
    MASTHEAD = "the paper's name, date and page"
    FURNITURE = "anything else that belongs to the page and to no article"


@dataclass(frozen=True)
class Block:
    """A line, or the lines of a paragraph that was set in lines, and what it is."""

    kind: Kind
    lines: tuple[Line, ...]
    credit: Credit | None = None
    dateline: Dateline | None = None
    picture: bool = False
    """Whether a picture's place is before it."""
    tail: int | None = None
    """Where in `text` the credit that closes a body starts (`credit` is what it says)."""

    @cached_property
    def text(self) -> str:
        """The lines joined."""
        return "".join(line.text for line in self.lines)

    @property
    def pieces(self) -> tuple[Span, ...]:
        """Where the lines stand in the source."""
        return tuple(line.span for line in self.lines)

    @property
    def start(self) -> int:
        """Where it starts in the source."""
        return self.lines[0].span.start

    @property
    def level(self) -> int:
        """The rank of a Markdown heading; 0 for none."""
        return self.lines[0].level

    @property
    def gap(self) -> int:
        """The number of empty lines before it."""
        return self.lines[0].gap

    @property
    def authors(self) -> tuple[Author, ...]:
        """Those that its credit or dateline names."""
        return (self.credit.authors if self.credit else ()) + (self.dateline.authors if self.dateline else ())

    @property
    def unfinished(self) -> bool:
        """Whether it is body that stops within a sentence."""
        return self.kind is Kind.BODY and self.tail is None and not self.lines[-1].finished


def blocks(text: str) -> list[Block]:
    """Return the blocks of `text` in its order; every line that is not empty is in one."""
    found = lines(text)
    usual = _usual_gap(found)
    out: list[Block] = []
    for run in runs(found):
        mark = bool(out) and out[-1].text.startswith(("![", "<img"))
        out.append(_block(run, mark or run[0].gap >= usual + PICTURE, first=not out))
    return _captioned(out)


def _usual_gap(found: list[Line]) -> int:
    """The commonest number of empty lines between two lines."""
    gaps = [line.gap for line in found[1:]]
    return max(sorted(set(gaps)), key=gaps.count) if gaps else 0


def _block(run: tuple[Line, ...], picture: bool, first: bool) -> Block:
    line = run[0]
    text = "".join(part.text for part in run)
    if furniture(text):
        return Block(Kind.FURNITURE, run, _info(text, line.span.start), picture=picture)
    if masthead(text) or _page_line(text):
        return Block(Kind.MASTHEAD, run, picture=picture)
    said = _credited(line) if len(run) == 1 else None
    if said and (said.authors or said.signed) and not (first and not said.authors):
        return Block(Kind.EDITOR if said.desk else Kind.BYLINE, run, said, picture=picture)
    if _label(text):
        return Block(Kind.LABEL, run, picture=picture)
    if len(run) == 1 and line.level:
        return Block(Kind.HEAD, run, picture=picture)
    opening = dateline(text, line.span.start)
    if opening and len(run) > 1 and opening.length > len(line.text):
        opening = None  # a dateline over two lines stays in the text
    tail, closing = _closing(run, text)
    if opening and tail is not None and tail < opening.length:
        tail, closing = None, None
    if opening or (closing and closing.signed):
        return Block(Kind.BODY, run, closing, opening, picture, tail)
    if caption(text):
        return Block(Kind.CAPTION, run, _photographer(text, line.span.start), picture=picture)
    if picture and len(text) <= TITLE and text.endswith("。") and not first:
        return Block(Kind.CAPTION, run, picture=picture)
    return Block(Kind.HEAD if headline(text) else Kind.BODY, run, picture=picture)


def _closing(run: tuple[Line, ...], text: str) -> tuple[int | None, Credit | None]:
    """Where the credit behind a body starts, and what it says: （记者张三）, or 文字/某报 behind the full stop."""
    last = run[-1]
    before = len(text) - len(last.text)
    found = signature(last.text, last.span.start)
    if found and found[0]:
        return before + found[0], found[1]
    stop = max((last.text.rfind(mark) for mark in "。！？!?”…"), default=-1) + 1
    tail = last.text[stop:]
    said = credit(tail, last.span.start + stop) if stop > 8 and 3 <= len(tail.strip()) <= 60 else None
    return (before + stop, said) if said and said.authors and said.signed else (None, None)


def headline(text: str) -> bool:
    """Whether a line by itself can be a headline: short, one sentence or less, and no full stop behind it."""
    return len(text) <= TITLE and not re.search(r"[。；;，、,：:]$|。.|^[（(]?\d+[)）.、]|^[-·]", text)


def caption(text: str) -> bool:
    """Whether a line says of itself that it is a picture's caption."""
    if len(text) > 2 * CAPTION:
        return False
    marks = entries("article_captions")
    shorn = re.sub(r"[\s。）)]+$", "", text)
    head = text.startswith(tuple(word for word, where in marks if where == "head"))
    tail = shorn.endswith(tuple(word for word, where in marks if where == "end")) and len(text) <= CAPTION
    return head or tail or bool(re.match(r"[▲△▼▽◀▶↑↓←→]", text)) or bool(_photographer(text, 0))


def masthead(text: str) -> bool:
    """Whether a line is the paper's own: its date with the weekday, its number, its page."""
    if len(text) > 80:
        return False
    day = re.search(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日", text)
    if day and (re.search(r"星期[一二三四五六日天]|农历|第\s*\d+\s*期", text) or len(text) - len(day.group()) <= 3):
        return True
    if re.fullmatch(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(\s*(星期|周)[一二三四五六日天])?(\s+[\d:]+)?", text):
        return True
    if re.fullmatch(r"[\w\s]{0,10}?(第?\s*[A-Da-d]?\s*0?\d{1,2}\s*版|[A-D]0?\d{1,2})([\s·|｜/]*[\w·]{0,8})?", text):
        return True
    return bool(re.fullmatch(r"0\d\s*[\u4e00-\u9fff]{2,6}|第[一二三四五六七八九十]+版[\s\w]{0,8}", text))


def _page_line(text: str) -> bool:
    """Whether a line is a page's number and section with its editors behind: 03 综合新闻 责编：张三."""
    found = DESK.search(text)
    if not found or not 0 < found.start() <= 30 or len(text) > 80:
        return False
    said = credit(text[found.start() :], 0)
    front = text[: found.start()].strip()
    return bool(said and said.desk and (masthead(front) or front in _sections()))


def furniture(text: str) -> bool:
    """Whether a line is a rule, a picture's mark, an address, an imprint, a jump, or an entry of a list of contents."""
    note = jump(text)
    if note and note.group().strip() == text:
        return True
    if not re.search(r"\w", text) or text.startswith(("![", "<img", "http://", "https://", "www.")):
        return True
    if len(text) <= 60 and re.fullmatch(r"[\x00-\x7f]+", text) and re.search("[A-Za-z]", text):
        return not re.search(r"[.!?]$", text) or text.isupper()
    if (
        re.search(r"(详见|[…\.·]{2,}|[>▶→◆(（])\s*(今日|本报)?第?\s*[A-D]?\d{1,2}\s*版?\s*[)）]?$", text)
        and len(text) <= 50
    ):
        return bool(re.search(r"版|[…\.·]{2,}|[▶→]", text[-12:])) and not jump(text)
    return len(text) <= 90 and any(word in text for word in words("article_furniture")) and not text.endswith("。")


def jump(text: str) -> re.Match[str] | None:
    """Find the note that an article goes on elsewhere (下转第3版) or comes from there (上接第1版)."""
    return re.search(
        r"[（(【\[]?\s*(?:紧接|上接|下转|转)\s*(?:第?\s*[A-D]?\s*[\d一二三四五六七八]{1,2}\s*版)[^）)】\]。]{0,20}[）)】\]]?",
        text,
    )


def _label(text: str) -> bool:
    if text in _sections() or re.sub(r"[\s【】\[\]《》■●◆▋▌|｜·★☆\-—:：]", "", text) in _sections():
        return True
    return bool(re.fullmatch(r"[\u4e00-\u9fff][\s\u3000][\u4e00-\u9fff]{2,6}(\s[\u4e00-\u9fff]{2,6})?", text)) and (
        not person(text.replace(" ", "")) or text.split()[-1] in _sections()
    )


@cache
def _sections() -> frozenset[str]:
    return frozenset(words("article_sections"))


def _credited(line: Line) -> Credit | None:
    """What a line says that is a credit as a whole, with or without brackets around it (【编辑:…】)."""
    inner = signature(line.text, line.span.start)
    return inner[1] if inner and inner[0] == 0 else credit(line.text, line.span.start)


def _photographer(text: str, at: int) -> Credit | None:
    """The credit at the end of a caption: … 张三 摄, …（李四 摄）, ….记者张三摄."""
    for start in [
        m.end()
        for m in re.finditer(r"[。！？!?]\s*[（(]?|\s*[（(]|\s{2,}|\u3000|\s(?=[\w/／]*(?:记者|通讯员|摄影|图))", text)
    ]:
        tail = re.sub(r"[）)。\s]+$", "", text[start:])
        said = credit(tail, at + start) if start > 0 and 2 <= len(tail) <= 40 else None
        if said and said.authors and any(a.role == "photographer" for a in said.authors):
            return said
    return None


def _info(text: str, at: int) -> Credit | None:
    """The author that a web page's info line names among date and source."""
    found = re.search(r"(?:作者|记者|编辑|责任编辑)\s*[:：]\s*[\u4e00-\u9fff]{2,4}(?=\s|$)", text)
    return credit(found.group(), at + found.start()) if found else None


def _captioned(found: list[Block]) -> list[Block]:
    """Take a short line above a photographer's credit for the caption that it belongs to, with the credit."""
    out = list(found)
    for index in range(1, len(out)):
        here, above = out[index], out[index - 1]
        photo = here.kind is Kind.BYLINE and here.credit and re.search(r"[摄图影]\s*[）)]?$", here.text)
        if not photo or here.gap > 1:
            continue
        line = above.kind in (Kind.BODY, Kind.HEAD) and not above.level and len(above.text) <= CAPTION
        near = above.picture or here.gap < above.gap or not above.text.endswith("。")
        if index > 1 and (above.kind is Kind.CAPTION or (line and near)):
            out[index - 1] = Block(Kind.CAPTION, above.lines, above.credit, picture=above.picture)
            out[index] = Block(Kind.CAPTION, here.lines, here.credit, picture=here.picture)
    return out
