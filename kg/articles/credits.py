"""Bylines and credits: who wrote, photographed and edited, in the many forms that papers and sites use.

`全媒体记者/张三 通讯员/李四 王五`, `本报记者 张三 文/图`, `图/张三`, `张三 摄`, `文字、视频/某报`: a credit is
a row of role words and names; a role word gives its role to the names behind it, or, where it stands behind names,
to those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.articles.names import person, split_names
from kg.document import Author, Span
from kg.lexicon import entries, words

SEPARATOR = re.compile(r"[\s\u3000/／:：、,，;；|｜·•()（）\[\]【】]+")
COLON = re.compile(r"\s*[/／:：]\s*$")
SIGN = re.compile(r"[\s□■○●◎◇◆▲△▼▽★☆]*[□■○●◎]\s*(?=\S)")
"""What opens a credit that has no role word."""
POSITION = re.compile(r"[（(][^（）()、/]*[师员长授家者][）)]")
"""An author's profession behind the name."""
LONGEST = 160
"""A credit is not longer than so many characters."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role word, or several joined (文/图), in a credit."""

    roles: tuple[str, ...]
    side: str
    """before, both or behind: on which side of the names it stands."""
    short: bool
    """One character, which can also be part of a name."""


@dataclass(frozen=True, slots=True)
class Token:
    """A role word or a name in a credit, with the separator behind it."""

    span: Span
    role: Role | None
    behind: str


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit says."""

    authors: tuple[Author, ...]
    signed: bool
    """It names who wrote it, and not only who took the picture."""
    desk: bool
    """It names only editors: a page's desk, or the editor of an article."""


def credit(text: str, at: int, default: str | None = None) -> Credit | None:
    """Read `text`, which starts at `at` in the source, as a credit as a whole. Return None if it is none.

    `default` is the role of names that no role word stands with (`(张三 李四)` in a dateline); without it such a text
    is no credit.
    """
    if not text.strip() or len(text) > LONGEST or "。" in text:
        return None
    if SIGN.match(text):
        default = default or "reporter"
    tokens = _tokens(POSITION.sub(lambda m: " " * len(m.group()), text))
    if not tokens or not (default or any(t.role for t in tokens)):
        return None
    named = _assign(text, _joined(tokens), default)
    if named is None:
        return None
    shifted = tuple(replace(a, span=Span(a.span.start + at, a.span.end + at)) for a in named)
    roles = {role for t in tokens if t.role for role in t.role.roles}
    return Credit(
        shifted, bool(roles & {"reporter", "correspondent"}) or bool(default), roles <= {"editor"} and bool(roles)
    )


def unique(authors: list[Author]) -> tuple[Author, ...]:
    """Return each author and role once, in the order of the text."""
    seen: dict[tuple[str, str], Author] = {}
    for author in sorted(authors, key=lambda a: a.span):
        seen.setdefault((author.name, author.role), author)
    return tuple(seen.values())


@cache
def _roles() -> dict[str, Role]:
    return {
        word: Role(tuple(r for r in roles.split(",") if r != "-"), side, len(word) == 1)
        for word, roles, side in entries("article_credits")
    }


@cache
def _words() -> re.Pattern[str]:
    """The role words of two characters and more, the longest first."""
    long = sorted((w for w in _roles() if len(w) > 1), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, long)))


