"""The graph on disk: an Oxigraph store, and the Turtle and TriG files that any other store loads."""

from kg.store.files import write_trig, write_turtle
from kg.store.oxigraph import create, open_store, replace_graph, select

__all__ = ["create", "open_store", "replace_graph", "select", "write_trig", "write_turtle"]
