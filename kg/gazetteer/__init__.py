"""The official divisions of China: names, codes, who lies in whom, look-alikes of OCR, and a scan for names in text."""

from kg.gazetteer.divisions import Place, children, kind, lookup, name, parents
from kg.gazetteer.scan import scan
from kg.gazetteer.similar import similar

__all__ = ["Place", "children", "kind", "lookup", "name", "parents", "scan", "similar"]
