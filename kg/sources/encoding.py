"""Bytes to text: which encoding a file is in."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DAMAGED = 0.005
"""The share of characters that may be unreadable before a text counts as not in that encoding."""


class Undecodable(ValueError):
    """The bytes are no text in an encoding that Chinese news comes in."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text that `data` holds, without a byte order mark and with the line ends as they are.

    `declared` is what the file says of itself (an HTML charset); it is believed where it fits. Without it: a byte
    order mark, UTF-8, UTF-16 by its zero bytes, then GB18030 (which holds GB2312 and GBK) or what charset-normalizer
    finds more likely. A few damaged bytes become U+FFFD. Raises Undecodable for binary data.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    if declared:
        try:
            return data.decode("gb18030" if declared.lower() in ("gb2312", "gbk") else declared)
        except (UnicodeDecodeError, LookupError):
            pass
    if b"\0" in data:
        return _utf16(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", errors="replace")
    if 0 < damaged.count("\ufffd") <= DAMAGED * len(damaged):
        return _plain(damaged)
    candidates = ["gb18030", *_guesses(data)]
    if _traditional(data):
        candidates.insert(0, "big5hkscs")
    for name in candidates:
        try:
            return _plain(data.decode(name))
        except (UnicodeDecodeError, Undecodable):
            continue
    try:
        return _lenient(data, "gb18030")
    except Undecodable:
        raise Undecodable("not a text in UTF-8, UTF-16, GB18030 or Big5") from None


def _utf16(data: bytes) -> str:
    """Decode text with zero bytes: UTF-16 without a mark has them on one side, as the high byte of ASCII."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    for name, zeros in (("utf-16-le", odd - even), ("utf-16-be", even - odd)):
        if zeros > 0:
            return _lenient(data, name)
    raise Undecodable("binary data, not text")


def _lenient(data: bytes, name: str) -> str:
    text = data.decode(name, errors="replace")
    if text.count("\ufffd") > max(2, DAMAGED * len(text)):
        raise Undecodable(f"damaged {name}: {text.count(chr(0xFFFD))} unreadable characters")
    return _plain(text)


def _plain(text: str) -> str:
    """Return the text; control and private-use characters in number say that it was decoded wrongly."""
    strange = len(re.findall("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]", text))
    if strange > max(2, 0.01 * len(text)):
        raise Undecodable("binary data, not text")
    return text


def _guesses(data: bytes) -> list[str]:
    best = from_bytes(data[:20000], cp_isolation=["gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be"]).best()
    return [best.encoding] if best else []


def _traditional(data: bytes) -> bool:
    """Whether the commonest characters of Chinese prose are there as Big5 writes them and not as GB18030 does."""
    common = "的是在有一人不年月日和中大"
    big5 = sum(data.count(c.encode("big5")) for c in common)
    gb = sum(data.count(c.encode("gb18030")) for c in common)
    return big5 > 2 * gb
