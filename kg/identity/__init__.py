"""Identity: which place, person, organisation or project a name stands for, and the IRI that says so."""

from kg.identity.iris import BASE, article_iri, entity_iri, valid_base
from kg.identity.places import Link, link

__all__ = ["BASE", "Link", "article_iri", "entity_iri", "link", "valid_base"]
