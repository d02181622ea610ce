"""The only room that knows the ontology: facts in, quads out."""

from kg.rdf.ontology import classes, labels, ontology_text, superclasses
from kg.rdf.places import decision_quads, identity_graph, place_quads, places_graph
from kg.rdf.terms import FILE_PREFIXES, KG, PREFIXES
from kg.rdf.write import quads, sentence_around

__all__ = [
    "FILE_PREFIXES",
    "KG",
    "PREFIXES",
    "classes",
    "decision_quads",
    "identity_graph",
    "labels",
    "ontology_text",
    "place_quads",
    "places_graph",
    "quads",
    "sentence_around",
    "superclasses",
]
