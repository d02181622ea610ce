"""The ontology's names as values: namespaces, the prefixes of queries and files, which term says which fact."""

from __future__ import annotations

import pyoxigraph as ox

KG = "https://w3id.org/xianzhi/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
FOAF = "http://xmlns.com/foaf/0.1/"
DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"

PREFIXES: dict[str, str] = {
    "kg": KG,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "schema": SCHEMA,
    "prov": PROV,
    "oa": OA,
    "org": ORG,
    "foaf": FOAF,
    "dcterms": DCTERMS,
    "owl": OWL,
    "sh": "http://www.w3.org/ns/shacl#",
    "time": "http://www.w3.org/2006/time#",
}
"""Predeclared in every query."""

FILE_PREFIXES: dict[str, str] = {
    prefix: PREFIXES[prefix] for prefix in ("kg", "rdf", "xsd", "skos", "schema", "prov", "oa", "org", "foaf", "owl")
}
"""Declared in the Turtle and TriG files that a build writes."""

RDF_TYPE = ox.NamedNode(RDF + "type")

FUNDING_ROLES = {
    "totalInvestment": ("TotalInvestment", "totalInvestment"),
    "grant": ("Grant", "grantAmount"),
    "raised": ("Raised", "raisedAmount"),
    "spent": ("Spent", "spentAmount"),
}
"""Role of a funding fact → (its individual, the property of the one-hop amount in CNY)."""

DATE_ROLES = {"start": "startDate", "end": "endDate", "on": "date"}
"""Role of a date fact → its property."""

AUTHOR_ROLES = {
    "reporter": "Reporter",
    "correspondent": "Correspondent",
    "photographer": "Photographer",
    "editor": "Editor",
}
STATUSES = {"planned": "Planned", "underWay": "UnderWay", "completed": "Completed"}
MODALITIES = {"asserted": "Asserted", "planned": "Planned"}

BESIDE = {
    "Person": FOAF + "Person",
    "Organization": ORG + "Organization",
    "Place": SCHEMA + "Place",
    "Project": FOAF + "Project",
    "Initiative": PROV + "Plan",
    "Event": SCHEMA + "Event",
}
"""The standard class stated beside each of the six types, for tools that do not read the ontology."""


def kg(name: str) -> ox.NamedNode:
    """The project's term of that local name."""
    return ox.NamedNode(KG + name)
