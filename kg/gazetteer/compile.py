"""Packs the official lists into the files of data/: `python -m kg.gazetteer.compile FOLDER`.

FOLDER holds divisions.tsv.xz, historical_changes_v1.json.xz and form_similar_v1.json.xz, which data/SOURCE.md
describes. The result depends on these files, on words/, on jieba's dictionary and on pypinyin (0.55.0, to be installed
for this) alone.
"""

from __future__ import annotations

import gzip
import json
import lzma
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.gazetteer.forms import endings, root, short_forms, words

KIND_OF_LETTER = {"P": "Province", "F": "Prefecture", "C": "County", "T": "Township", "Z": "Township"}
UNLISTED = (("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区"))
"""Provinces of the national standard (GB/T 2260) that the bureau's list leaves out."""
RENAMINGS = {"更名", "撤县设市", "撤县设区", "撤地设市", "撤市设区", "撤区设区", "撤旗设区", "撤销"}
"""The kinds of changes by which a division lives on under another name; 撤销 names the division that took it over."""
NO_PLACE = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
"""Rows of four digits that are no divisions but headings of the list."""
SPLIT_OFF = {"51": "50", "44": "46"}
"""Provinces of which a part became a province: 重庆 was in 四川, 海南 in 广东."""
NAME_TAGS = ("nr", "ns", "nt", "nz")
"""jieba's tags of names: people, places, bodies, others; it takes many a county for one of the others."""

Row = tuple[str, str, str]
"""Code in full form, official name, letter of the kind."""


def main(folder: Path, out: Path) -> None:
    """Write the files of `out` from those of `folder`."""
    text = lzma.decompress((folder / "divisions.tsv.xz").read_bytes()).decode("utf-8")
    pairs = [(code, name) for code, name in (line.split("\t") for line in text.splitlines())]
    rows = list(divisions([*pairs, *UNLISTED]))
    forms = {code: list(short_forms(name, KIND_OF_LETTER[k])) if k != "Z" else [] for code, name, k in rows}
    lines = (f"{code}\t{name}\t{letter}\t{' '.join(forms[code])}\n" for code, name, letter in rows)
    _pack(out / "divisions.tsv.gz", "".join(lines))
    _villages(out / "villages.zip", pairs)
    changes = json.loads(lzma.decompress((folder / "historical_changes_v1.json.xz").read_bytes()))["events"]
    old = list(former(changes, rows))
    _write(out / "former.tsv", old)
    names = {*scannable(rows, forms), *(line.split("\t")[0] for line in old)}
    _pack(out / "scan.txt.gz", "\n".join(sorted(names)))
    table = json.loads(lzma.decompress((folder / "form_similar_v1.json.xz").read_bytes()))["table"]
    _write(out / "lookalikes.tsv", sorted(set(lookalikes(table))))
    _write(out / "sounds.tsv", sounds({character for _, name in pairs for character in name}))


