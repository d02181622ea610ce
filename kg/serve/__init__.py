"""The graph on the local machine: a SPARQL endpoint, the articles with their evidence, and the page."""

from kg.serve.server import make_server, serve

__all__ = ["make_server", "serve"]
