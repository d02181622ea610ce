"""The store through rdflib."""

from pathlib import Path

import invented

from kg.store.rdflib_graph import dataset


def test_rdflib_sees_the_union_and_answers_sparql(tmp_path: Path) -> None:
    found = dataset(invented.build(tmp_path))
    rows = list(found.query("SELECT ?who WHERE { ?a kg:leads ?b . ?a skos:prefLabel ?who }"))
    assert {str(row.who) for row in rows} == {"张建国"}
    assert len(list(found.graphs())) > 1
