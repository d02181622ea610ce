"""The one kind of error that a user is meant to see."""

from __future__ import annotations


class KgError(Exception):
    """A mistake or a bad input: one line that says what was found, where, and what to do. The command line prints it
    and exits with code 2."""
