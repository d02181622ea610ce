"""The graph on disk: answers, replaced graphs, and files that other tools read."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from small_page import FACTS, SOURCE, all_quads, article, build, facts

import kg
from kg.errors import KgError
from kg.facts import ArticleFacts
from kg.rdf import quads
from kg.store import create, open_store, replace_graph, select, write_trig, write_turtle


def other() -> ArticleFacts:
    """A second article that states some of the same."""
    source = replace(SOURCE, name="云岭/页 2.txt")
    return ArticleFacts(article(source), facts().entities, FACTS[:7])


def count(store: ox.Store, pattern: str) -> int:
    return sum(1 for _ in select(store, f"SELECT * {{ {pattern} }}"))


def test_two_articles_that_state_one_sum_do_not_double_it(tmp_path: Path) -> None:
    create(tmp_path, [*quads(facts()), *quads(other())])
    total = kg.query("SELECT (SUM(?cny) AS ?total) { ?p kg:totalInvestment ?cny }", tmp_path)
    assert total.table().rows == (("320000000",),)
    by_article = "SELECT ?g { GRAPH ?g { ?p kg:totalInvestment ?cny } }"
    assert len(kg.query(by_article, tmp_path).table().rows) == 2


def test_replacing_one_graph_leaves_what_others_state(tmp_path: Path) -> None:
    store = create(tmp_path, [*quads(facts()), *quads(other())])
    graph = quads(facts())[0].graph_name
    assert isinstance(graph, ox.NamedNode)
    replace_graph(store, graph, quads(facts(FACTS[2])))
    assert count(store, "?p kg:totalInvestment ?x") == 1  # the second article says so too
    assert count(store, "?p kg:former true") == 0  # nobody says so any longer
    replace_graph(store, graph, [])
    alone = ox.Store()
    alone.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads(other()))
    assert {q.triple for q in store if q.graph_name == ox.DefaultGraph()} == {q.triple for q in alone}
    with pytest.raises(ValueError, match="is not of the graph"):
        replace_graph(store, graph, quads(other()))


def test_a_store_is_read_while_another_reader_has_it_open(tmp_path: Path) -> None:
    build(tmp_path)
    first, second = open_store(tmp_path), open_store(tmp_path)
    assert len(first) == len(second) > 0


def test_no_build_and_a_build_in_the_way_are_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="; run: kg build SOURCE"):
        open_store(tmp_path)
    build(tmp_path)
    with pytest.raises(KgError, match="exists already"):
        build(tmp_path)
    for file in (tmp_path / "store").iterdir():
        file.write_bytes(b"broken")
    with pytest.raises(KgError, match="cannot be read"):
        open_store(tmp_path)


def files(folder: Path, given: list[ox.Quad]) -> tuple[int, int]:
    folder.mkdir()
    return write_turtle(given, folder / "graph.ttl"), write_trig(given, folder / "graph.trig")


def test_the_files_do_not_depend_on_the_order_of_quads(tmp_path: Path) -> None:
    files(tmp_path / "a", all_quads())
    files(tmp_path / "b", all_quads()[::-1])
    for name in ("graph.ttl", "graph.trig"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    build(tmp_path / "c")
    write_trig(open_store(tmp_path / "c"), tmp_path / "c" / "graph.trig")
    assert (tmp_path / "c" / "graph.trig").read_bytes() == (tmp_path / "a" / "graph.trig").read_bytes()


def test_rdflib_reads_what_was_written(tmp_path: Path) -> None:
    triples, quads_ = files(tmp_path / "a", all_quads())
    graph = rdflib.Graph().parse(tmp_path / "a" / "graph.ttl")
    assert len(graph) == triples == sum(1 for _ in ox.parse(path=str(tmp_path / "a" / "graph.ttl")))
    dataset = rdflib.Dataset()
    dataset.parse(tmp_path / "a" / "graph.trig", format="trig")
    assert sum(1 for _ in dataset.quads()) == quads_ == len(set(all_quads()))


@pytest.mark.skipif(not shutil.which("rapper") and not os.environ.get("CI"), reason="raptor2-utils is not installed")
def test_raptor_reads_what_was_written(tmp_path: Path) -> None:
    triples, _ = files(tmp_path / "a", all_quads())
    done = subprocess.run(
        ["rapper", "-q", "-i", "turtle", "-o", "ntriples", str(tmp_path / "a" / "graph.ttl")],
        capture_output=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == triples
    assert done.stderr == b""


@pytest.mark.parametrize(
    "mistake, said",
    [
        ("SELECT ?x { ?x kg:leads\n}", "line 2, column 1: } is unexpected"),
        ("SELECT ?x { ?x foo:bar ?y }", "Prefix not found"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x a ?y }", "variable that is unbound"),
        ("SELECT ?x {", "the end is unexpected"),
    ],
)
def test_a_mistake_in_a_query_is_one_line_with_its_position(tmp_path: Path, mistake: str, said: str) -> None:
    build(tmp_path)
    with pytest.raises(KgError) as caught:
        kg.query(mistake, tmp_path)
    assert said in str(caught.value) and "line " in str(caught.value) and "\n" not in str(caught.value)


def test_answers_as_table_and_in_every_format(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "who.rq").write_text("SELECT ?who { ?p kg:leads ?x ; skos:prefLabel ?who }", encoding="utf-8")
    rows = kg.query(tmp_path / "who.rq", tmp_path)
    assert (rows.table().columns, rows.table().rows) == (("who",), (("张建国",),))
    assert rows.serialize("csv").splitlines() == ["who", "张建国"]
    assert '"value":"张建国"' in rows.serialize("json")
    assert '<literal xml:lang="zh">张建国</literal>' in rows.serialize("xml")
    with pytest.raises(KgError, match="ttl cannot hold"):
        rows.serialize("ttl")

    yes = kg.query("ASK { ?p kg:leads ?x }", tmp_path)
    assert yes.table().rows == (("true",),) and yes.serialize("csv") == "true\n" and "true" in yes.serialize("json")

    graph = kg.query("CONSTRUCT { ?p kg:leads ?x } WHERE { ?p kg:leads ?x }", tmp_path)
    assert graph.is_graph and not rows.is_graph
    assert graph.table().rows[0][1] == "kg:leads"
    for form, parser in (("ttl", "turtle"), ("xml", "xml"), ("json", "json-ld")):
        assert len(rdflib.Graph().parse(data=graph.serialize(form), format=parser)) == 1
    with pytest.raises(KgError, match="csv cannot hold"):
        graph.serialize("csv")


def test_a_name_that_is_no_file_is_no_query(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(KgError, match=r"no query and no readable file: absent\.rq"):
        kg.query("absent.rq", tmp_path)
