"""The command line's manners: help in the user's language with an example, one line for a mistake, progress on a
terminal and plain lines elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.locale import catalogue

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

TEXT = catalogue()
"""The words of the language that the process was started in."""

F = TypeVar("F", bound=Callable[..., Any])


class _Translated(click.Command):
    """A command whose help speaks the user's language; its epilog is an example, printed as it stands."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found:
            found.help = TEXT["help.help"]
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=TEXT["usage"])

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._section(formatter, "arguments", [p for p in self.params if isinstance(p, click.Argument)], ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._section(formatter, "options", [p for p in self.get_params(ctx) if isinstance(p, click.Option)], ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            with formatter.section(TEXT["example"]):
                for line in self.epilog.splitlines():
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")

    def _section(self, formatter: click.HelpFormatter, title: str, parameters: list[Any], ctx: click.Context) -> None:
        rows = [row for row in (p.get_help_record(ctx) for p in parameters) if row]
        if rows:
            with formatter.section(TEXT[title]):
                formatter.write_dl(rows)


class Command(_Translated):
    """One command."""


class Group(_Translated, click.Group):
    """The command that holds the others."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options."""
        with formatter.section(TEXT["commands"]):
            formatter.write_dl([(n, self.commands[n].get_short_help_str(200)) for n in self.commands])
        super().format_options(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of definition, which is the order of use."""
        return list(self.commands)


def option(name: str, *more: str, default: Any = None, **attributes: Any) -> Callable[[F], F]:
    """A click option `--name` with its help from the catalogue, and its default beside it."""
    help_text = TEXT[f"option.{name.lstrip('-')}"]
    if default is not None and default is not False:
        help_text += f" [{TEXT['default']}: {default}]"
    return click.option(name, *more, default=default, help=help_text, **attributes)


def argument(name: str, metavar: str, **attributes: Any) -> Callable[[F], F]:
    """A click argument with its help from the catalogue."""
    return click.argument(name, metavar=metavar, help=TEXT[f"argument.{name}"], **attributes)


def mistake(error: click.UsageError) -> str:
    """What was wrong with a command line, in one line that ends with where to find help."""
    match error:
        case click.NoSuchOption():
            message = TEXT["error.option"].format(name=error.option_name)
        case click.exceptions.NoSuchCommand():
            message = TEXT["error.command"].format(name=error.command_name)
        case click.MissingParameter(param=click.Parameter() as parameter):
            message = TEXT["error.missing"].format(name=_shown(parameter))
        case click.BadParameter(param=click.Parameter() as parameter):
            message = TEXT["error.value"].format(name=_shown(parameter), message=error.message)
        case click.BadOptionUsage():
            message = TEXT["error.needs_value"].format(name=error.option_name)
        case _:
            message = error.format_message()
            if extra := re.search(r"unexpected extra arguments? \((.*)\)", message):
                message = TEXT["error.extra"].format(name=extra[1])
    command = error.ctx.command_path if error.ctx else "kg"
    return one_line(TEXT["error.hint"].format(message=message.rstrip(".。"), command=command))


def _shown(parameter: click.Parameter) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name


def one_line(text: str) -> str:
    """`text` without its line breaks."""
    return " ".join(str(text).split())


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows on stdout, numbers to the right; cells are wrapped on a terminal, and whole elsewhere."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    body = list(rows)
    for index, column in enumerate(columns):
        numbers = bool(body) and all(isinstance(row[index], int | float) or row[index] == "" for row in body)
        table.add_column(Text(column), justify="right" if numbers else "left", overflow="fold")
    for row in body:
        table.add_row(*(Text(str(cell)) for cell in row))
    Console(width=None if sys.stdout.isatty() else 10_000, highlight=False).print(table)


class Stages:
    """Shows how a build goes: a bar on a terminal, one plain line a stage elsewhere; all of it on stderr."""

    def __init__(self) -> None:
        """Nothing is shown until the first call."""
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._stage = ""

    def __enter__(self) -> Stages:
        """Begin to show."""
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._progress = Progress(console=Console(stderr=True), transient=True)
            self._progress.start()
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` steps of `stage` (a key of the catalogue's [stage]) are behind us."""
        words = TEXT[f"stage.{stage}"]
        if self._progress is None:
            if stage != self._stage:
                click.echo(words, err=True)
        else:
            if stage != self._stage or self._task is None:
                if self._task is not None:
                    self._progress.remove_task(self._task)
                self._task = self._progress.add_task(words, total=total or None)
            self._progress.update(self._task, completed=done, total=total or None)
        self._stage = stage

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear the bar."""
        if self._progress is not None:
            self._progress.stop()
