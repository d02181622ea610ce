"""The page: what it shows, that it needs no network, and that a browser can use it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import quote

import invented
import networkx as nx
import pyoxigraph as ox
import pytest
from chromium import needed, open_page, served
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import KgError
from kg.rdf import quads
from kg.store import create, open_store
from kg.view.graph import around, read
from kg.view.layout import layout
from kg.view.page import most_connected, page
from kg.view.picture import PART_OF, Piece, Statement, Thing, draw, statements, thing

ID = "https://w3id.org/xianzhi/id/"
RESERVOIR = f"{ID}project/522636/云岭水库项目"
MAYOR = f"{ID}person/522636/张建国"
COUNTY = f"{ID}place/522636"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = invented.build(tmp_path_factory.mktemp("view"))
    kg.view(built)
    return built


def embedded(path: Path, name: str) -> dict | list:
    """The data that the page carries under an id."""
    text = path.read_text(encoding="utf-8")
    return json.loads(re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.S)[1])


def test_the_store_gives_a_networkx_graph_of_what_articles_state(out: Path) -> None:
    picture = read(open_store(out))
    assert isinstance(picture, nx.MultiDiGraph)
    leading = [s["statement"] for s in picture[MAYOR][RESERVOIR].values()]
    assert [(s.predicate, s.quote, s.confidence) for s in leading] == [
        ("leads", "县长张建国牵头负责云岭水库项目", 0.93)  # the line break of the column is gone
    ]
    assert leading[0].after == ",项目总投资3.2亿元,由青禾水务有限公司建设。"
    [money] = [s for s in picture.nodes[RESERVOIR]["facts"] if s.predicate == "funding"]
    assert (money.role, money.value, money.unit, money.text) == ("totalInvestment", "320000000", "CNY", "3.2亿元")
    assert thing(picture, COUNTY).parents == ("贵州省", "黔东南苗族侗族自治州")
    assert thing(picture, COUNTY).kind == ("县级", "county")
    assert picture.graph["articles"][leading[0].article].authors == ("周小满",)


def test_a_promise_is_shown_as_planned(out: Path) -> None:
    planned = [s for s in statements(read(open_store(out))) if s.planned]
    assert [(s.predicate, s.quote) for s in planned] == [("leads", "将牵头“清水行动”")]


def test_things_declared_the_same_are_one_node(tmp_path: Path) -> None:
    found = [q for one in invented.articles() for q in quads(one)]
    other = ox.NamedNode(f"{ID}organization/青禾水务有限公司")
    same = ox.Quad(ox.NamedNode(f"{ID}a/青禾"), ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs"), other)
    create(tmp_path, [*found, same])
    picture = read(open_store(tmp_path))
    assert other.value not in picture
    assert thing(picture, f"{ID}a/青禾").names == ("青禾水务有限公司",)
    assert picture.has_edge(RESERVOIR, f"{ID}a/青禾")


def test_a_place_is_tied_to_the_nearest_place_above_it_that_an_article_names() -> None:
    places = [Thing("p", "Place", ("省",)), Thing("v", "Place", ("村",))]
    assert draw(places, [], [], [("v", "p"), ("v", "unnamed")]).has_edge("v", "p", PART_OF)


def test_around_one_thing(out: Path) -> None:
    picture = read(open_store(out))
    near, centre = around(picture, "云岭水库", 1)
    assert centre == RESERVOIR
    assert MAYOR in near and COUNTY in near
    assert f"{ID}initiative/522636/清水行动" not in near
    assert f"{ID}initiative/522636/清水行动" in around(picture, RESERVOIR, 2)[0]
    with pytest.raises(KgError, match=r"云岭水厂.*did you mean 云岭水库"):
        around(picture, "云岭水厂", 1)


def test_the_focus_has_a_file_of_its_own(out: Path, tmp_path: Path) -> None:
    whole = (out / "index.html").read_bytes()
    written = kg.view(out, focus="丹寨县")
    assert written == out / "丹寨县.html"
    assert embedded(written, "book")["focus"] == COUNTY
    assert (out / "index.html").read_bytes() == whole
    assert kg.view(out, focus=COUNTY, to=tmp_path / "here.html") == tmp_path / "here.html"


def test_the_page_counts_the_articles_of_the_build_and_with_a_focus_those_cited() -> None:
    pieces = [Piece("a1", "云岭水库开工"), Piece("a2", "没有事实的报道")]
    said = Statement("p", "leads", "a1", "牵头", 0, 2, object="r")
    picture = draw([Thing("p", "Person", ("张建国",)), Thing("r", "Project", ("云岭水库",))], [said], pieces)
    assert '"a2": {' in page(picture)
    assert '"a2": {' not in page(picture, focus="p")


def test_the_same_build_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    again = kg.view(invented.build(tmp_path))
    assert again.read_bytes() == (out / "index.html").read_bytes()


def test_no_build_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"no build in .*run: kg build"):
        kg.view(tmp_path)


def test_a_name_cannot_become_markup(out: Path) -> None:
    text = (out / "index.html").read_text(encoding="utf-8")
    assert "<img" not in text
    assert invented.WICKED in [
        name for t in embedded(out / "index.html", "book")["things"].values() for name in t["names"]
    ]


def test_the_page_says_what_it_leaves_out() -> None:
    things = [Thing(str(i), "Person", (f"人{i:03}",)) for i in range(30)]
    said = [Statement("0", "leads", "a", "牵头", 0, 2, object=str(i)) for i in range(1, 12)]
    whole = draw(things, said, [Piece("a", "题")])
    part = most_connected(whole, 12)
    assert set(part) == {str(i) for i in range(12)}
    assert '"shown": 12, "things"' in page(part, total=len(whole))
    assert '"total": 30' in page(part, total=len(whole))


@given(st.integers(0, 60), st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=120))
@settings(max_examples=30, deadline=None)
def test_no_two_names_of_a_small_graph_overlap(count: int, pairs: list[tuple[int, int]]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(f"n{i:02}" for i in range(count))
    graph.add_edges_from((f"n{a:02}", f"n{b:02}") for a, b in pairs if a < count and b < count)
    boxes = {n: (60.0 + 5 * int(n[1:]), 40.0) for n in graph}
    places = layout(graph, boxes)
    assert set(places) == set(graph)
    ordered = sorted(places)
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 :]:
            apart = [abs(places[one][axis] - places[other][axis]) for axis in (0, 1)]
            room = [(boxes[one][axis] + boxes[other][axis]) / 2 for axis in (0, 1)]
            assert apart[0] > room[0] - 3 or apart[1] > room[1] - 3


def test_a_large_part_is_laid_out_by_communities_and_the_same_again() -> None:
    graph = nx.relabel_nodes(nx.connected_caveman_graph(12, 20), str)
    boxes = dict.fromkeys(graph, (80.0, 40.0))
    places = layout(graph, boxes)
    assert places == layout(graph, boxes)
    assert len(set(places.values())) == len(graph)
    cave = {str(i) for i in range(20)}
    left, right = (f(places[n][0] for n in cave) for f in (min, max))
    top, bottom = (f(places[n][1] for n in cave) for f in (min, max))
    inside = {n for n, (x, y) in places.items() if left <= x <= right and top <= y <= bottom}
    assert len(inside - cave) <= 2  # a community keeps its ground


def test_an_empty_graph_is_a_page_too() -> None:
    assert "<h1>县志</h1>" in page(draw([], [], []))


# ------------------------------------------------------------------------------------------------ in a browser
# Drives the page in a frame as a reader would, and writes down what a reader would see.
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,">
<iframe id="f" src="index.html" width="1300" height="800"></iframe>
<pre id="seen"></pre><script>
const later = (ms) => new Promise((go) => setTimeout(go, ms));
document.getElementById("f").onload = async (event) => {
  const w = event.target.contentWindow, d = w.document, seen = {};
  const text = (id) => d.getElementById(id).textContent;
  const key = (target, name) => target.dispatchEvent(new w.KeyboardEvent("keydown", { key: name, bubbles: true }));
  const click = async (iri) => {
    const at = w.network.canvasToDOM(w.network.getPosition(iri)), canvas = d.querySelector("canvas");
    const box = canvas.getBoundingClientRect(), ratio = canvas.width / box.width;
    const [r, g, b] = canvas.getContext("2d").getImageData(at.x * ratio, at.y * ratio, 1, 1).data;
    const how = { clientX: box.left + at.x, clientY: box.top + at.y, pointerId: 1, pointerType: "mouse",
      isPrimary: true, bubbles: true };
    canvas.dispatchEvent(new w.PointerEvent("pointerdown", { ...how, button: 0, buttons: 1 }));
    canvas.dispatchEvent(new w.PointerEvent("pointerup", { ...how, button: 0 }));
    await later(600);
    return [r, g, b];
  };
  await later(500);
  seen.legend = text("legend");
  seen.color = await click(MAYOR);
  seen.clicked = text("panel");
  seen.marked = [...d.querySelectorAll("mark")].map((mark) => mark.textContent);
  seen.hash = decodeURIComponent(w.location.hash);
  d.getElementById("language").click();
  seen.english = text("panel");
  d.getElementById("language").click();
  const search = d.getElementById("search");
  search.value = "清水";
  search.dispatchEvent(new w.Event("input"));
  seen.results = [...d.querySelectorAll("#results li")].map((row) => row.textContent);
  key(search, "Enter");
  await later(600);
  seen.found = text("panel");
  search.value = "没有这个";
  search.dispatchEvent(new w.Event("input"));
  seen.nothing = text("results");
  d.querySelector("#legend [data-type=Person]").click();
  await later(100);
  seen.hidden = w.network.body.data.nodes.get(MAYOR) === null;
  key(d.body, "Escape");
  seen.welcome = text("panel");
  seen.resources = w.performance.getEntriesByType("resource").map((entry) => entry.name);
  seen.images = d.querySelectorAll("img").length;
  document.getElementById("seen").textContent = JSON.stringify(seen);
};
</script>"""


