"""The page: the graph as a self-contained HTML file that needs no network."""

from kg.view.view import view, write

__all__ = ["view", "write"]
