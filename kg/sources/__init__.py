"""Files and folders in, texts with positions out: plain text, Markdown, HTML, PDF and JSON Lines."""

from kg.sources.find import File, Problem, find
from kg.sources.reader import read, read_file
from kg.sources.sidecar import checked

__all__ = ["File", "Problem", "checked", "find", "read", "read_file"]
