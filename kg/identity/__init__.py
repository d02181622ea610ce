"""Identity: which place, person, organisation or project a name stands for, and the IRI that says so."""

from kg.identity.iris import BASE, article_iri, entity_iri, valid_base

__all__ = ["BASE", "article_iri", "entity_iri", "valid_base"]
