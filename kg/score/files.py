"""Reads gold files and the records of `kg facts` into what the scorer compares."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from kg.errors import KgError
from kg.score.compare import ANAPHOR, Claim, Entity, norm


@dataclass
class Gold:
    """What one source states, by gold."""

    source: str
    titles: list[Mapping[str, Any]]
    """Its articles, those that are optional as a whole left out."""
    entities: list[Entity]
    claims: list[Claim]


@dataclass
class Stated:
    """What one source states, by the graph."""

    articles: list[Mapping[str, Any]] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)


def read_gold(path: Path) -> Gold:
    """The gold file at `path`. Raises KgError when it cannot be read as one."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        return _gold(gold)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise KgError(f"{path} cannot be read as gold ({error}); give JSON files in the form of tests/gold") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise KgError(f"{path} is no gold file (at {error}); give JSON files in the form of tests/gold") from error


def read_facts(records: Iterable[Mapping[str, Any]]) -> dict[str, Stated]:
    """The records of `kg facts` by the base name of their source."""
    out: dict[str, Stated] = defaultdict(Stated)
    for record in records:
        stated = out[PurePosixPath(record["source"]).name]
        if record["kind"] == "article":
            stated.articles.append(record)
        elif record["kind"] == "entity":
            stated.entities[record["iri"]] = entity(record)
        else:
            stated.claims.append(_predicted(record))
    return out


def entity(record: Mapping[str, Any]) -> Entity:
    """An entity of either kind of file."""
    names = {norm(n) for n in record["names"] if n and not ANAPHOR.fullmatch(n.strip())} - {""}
    return Entity(
        types={record["type"], *record.get("also", [])},
        names=names,
        code=record.get("code"),
        optional=bool(record.get("optional")),
        shown=(record["names"] or ["?"])[0],
        kind=record["type"],
    )


def _predicted(record: Mapping[str, Any]) -> Claim:
    subject = None if record["predicate"] == "authoredBy" else entity(record["subject"])
    object_ = entity(record["object"]) if record.get("object") else None
    of = entity(record["of"]) if record.get("of") else None
    return _claim(record, record["predicate"], subject, object_, of, False, record["evidence"]["quote"])


def _gold(gold: Mapping[str, Any]) -> Gold:
    entities: list[Entity] = []
    claims: list[Claim] = []
    titles: list[Mapping[str, Any]] = []
    for article in gold["articles"]:
        whole = bool(article.get("optional"))
        if not whole:
            titles.append(article)
        here = {e["id"]: entity(e) for e in article["entities"]}
        for e in here.values():
            e.optional = e.optional or whole
        entities += here.values()
        for c in article["claims"]:
            s, o = here.get(c["s"]), here.get(c.get("o"))
            optional = bool(whole or c.get("optional") or (s and s.optional) or (o and o.optional))
            claims.append(_claim(c, c["p"], s, o, here.get(c.get("of")), optional, c.get("evidence", "")))
    return Gold(gold["source"], titles, _merged(entities), claims)


def _claim(
    record: Mapping[str, Any],
    predicate: str,
    subject: Entity | None,
    object_: Entity | None,
    of: Entity | None,
    optional: bool,
    quote: str,
) -> Claim:
    return Claim(
        predicate=predicate,
        subject=subject,
        object=object_,
        text=record.get("post") or record.get("indicator") or record.get("name") or "",
        value=record.get("value"),
        unit=record.get("unit") or "",
        role=record.get("role") or "",
        of=of,
        optional=optional,
        quote=quote,
    )


def _merged(entities: Iterable[Entity]) -> list[Entity]:
    """Entities of one page that are one thing (the same county in several articles), merged."""
    out: list[Entity] = []
    for e in entities:
        for kept in out:
            if e.types & kept.types and (e.names & kept.names or (e.code and e.code == kept.code)):
                kept.names |= e.names
                kept.types |= e.types
                kept.code = kept.code or e.code
                kept.optional = kept.optional and e.optional
                break
        else:
            out.append(Entity(set(e.types), set(e.names), e.code, e.optional, e.shown, e.kind))
    return [e for e in out if e.names]
