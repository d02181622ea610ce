"""From pages of Chinese local news to a cited knowledge graph (县志).

Each command of `kg` is a function here of the same name: `kg.build(["pages"], "out")`, `kg.query("SELECT …")`.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.build import build as build
    from kg.explain import explain as explain
    from kg.facts_out import facts as facts
    from kg.query import query as query
    from kg.score import score as score
    from kg.serve import serve as serve
    from kg.validate import validate as validate
    from kg.view import view as view

__version__ = "0.1.0"

_FUNCTIONS = {
    "build": "kg.build",
    "query": "kg.query",
    "facts": "kg.facts_out",
    "explain": "kg.explain",
    "view": "kg.view",
    "validate": "kg.validate",
    "score": "kg.score",
    "serve": "kg.serve",
}
"""Function → the module that defines it, imported when the function is first used, so that `import kg` is quick."""

__all__ = ["__version__", "build", "explain", "facts", "query", "score", "serve", "validate", "view"]


class _Package(ModuleType):
    """The package, in which `kg.build` stays the function although a module `kg.build` is imported too: the import
    system would bind the module to that name."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _FUNCTIONS and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name not in _FUNCTIONS:
            raise AttributeError(f"module 'kg' has no attribute '{name}'")
        function = getattr(importlib.import_module(_FUNCTIONS[name]), name)
        setattr(self, name, function)
        return function


sys.modules[__name__].__class__ = _Package
