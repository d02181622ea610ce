"""Web pages to text: headline, byline and date, then the paragraphs, without menus and advertisements."""

from __future__ import annotations

import re

from lxml import html as lxml_html  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.settings import Document

from kg.document import Metadata
from kg.sources.encoding import Undecodable, decode
from kg.sources.sidecar import iso_date

CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([-\w]+)""", re.IGNORECASE)
TIMES = ("PubDate", "publishdate", "pubdate", "article:published_time", "firstpublishedtime")
"""What Chinese government and news sites call the date of publication in a meta element (lower case compared)."""
STATED = re.compile(r"(?:发布|发表|发稿|更新)?(?:时间|日期)\s*[:：]\s*(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")


def html_text(data: bytes) -> tuple[str, Metadata]:
    """Return the article in a web page as text, its headline the first line, and what the page says of itself.

    trafilatura finds the article; a page in which it finds none gives all its visible text. Raises Undecodable.
    """
    declared = CHARSET.search(data[:4096])
    page = decode(data, declared.group(1).decode("ascii", "ignore") if declared else None)
    if "<" not in page:
        raise Undecodable("no HTML element in this file")
    tree = lxml_html.document_fromstring(page.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    found = bare_extraction(page, include_comments=False, include_tables=True)
    body = found.text if isinstance(found, Document) and found.text else _visible(tree)
    title = _title(tree, body)
    lines = [line.strip() for line in (body or "").splitlines() if line.strip()]
    if title:
        at = next((i for i, line in enumerate(lines[:20]) if _same(line, title)), -1)
        lines = [title, *lines[at + 1 :]]  # what stands above the headline is the site's menu
    published = _published(tree)
    return "\n\n".join(lines), Metadata(published=published, url=_link(tree), title=None)


def _title(tree: lxml_html.HtmlElement, body: str | None) -> str | None:
    """The page's one h1; else the title element without the site's name behind it."""
    heads = [text for text in (_flat(h) for h in tree.iter("h1")) if text]
    if len(heads) == 1:
        return heads[0]
    whole = next((_flat(t) for t in tree.iter("title")), "")
    first = re.split(r"\s*[_|｜]\s*|\s*--+\s*|\s+[-—–]\s+", whole)[0]
    return first or None


def _published(tree: lxml_html.HtmlElement) -> str | None:
    names = {name.lower() for name in TIMES}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        if name in names and (day := iso_date((meta.get("content") or "").replace("/", "-"))):
            return day
    stated = STATED.search(_visible(tree))
    return iso_date("{}-{:0>2}-{:0>2}".format(*stated.groups())) if stated else None


def _link(tree: lxml_html.HtmlElement) -> str | None:
    for link in tree.iter("link"):
        if link.get("rel") == "canonical" and (link.get("href") or "").startswith("http"):
            return str(link.get("href"))
    return None


def _visible(tree: lxml_html.HtmlElement) -> str:
    """All text of the page, a line a block."""
    for hidden in list(tree.iter("script", "style", "noscript")):
        hidden.drop_tree()
    for block in tree.iter("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "title"):
        block.tail = "\n" + (block.tail or "")
    return str(tree.text_content())


def _flat(element: lxml_html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _same(line: str, title: str) -> bool:
    return re.sub(r"[\s#]", "", line) == re.sub(r"\s", "", title)
