"""Turns a graph into one self-contained page: positions worked out, pyvis for the network, a template of our own.

pyvis's own template asks a CDN for Bootstrap, shows nothing until its physics settles and runs scripts that stand in
a heading or a name; so pyvis gives the network and the bundled vis-network, and page.html draws it. A content
security policy with the hashes of the page's two scripts lets nothing else run and no request leave.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import unicodedata
from pathlib import Path
from typing import Any

import networkx as nx

from kg.view.layout import layout
from kg.view.picture import Picture, statements, thing

MOST = 2000
"""More nodes than this are not legible on one page, and slow to draw."""
LABEL = 13
"""The height of a name on the page, in pixels."""
WIDEST = 13
"""Names are cut to this many Chinese characters on the drawing (the panel shows them whole)."""

_HERE = Path(__file__).parent
_SCRIPTS = ("page.js", "drawing.js", "panel.js")
# vis-network's name of the mark and its colour, by type: marks differ too, for readers who do not tell colours apart
_MARKS = {
    "Person": ("dot", "#d1495b"),
    "Organization": ("square", "#2e6fb7"),
    "Place": ("hexagon", "#2f8f5b"),
    "Project": ("diamond", "#d98324"),
    "Initiative": ("star", "#7d5ba6"),
    "Event": ("triangle", "#1b8a99"),
}


def most_connected(picture: Picture, most: int = MOST) -> Picture:
    """The `most` nodes that have the most relations and facts (all, where there are no more)."""
    if len(picture) <= most:
        return picture
    ranked = sorted(picture, key=lambda n: (-picture.degree(n), -len(picture.nodes[n]["facts"]), n))
    return picture.subgraph(ranked[:most]).copy()


def page(picture: Picture, focus: str | None = None, total: int | None = None) -> str:
    """The HTML of a graph.

    `focus` is the IRI that is selected when the page opens; `total` the number of nodes before some were left out,
    which the page then says. The same graph gives the same bytes.
    """
    from pyvis.network import Network  # slow to import (it brings IPython), and only a page needs it

    net = Network(directed=True, cdn_resources="in_line")
    net.set_template_dir(str(_HERE), "page.html")
    simple: nx.Graph[str] = nx.Graph((u, v) for u, v in picture.edges() if u != v)
    simple.add_nodes_from(picture)
    sizes = {iri: _size(simple.degree(iri)) for iri in picture}
    labels = {iri: _shorten(thing(picture, iri).names[0]) for iri in picture}
    drawn = sorted(iri for iri in picture if simple.degree(iri) or picture.nodes[iri]["facts"])
    loose = sorted(set(picture) - set(drawn))
    boxes = {iri: (max(2.0 * sizes[iri], _width(labels[iri])) + 14, 2.0 * sizes[iri] + LABEL + 14) for iri in picture}
    places = layout(nx.Graph(simple.subgraph(drawn)), boxes)
    places.update(_below(places, layout(nx.Graph(simple.subgraph(loose)), boxes)))
    for iri in sorted(picture):
        shape, color = _MARKS[thing(picture, iri).type]
        x, y = places[iri]
        rank = simple.degree(iri) + len(picture.nodes[iri]["facts"]) / 1000
        net.add_node(iri, label=labels[iri], shape=shape, color=color, size=sizes[iri], x=x, y=y, rank=rank)
    ties: dict[tuple[str, str], set[str]] = {}
    for subject, object_, tie in picture.edges(data=True):
        ties.setdefault((subject, object_), set()).add(tie["statement"].predicate if tie["statement"] else "")
    for (subject, object_), predicates in sorted(ties.items()):
        net.add_edge(subject, object_, predicates=sorted(p for p in predicates if p))
    net.options = _options()
    scripts = {"library": _library(), "script": "".join((_HERE / f).read_text(encoding="utf-8") for f in _SCRIPTS)}
    net.templateEnv.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    net.templateEnv.globals.update(
        scripts,
        style=(_HERE / "page.css").read_text(encoding="utf-8"),
        hashes=" ".join(f"'sha256-{_digest(text)}'" for text in scripts.values()),
        words=json.loads((_HERE / "words.json").read_text(encoding="utf-8")),
        book=_book(picture, focus, total),
    )
    html: str = net.generate_html()
    return html


def _book(picture: Picture, focus: str | None, total: int | None) -> dict[str, Any]:
    """What the panel shows, as JSON: things, statements, and articles: all of them, or with a focus those cited."""
    facts = statements(picture)
    cited = {s.article for s in facts} if focus else set(picture.graph["articles"])
    return {
        "focus": focus,
        "shown": len(picture),
        "total": total if total is not None else len(picture),
        "colors": {name: color for name, (_, color) in _MARKS.items()},
        "types": list(_MARKS),
        "things": {iri: _record(thing(picture, iri)) for iri in sorted(picture)},
        "facts": [_record(s) for s in facts],
        "articles": {iri: _record(piece) for iri, piece in sorted(picture.graph["articles"].items()) if iri in cited},
    }


def _record(value: Any) -> dict[str, Any]:
    """A frozen dataclass as JSON, without the fields that say nothing."""
    items = ((name, getattr(value, name)) for name in value.__slots__)
    return {name: item for name, item in items if item not in (None, "", (), False)}


def _options() -> dict[str, Any]:
    """vis-network's options: nothing moves by itself, and edges step aside while the reader drags or zooms."""
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "hideEdgesOnDrag": True,
            "hideEdgesOnZoom": True,
            "tooltipDelay": 100000,
            "selectConnectedEdges": False,
        },
        "nodes": {"borderWidth": 1, "borderWidthSelected": 3},
        "edges": {"smooth": False, "width": 1.8, "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}},
    }


def _library() -> str:
    """vis-network as pyvis ships it."""
    import pyvis

    path = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    # a browser turns \r\n into \n before it takes the hash
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def _size(degree: int) -> int:
    return round(10 + 2.6 * math.sqrt(degree))


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.56 for c in text) * LABEL


def _shorten(name: str) -> str:
    kept, room = "", float(WIDEST * LABEL)
    for character in name:
        room -= _width(character)
        if room < 0:
            return kept.rstrip() + "…"
        kept += character
    return kept


def _below(above: dict[str, tuple[int, int]], places: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Moves one drawing below another."""
    shift = max((y for _, y in above.values()), default=0) + 120
    return {iri: (x, y + shift) for iri, (x, y) in places.items()}
