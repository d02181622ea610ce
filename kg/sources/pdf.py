"""PDF pages to text: lines into columns and paragraphs in reading order, headlines marked by their type size."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from kg.sources.encoding import Undecodable

HEADLINE, SUBHEAD = 1.8, 1.25
"""A line whose type is so many times the body's is marked `#` or `##`, as in Markdown."""
GUTTER = 1.2
"""The white space between columns, in units of the body's type size."""


@dataclass(frozen=True, slots=True)
class Line:
    """A run of characters on one baseline; the page's origin is at its lower left."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    text: str


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF, a blank line between paragraphs. Raises Undecodable for a broken or locked file."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Undecodable(f"PDF that cannot be opened: {error}") from error
    try:
        return "\n\n".join(text for page in document if (text := _page_text(page)))
    finally:
        document.close()


def _page_text(page: pdfium.PdfPage) -> str:
    lines = list(_lines(page))
    if not lines:
        return ""
    body = _body_size(lines)
    return "\n\n".join(paragraph for block in _blocks(lines, body) for paragraph in _paragraphs(block, body))


def _lines(page: pdfium.PdfPage) -> Iterator[Line]:
    """Yield the page's lines: characters that follow each other on one baseline without a gutter between them."""
    textpage = page.get_textpage()
    run: list[tuple[str, float, float, float, float, float]] = []
    for index in range(textpage.count_chars()):
        char = chr(pdfium_c.FPDFText_GetUnicode(textpage, index))
        size = _size(textpage, index)
        if char in "\r\n\0\ufffe":
            yield from _line(run)
            run = []
            continue
        box = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
        here = (char, box.left, box.bottom, box.right, box.top, size)
        if run and (
            abs(box.bottom - run[-1][2]) > 0.5 * size
            or box.left - run[-1][3] > GUTTER * size
            or box.left < run[-1][1] - size
            or abs(size - run[-1][5]) > 0.2 * size
        ):
            yield from _line(run)
            run = []
        run.append(here)
    yield from _line(run)


def _size(textpage: pdfium.PdfTextPage, index: int) -> float:
    """The height of the character on the page: its font size, scaled by its matrix."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    scale = (matrix.c**2 + matrix.d**2) ** 0.5
    return float(pdfium_c.FPDFText_GetFontSize(textpage, index) * (scale or 1)) or 1.0


def _line(run: list[tuple[str, float, float, float, float, float]]) -> Iterator[Line]:
    text = "".join(char for char, *_ in run)
    ink = [item for item in run if not item[0].isspace()]
    if ink:
        yield Line(
            min(i[1] for i in ink),
            min(i[2] for i in ink),
            max(i[3] for i in ink),
            max(i[4] for i in ink),
            median(i[5] for i in ink),
            text.strip(),
        )


def _body_size(lines: Iterable[Line]) -> float:
    """The type size that most characters are set in."""
    counts: dict[float, int] = {}
    for line in lines:
        size = round(line.size * 2) / 2
        counts[size] = counts.get(size, 0) + len(line.text)
    return max(counts, key=lambda size: (counts[size], size))


def _blocks(lines: list[Line], body: float) -> Iterator[list[Line]]:
    """Yield the blocks of a page in reading order: cut recursively at the widest white strip (XY-cut), a horizontal
    one if it is as wide as a vertical one, for a headline runs across its columns."""
    across = _gap([(-line.top, -line.bottom) for line in lines])
    along = _gap([(line.left, line.right) for line in lines])
    if along[0] >= GUTTER * body * 0.8 and (along[0] >= across[0] or across[0] < 1.5 * body):
        before = [line for line in lines if line.left < along[1]]
        after = [line for line in lines if line.left >= along[1]]
    elif across[0] >= 0.8 * body:
        before = [line for line in lines if -line.top < across[1]]
        after = [line for line in lines if -line.top >= across[1]]
    else:
        yield sorted(lines, key=lambda line: (-round(line.bottom / (0.5 * body)), line.left))
        return
    yield from _blocks(before, body)
    yield from _blocks(after, body)


def _gap(ranges: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the widest gap that no range reaches into, and where it ends; (0, 0) where there is none."""
    best, reach = (0.0, 0.0), float("-inf")
    for start, end in sorted(ranges):
        if reach > float("-inf") and start - reach > best[0]:
            best = (start - reach, start)
        reach = max(reach, end)
    return best


def _paragraphs(block: list[Line], body: float) -> Iterator[str]:
    """Join the lines of a block: a paragraph opens with an indented line, behind a short one, or with other type."""
    left, right = min(line.left for line in block), max(line.right for line in block)
    parts: list[str] = []
    last: Line | None = None
    for line in block:
        if last is not None and (
            abs(line.size - last.size) > 0.1 * body
            or line.left > left + 0.8 * line.size
            or (last.right < right - 1.6 * last.size and _rank(last, body) == "")
        ):
            yield _rank(last, body) + "".join(parts)
            parts = []
        parts.append(line.text)
        last = line
    if last is not None:
        yield _rank(last, body) + "".join(parts)


def _rank(line: Line, body: float) -> str:
    return "# " if line.size >= HEADLINE * body else "## " if line.size >= SUBHEAD * body else ""
