"""Our annotations with their quotations read back from the sources, for tools that take gold files as they are.

python training/unpack.py training/gold --sources FOLDER --out build/training/gold
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def unpacked(record: dict, text: str) -> dict:
    """A record of training/gold as a gold file: the words for each position, the first line as the headline."""
    for article in record["articles"]:
        article["title"] = article.get("title") or text.lstrip("\n").split("\n", 1)[0].strip()
        for claim in article["claims"]:
            if "at" in claim:
                at = claim.pop("at")
                claim["evidence"] = text[slice(*at)] if at else ""
    return record


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(args.gold.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = (args.sources / record["source"]).read_bytes().decode("utf-8-sig")
        (args.out / path.name).write_text(json.dumps(unpacked(record, text), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
