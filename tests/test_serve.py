"""The server, on a free port of the loopback, asked as any client would."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import invented
import pytest
from chromium import open_page
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

import kg
from kg.errors import KgError
from kg.serve import make_server
from kg.serve.protocol import Refused, best
from kg.serve.reader import Fact, marked
from kg.view.picture import Statement

LEADS = "SELECT ?who ?what WHERE { ?p kg:leads ?i . ?p skos:prefLabel ?who . ?i skos:prefLabel ?what }"
FIRST = "https://w3id.org/xianzhi/id/article/shui/001.txt/0"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = invented.build(tmp_path_factory.mktemp("serve"))
    kg.view(out)
    with make_server(out, port=0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def get(address: str, body: bytes | None = None, **headers: str) -> tuple[int, str, str]:
    """Status, media type and text."""
    request = Request(address, body, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urlopen(request) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read().decode("utf-8")
    except HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read().decode("utf-8")


def ask(query: str) -> str:
    return "/sparql?" + urlencode({"query": query})


@pytest.mark.parametrize(
    ("accept", "expected", "start"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", '{"head":{"vars":["who","what"]}'),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv", "text/csv", "who,what\r\n张建国,云岭水库项目\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values", '?who\t?what\n"张建国"@zh'),
        ("text/plain;q=0.9, text/csv;q=0.5, */*;q=0.1", "text/csv", "who,what"),
        ("*/*", "application/sparql-results+json", "{"),
    ],
)
def test_rows_come_in_the_format_that_the_client_likes(address: str, accept: str, expected: str, start: str) -> None:
    status, media_type, text = get(address + ask(LEADS), Accept=accept)
    assert (status, media_type) == (200, expected)
    assert text.startswith(start)


def test_a_query_can_be_posted_in_both_ways(address: str) -> None:
    form = urlencode({"query": LEADS}).encode()
    direct = {"Content_Type": "application/sparql-query", "Accept": "text/csv"}
    expected = (200, "text/csv", "who,what\r\n张建国,云岭水库项目\r\n")
    assert get(address + "/sparql", form, Accept="text/csv") == expected
    assert get(address + "/sparql", LEADS.encode(), **direct) == expected


def test_triples_come_as_turtle(address: str) -> None:
    status, media_type, text = get(address + ask("CONSTRUCT WHERE { ?p kg:leads ?i }"), Accept="text/turtle")
    assert (status, media_type) == (200, "text/turtle")
    assert len(Graph().parse(data=text, format="turtle")) == 1


def test_rdflib_is_a_client(address: str) -> None:
    graph = Graph(SPARQLStore(address + "/sparql"))
    assert [str(row.what) for row in graph.query(LEADS)] == ["云岭水库项目"]
    assert (URIRef(FIRST), None, None) in graph


def test_a_dataset_can_be_named(address: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?claim a kg:Claim }"
    one = urlencode({"query": count, "default-graph-uri": FIRST})
    assert get(f"{address}/sparql?{one}", Accept="text/csv")[2] == "n\r\n8\r\n"
    assert get(address + ask(count), Accept="text/csv")[2] == "n\r\n10\r\n"


@pytest.mark.parametrize(
    ("path", "body", "headers", "status", "reason"),
    [
        (ask("SELECT ?x WHERE {"), None, {}, 400, "mistake in the query"),
        (ask("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), None, {}, 400, "SERVICE is not answered"),
        (ask("ASK {}"), None, {"Accept": "image/png"}, 406, "offered are application/sparql-results+json"),
        ("/sparql?query=a&query=b", None, {}, 400, "one query, this one 2"),
        ("/sparql", b"update=CLEAR+ALL", {}, 403, "read-only"),
        ("/sparql", b"CLEAR ALL", {"Content_Type": "application/sparql-update"}, 403, "read-only"),
        ("/sparql", b"{}", {"Content_Type": "application/json"}, 415, "application/sparql-query"),
        ("/sparql", b"query=%FF\xff", {}, 400, "UTF-8"),
        ("/", b"x", {}, 405, "only /sparql takes POST"),
        ("/nowhere", None, {}, 404, "nothing at /nowhere"),
        ("/graph/../../../etc/passwd", None, {}, 404, "nothing at"),
        ("/article?iri=http://example.org/", None, {}, 404, "no article"),
        ("/", None, {"Host": "rebound.example"}, 403, "localhost"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(
    address: str, path: str, body: bytes | None, headers: dict[str, str], status: int, reason: str
) -> None:
    found, media_type, text = get(address + path, body, **headers)
    assert (found, media_type) == (status, "text/plain")
    assert reason in text
    assert text.count("\n") == 1


def test_the_word_service_in_a_text_is_no_keyword(address: str) -> None:
    assert get(address + ask('ASK { FILTER("SERVICE <x>" != "") } # service'))[0] == 200


def test_the_list_leads_to_each_article(address: str) -> None:
    status, _, text = get(address + "/")
    assert status == 200
    assert text.index("云岭水库又有新进展") < text.index("云岭水库本月开工")  # the newest first
    assert f'href="/article?iri={quote(FIRST)}"' in text


def test_an_article_shows_its_evidence_and_facts(address: str) -> None:
    status, _, text = get(f"{address}/article?iri={quote(FIRST, safe='')}")
    assert status == 200
    assert "周小满" in text and "云岭日报" in text and "2024-03-05" in text
    assert '<mark data-facts="3 4">县长张建国</mark><mark data-facts="4">牵头负责云岭水库\n项目</mark>' in text
    assert "总投资 3.2亿元" in text
    assert "计划 planned" in text


def test_names_stay_text_in_the_reader(address: str) -> None:
    third = FIRST.replace("001", "003")
    text = get(f"{address}/article?iri={quote(third, safe='')}")[2]
    assert "<img" not in text
    assert invented.WICKED in html.unescape(text)


def test_the_page_and_the_turtle_are_served(address: str) -> None:
    assert "vis" in get(address + "/graph")[2]
    assert get(address + "/graph.ttl") == (404, "text/plain", get(address + "/graph.ttl")[2])  # not built here
    request = Request(address + "/graph", method="HEAD")
    with urlopen(request) as answer:
        assert int(answer.headers["Content-Length"]) > 100_000 and answer.read() == b""


def test_a_person_gets_a_form_and_a_table(address: str) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert "<textarea" in get(address + "/sparql", Accept=browser)[2]
    assert "<td>云岭水库项目</td>" in get(address + ask(LEADS), Accept=browser)[2]
    assert "mistake in the query" in get(address + ask("SELECT <"), Accept=browser)[2]
    assert "<td>true</td>" in get(address + ask("ASK {}"), Accept=browser)[2]


def test_a_browser_marks_the_words_that_a_link_points_to(address: str, tmp_path: Path) -> None:
    at = invented.FIRST.index("项目总投资")
    dom, console = open_page(f"{address}/article?iri={quote(FIRST, safe='')}#p{at}", tmp_path)
    assert 'class="on">项目总投资3.2亿元</mark>' in dom
    assert console == []


def test_the_graph_links_to_the_reader_when_served(address: str, tmp_path: Path) -> None:
    dom, console = open_page(f"{address}/graph#{quote(FIRST, safe='')}", tmp_path)
    assert f'href="article?iri={quote(FIRST, safe="")}"' in dom
    assert console == []


def test_an_address_in_use_is_said_in_one_line(address: str, tmp_path: Path) -> None:
    out = invented.build(tmp_path)
    with pytest.raises(KgError, match=r"cannot listen at 127\.0\.0\.1:.*choose another"):
        kg.serve(out, port=int(address.rpartition(":")[2]))
    with pytest.raises(KgError, match="no build in"):
        kg.serve(tmp_path / "none")


def test_json_answers_hold_the_sentence_of_a_fact(address: str) -> None:
    query = "SELECT ?s { ?c rdf:predicate kg:funding ; kg:sentence ?s }"
    rows = json.loads(get(address + ask(query))[2])["results"]["bindings"]
    assert ["项目总投资3.2亿元" in row["s"]["value"] for row in rows] == [True]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [("", "a/x"), ("a/y", "a/y"), ("a/*;q=0.5, a/y;q=0.2", "a/x"), ("b/*", "b/z"), ("a/x;q=0, */*", "a/y")],
)
def test_the_best_of_what_is_offered(accept: str, expected: str) -> None:
    assert best(accept, ["a/x", "a/y", "b/z"]) == expected


def test_nothing_suits() -> None:
    with pytest.raises(Refused, match="offered are a/x"):
        best("b/*, a/x;q=nonsense", ["a/x"])


@given(st.text("云岭水库", max_size=12), st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=6))
def test_marking_loses_no_character(body: str, spans: list[tuple[int, int]]) -> None:
    said = [Statement("s", "date", "a", "", first + 5, last + 5) for first, last in spans]
    runs = marked(body, 5, [Fact(n, s, "s", ("日期",), "", None) for n, s in enumerate(said, 1)])
    assert "".join(run.text for run in runs) == body
    at = 0
    for run in runs:
        meant = tuple(n for n, (first, last) in enumerate(spans, 1) if first <= at and at + len(run.text) <= last)
        assert run.facts == meant
        at += len(run.text)