@cache
def _qualifier() -> re.Pattern[str]:
    ends = "|".join(sorted(map(re.escape, words("article_qualifiers")), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:[^\d。]{{0,14}}(?:{ends}))?(?:驻[\u4e00-\u9fff]{{2,4}})?")


def _tokens(text: str) -> list[Token] | None:
    """Return the role words and names of `text`, None if anything else is in it."""
    text = re.sub(r"^[\s□■○●◎◇◆▲△▼▽★☆]+", lambda m: " " * len(m.group()), text)
    tokens: list[Token] = []
    start = 0
    for gap in [*SEPARATOR.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if end > start:
            found = _chunk(text[start:end], start, gap.group() if gap else "")
            if found is None:
                return None
            tokens += found
        start = gap.end() if gap else end
    return tokens


def _chunk(chunk: str, at: int, behind: str, inner: bool = False) -> list[Token] | None:
    """Read a run without separators: a name, a role word, or both with an outlet's name before them. `inner` says that
    a role word stands before the run, so that it opens with a name."""
    roles = _roles()
    if chunk in roles:
        return [Token(Span(at, at + len(chunk)), roles[chunk], behind)]
    found = _words().search(chunk)
    if found is None:
        if chunk[-1:] in "摄文图" and (names := split_names(chunk[:-1], at)):
            last = Token(Span(at + len(chunk) - 1, at + len(chunk)), roles[chunk[-1]], behind)
            return [*(Token(n, None, "") for n in names), last]
        return [Token(Span(at, at + len(chunk)), None, behind)]
    before, after = chunk[: found.start()], chunk[found.end() :]
    out: list[Token] = []
    if before and (inner or not _qualifier().fullmatch(before)):
        names = split_names(before, at)
        if names is None:
            ends = [n for n in (2, 3, 4) if person(before[:n]) and _qualifier().fullmatch(before[n:])]
            exact = [n for n in ends if before[n:] in words("article_qualifiers")]
            names = [Span(at, at + (exact or ends)[-1])] if ends else None
        if names is None:
            return None
        out += [Token(n, None, "") for n in names]
    here = Span(at + found.start(), at + found.end())
    out.append(Token(here, roles[found.group()], "" if after else behind))
    if after:
        rest = _chunk(after, at + found.end(), behind, inner=True)
        if rest is None:
            return None
        out += rest
    return out


def _joined(tokens: list[Token]) -> list[Token]:
    """Join role words that stand together (文/图, 文字、图片、视频, 摄影报道) and a name that a space parts (李 梅)."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if last and last.role and token.role and token.role.side != "before" and last.role.side != "before":
            roles = tuple(dict.fromkeys(last.role.roles + token.role.roles))
            role = Role(roles, "both" if token.role.side == "both" else "behind", token.role.short)
            out[-1] = Token(Span(last.span.start, token.span.end), role, token.behind)
        elif last and not last.role and not token.role and len(last.span) == len(token.span) == 1:
            out[-1] = Token(Span(last.span.start, token.span.end), None, token.behind)
        else:
            out.append(token)
    return out


def _assign(text: str, tokens: list[Token], default: str | None) -> list[Author] | None:
    """Give each name its roles; None where something is neither a name nor an outlet that a role word introduces."""
    authors: list[Author] = []
    group: list[Author] = []  # the names since the last role word that stood behind names
    roles: tuple[str, ...] = (default,) if default else ()
    explicit = False  # whether `/` or `:` stood between the role word and what follows
    for index, token in enumerate(tokens):
        if token.role is None:
            spans = _names(text, token, explicit, known=any(a.role for a in group))
            if default and len(token.span) == 4 and spans == [token.span] and not person(text[slice(*_ends(token))]):
                return None  # four characters without a role word are rather a programme than a name
            if spans is None:
                return None
            for span in spans:
                name = re.sub(r"\s", "", text[span.start : span.end])
                group += [Author(name, role, span) for role in roles]
                if not roles:
                    group.append(Author(name, "", span))
            continue
        follows = index + 1 < len(tokens) and tokens[index + 1].role is None
        colon = bool(COLON.match(token.behind)) if token.behind else False
        suffix = token.role.side != "before" and bool(group) and not (follows and colon)
        if suffix and follows and not token.role.short and token.role.side == "both":
            suffix = any(not a.role for a in group)
        if suffix:
            there = {a.span: a.name for a in group}
            authors += [a for a in group if a.role]
            authors += [Author(name, role, span) for span, name in there.items() for role in token.role.roles]
            group, roles, explicit = [], (), False
        elif any(not a.role for a in group):
            return None
        else:
            authors += [a for a in group if a.role]
            group = [a for a in group if a.role] if token.role.side == "before" else []
            authors = [a for a in authors if a not in group]
            roles, explicit = token.role.roles, colon
    authors += [a for a in group if a.role]
    if any(not a.role for a in group):
        return None
    return authors


def _ends(token: Token) -> tuple[int, int]:
    return token.span.start, token.span.end


def _names(text: str, token: Token, explicit: bool, known: bool) -> list[Span] | None:
    """The names in a token. An outlet or a body counts as one where a colon or stroke introduces it (`explicit`), two
    or three characters with a rare surname where names with a role stand before (`known`)."""
    chunk = text[token.span.start : token.span.end]
    if person(re.sub(r"\s", "", chunk)):
        return [token.span]
    parted = split_names(chunk, token.span.start)
    if parted:
        return parted
    if known and re.fullmatch(r"[\u3400-\u9fff]{2,3}", chunk):
        return [token.span]
    if explicit and 2 <= len(chunk) <= 16 and re.fullmatch(r"[\w·-]+", chunk) and not re.search(r"\d{4}", chunk):
        return [token.span]
    return None