@pytest.fixture(scope="module")
def seen(out: Path, tmp_path_factory: pytest.TempPathFactory) -> dict:
    needed()
    home = tmp_path_factory.mktemp("chromium")
    (out / "harness.html").write_text(HARNESS.replace("MAYOR", json.dumps(MAYOR)), encoding="utf-8")
    with served(out) as (address, asked):
        dom, console = open_page(f"{address}/harness.html", home)
    found = html.unescape(re.search(r'<pre id="seen">(.*?)</pre>', dom, re.S)[1])
    assert found, console
    return {**json.loads(found), "asked": asked, "console": console}


def test_the_page_draws_and_a_click_shows_the_sentence(seen: dict) -> None:
    red, green, blue = seen["color"]
    assert red > 180 and green < 120 and blue < 130  # a person's mark, where the layout put it
    assert "张建国" in seen["clicked"] and "县长" in seen["clicked"]
    assert "县长张建国牵头负责云岭水库项目" in seen["marked"]
    assert "《云岭水库本月开工》 云岭日报 2024-03-05" in seen["clicked"]
    assert seen["hash"] == f"#{MAYOR}"


def test_the_page_speaks_english_too(seen: dict) -> None:
    assert "Posts held" in seen["english"] and "Leads" in seen["english"] and "planned" in seen["english"]
    assert "牵头负责" in seen["clicked"]


def test_search_finds_names_and_enter_goes_there(seen: dict) -> None:
    assert seen["results"] == ["清水行动行动与任务"]
    assert "将牵头“清水行动”" in seen["found"]
    assert "没有找到“没有这个”" in seen["nothing"]


def test_the_legend_hides_a_type_and_escape_leads_back(seen: dict) -> None:
    assert "人物1" in seen["legend"] and "机构2" in seen["legend"]
    assert seen["hidden"]
    assert "云岭水库又有新进展" in seen["welcome"]


def test_no_request_leaves_and_nothing_is_refused(seen: dict) -> None:
    assert seen["asked"] == ["/harness.html", "/index.html"]
    assert seen["resources"] == [] and seen["images"] == 0
    assert seen["console"] == []


def test_the_page_opens_from_a_file_at_a_name(out: Path, tmp_path: Path) -> None:
    dom, console = open_page(f"{(out / 'index.html').as_uri()}#{quote(RESERVOIR, safe='')}", tmp_path)
    assert "<mark>项目总投资3.2亿元</mark>" in dom
    assert "约12万立方米" in dom
    assert console == []
