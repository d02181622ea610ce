"""Literals with the right datatype, in one lexical form each, so that equal values are equal terms."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf.terms import XSD

_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def zh(text: str) -> ox.Literal:
    """A Chinese text."""
    return ox.Literal(text, language="zh")


def decimal(value: Decimal | float | int | str) -> ox.Literal:
    """An xsd:decimal without exponent and trailing zeros: what the stores agree on."""
    text = format(Decimal(str(value)), "f")  # Decimal.normalize would round to 28 digits
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ox.Literal("0" if text == "-0" else text, datatype=ox.NamedNode(XSD + "decimal"))


def integer(value: int) -> ox.Literal:
    """An xsd:integer."""
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))


def boolean(value: bool) -> ox.Literal:
    """An xsd:boolean."""
    return ox.Literal(str(value).lower(), datatype=ox.NamedNode(XSD + "boolean"))


def date(value: str) -> ox.Literal:
    """An xsd:gYear, xsd:gYearMonth or xsd:date, by the length of an ISO 8601 date. Raises KgError if it is none."""
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
            raise ValueError
        datetime.date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        raise KgError(f"{value!r} is no date; write it as 2023, 2023-12 or 2023-12-20") from None
    return ox.Literal(value, datatype=ox.NamedNode(XSD + _DATE_TYPES[len(value)]))
