"""What the command line says, in the user's language: KG_LANG, else LC_ALL, LC_MESSAGES or LANG; Chinese for zh…,
else English. One TOML file a language, all with the same keys."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from importlib.resources import files


def language(environment: Mapping[str, str]) -> str:
    """`zh` or `en`, by the first of the variables that is set."""
    for variable in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            return "zh" if value.lower().startswith(("zh", "chinese")) else "en"
    return "en"


def catalogue(name: str | None = None) -> dict[str, str]:
    """Every text of a language (that of the environment when `name` is None) by `table.key`: `help.build`."""
    text = (files(__package__) / f"{name or language(os.environ)}.toml").read_text(encoding="utf-8")
    texts: dict[str, str] = {}
    for key, value in tomllib.loads(text).items():
        if isinstance(value, dict):
            texts |= {f"{key}.{inner}": str(entry) for inner, entry in value.items()}
        else:
            texts[key] = str(value)
    return texts