def divisions(pairs: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """The rows above the villages, sorted by code."""
    rows: dict[str, Row] = {}
    for code, name in pairs:
        if len(code) < 12 and not (len(code) == 4 and name in NO_PLACE):
            full = code.ljust(6, "0")
            rows.setdefault(full, (full, name, _letter(code, name)))  # 441900 is 东莞市 at two levels
    return iter(sorted(rows.values()))


def _letter(code: str, name: str) -> str:
    """The bureau gives zones, parks and offices that run a tract of land the numbers 71 to 79 among the counties and
    400 and more among the townships; farms (场) and regiments (团) there are places that people live in."""
    if len(code) < 6:
        return "P" if len(code) == 2 else "F"
    if len(code) == 6:
        return "Z" if code[4] == "7" else "C"
    return "Z" if int(code[6:]) >= 400 and not name.endswith((*endings("Township"), "场", "团", "林区")) else "T"


def scannable(rows: Iterable[Row], forms: dict[str, list[str]]) -> Iterator[str]:
    """The names that `scan` looks for: no common words, no short names of townships with two characters."""
    guarded, common = set(words("guarded")), _common_words()
    for code, name, letter in rows:
        if letter == "Z":
            continue
        names = [name, *forms[code]]
        if letter == "T":
            names = [n for n in names if n not in common and (n == name or len(n) > 2)]
        elif letter == "C" and name.endswith(("市", "区")) and root(name, "County") not in guarded:
            names.append(root(name, "County") + "县")  # what it was called before, as likely as not
        yield from (n for n in names if n not in guarded)


def _common_words() -> set[str]:
    """The words of jieba's dictionary (MIT) that it does not take for names."""
    lines = (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    return {word for word, _, tag in (line.split(" ") for line in lines) if not tag.startswith(NAME_TAGS)}


def former(changes: list[dict[str, Any]], rows: Iterable[Row]) -> Iterator[str]:
    """Lines of former name and code of the successor: the division that has the new name today, in the same province,
    reached over as many renamings as it takes. Names that a division bears today are left out."""
    today = defaultdict(list)
    for code, name, letter in rows:
        if letter in "PFC":
            today[name].append(code)
    renamed: dict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
    for change in changes:
        old, new = change["old"], change["new"]
        if change["type"] in RENAMINGS and old["name"] and new["name"] and old["code"] and old["name"] != new["name"]:
            renamed[old["code"][:2], old["name"]].append((change["year"], new["name"], new["code"] or ""))

    def successors(province: str, name: str, year: int, code: str, large: bool) -> set[str]:
        here = {c for c in today.get(name, ()) if c[:2] in (province, SPLIT_OFF.get(province))}
        here = {c for c in here if c.endswith("00") == large}  # a county is not the prefecture that took its name
        if here:
            return here & {code[:6]} or here
        later = [change for change in renamed.get((province, name), ()) if change[0] > year]
        return {c for y, n, k in later for c in successors(province, n, y, k, large)}

    lines = set()
    guarded = set(words("guarded"))
    for (province, name), events in renamed.items():
        large = name.endswith(("地区", "盟", "自治州"))
        for year, new, code in events:
            found = successors(province, new, year, code, large)
            if name not in today and name not in guarded and len(found) == 1:
                lines.add(f"{name}\t{found.pop()}\n")
    return iter(sorted(lines))


def lookalikes(table: dict[str, list[tuple[str, float]]]) -> Iterator[str]:
    """Lines of two look-alike characters and their score: those of `table` and of words/lookalikes.txt."""
    for read, all_meant in table.items():
        for meant, score in all_meant:
            yield f"{read}\t{meant}\t{score}\n"
    for group in words("lookalikes"):
        for read in group:
            for meant in group:
                if read != meant:
                    yield f"{read}\t{meant}\t0.8\n"


def sounds(characters: Iterable[str]) -> Iterator[str]:
    """Lines of the characters that sound alike, tones aside, by pypinyin (MIT), which only this command needs."""
    lazy_pinyin = import_module("pypinyin").lazy_pinyin
    alike: dict[str, list[str]] = defaultdict(list)
    for character in sorted(characters):
        if "\u4e00" <= character <= "\u9fff":
            alike[lazy_pinyin(character)[0]].append(character)
    return ("".join(group) + "\n" for _, group in sorted(alike.items()) if len(group) > 1)


def _villages(path: Path, pairs: Iterable[tuple[str, str]]) -> None:
    blocks: dict[str, list[str]] = defaultdict(list)
    for code, name in pairs:
        if len(code) == 12:
            blocks[code[:4]].append(f"{code[4:]}\t{name}\n")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as packed:
        for prefecture in sorted(blocks):
            entry = zipfile.ZipInfo(prefecture)
            entry.compress_type = zipfile.ZIP_LZMA
            packed.writestr(entry, "".join(sorted(blocks[prefecture])))


def _pack(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(str(files("kg.gazetteer") / "data")))
