"""The command `kg`: a thin layer over the functions of the package."""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import kg
from kg.errors import KgError
from kg.locale import language
from kg.terminal import TEXT, Group, Stages, argument, mistake, one_line, option, print_table

if TYPE_CHECKING:
    from kg.report import Report

FORMATS = ("table", "csv", "json", "xml", "ttl")
QUERIES = {
    "leads": "SELECT ?who ?what WHERE { ?a kg:leads ?b . ?a skos:prefLabel ?who . ?b skos:prefLabel ?what }",
    "holdsPost": "SELECT ?who ?post WHERE { ?a kg:postTitle ?post ; skos:prefLabel ?who }",
    "locatedIn": "SELECT ?what ?in WHERE { ?a kg:locatedIn ?b . ?a skos:prefLabel ?what . ?b skos:prefLabel ?in }",
}
"""A query to try, by a predicate that it finds."""
ANY_QUERY = "SELECT ?name WHERE { ?thing skos:prefLabel ?name }"

out_option = option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), metavar="DIR")


@click.group(
    cls=Group,
    help=TEXT["help.kg"],
    epilog="kg build pages --out out",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(kg.__version__, "--version", prog_name="kg", help=TEXT["help.version"])
@click.pass_context
def cli(context: click.Context) -> None:
    """The group itself: shows its help when no command is named."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def command(name: str, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of `cli` with its help from the catalogue, an example and --out."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        register = cli.command(name, help=TEXT[f"help.{name}"], epilog=example)
        return register(out_option(function))

    return decorate


@command("build", "kg build pages --published 2023-12-20 --outlet 云岭日报 --edition 02")
@argument("sources", "SOURCE...", nargs=-1, required=True)
@option("--published", metavar="DATE")
@option("--outlet", metavar="NAME")
@option("--edition", metavar="NN")
@option("--url", metavar="URL")
@option("--lexicon", multiple=True, type=click.Path(path_type=Path), metavar="FILE-OR-DIR")
@option("--base", metavar="IRI")
@option("--workers", type=int, metavar="N")
def build(sources: Sequence[str], out: Path, lexicon: Sequence[Path], **given: Any) -> int:
    """Exit code 1 when a source could not be read."""
    with Stages() as stages:
        report = kg.build(sources, out, lexicon=lexicon or None, progress=stages, **given)
    for problem in report.problems:
        complain(problem)
    if report.built:
        summarise(report)
    else:
        click.echo(TEXT["done.nothing"].format(out=out), err=True)
    return 1 if report.problems else 0


def summarise(report: Report) -> None:
    """Say what was found, where to look, and what to ask."""
    left = [*named(report.entities), (TEXT["done.articles"], len(report.articles))]
    right = named(report.facts)
    rows = [(*a, *b) for a, b in zip_longest(left, right, fillvalue=("", ""))]
    click.echo(TEXT["done.title"].format(sources=len(report.sources)))
    print_table([TEXT["done.entities"], "", TEXT["done.facts"], ""], rows)
    click.echo(TEXT["done.look"].format(page=report.out / "index.html"))
    click.echo(TEXT["done.turtle"].format(turtle=report.out / "graph.ttl"))
    click.echo(TEXT["done.missed"].format(report=report.out / "report.json"))
    click.echo(TEXT["done.ask"])
    out = "" if report.out == Path("out") else f" --out {report.out}"
    query = next((query for predicate, query in QUERIES.items() if predicate in report.facts), ANY_QUERY)
    click.echo(f"  kg query{out} '{query}'")
    click.echo(TEXT["done.time"].format(seconds=f"{sum(report.seconds.values()):.1f}"))


def named(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts with the ontology's Chinese label before each term, where Chinese is spoken."""
    from kg.rdf import KG, labels

    chinese = labels("zh") if language(os.environ) == "zh" else {}
    return [(f"{chinese.get(KG + name, '')} {name}".strip(), count) for name, count in counts.items()]


@command("query", f"kg query '{QUERIES['leads']}'")
@argument("query", "QUERY-OR-FILE")
@option("--format", "form", type=click.Choice(FORMATS))
def query(query: str, out: Path, form: str | None) -> None:
    """A table on a terminal, csv elsewhere, unless --format says otherwise."""
    answer = kg.query(query, out)
    if form is None:
        form = "table" if sys.stdout.isatty() else "ttl" if answer.is_graph else "csv"
    if form == "table":
        found = answer.table()
        print_table(found.columns, found.rows)
    else:
        click.echo(answer.serialize(form), nl=False)


@command("facts", "kg facts --out out > facts.jsonl")
def facts(out: Path) -> None:
    """One JSON object a line."""
    for line in kg.facts(out):
        click.echo(json.dumps(line, ensure_ascii=False))


@command("explain", "kg explain 茶陵县")
@argument("name", "IRI-OR-NAME")
def explain(name: str, out: Path) -> None:
    """Everything about one entity, as text."""
    click.echo(kg.explain(name, out).text())


@command("view", "kg view --focus 茶陵县 --depth 2 --to 茶陵县.html")
@option("--focus", metavar="IRI-OR-NAME")
@option("--depth", type=click.IntRange(1), default=1, metavar="N")
@option("--to", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
def view(out: Path, focus: str | None, depth: int, to: Path | None) -> None:
    """Writes an HTML file and says where."""
    click.echo(TEXT["done.written"].format(path=kg.view(out, focus, depth, to)))


@command("validate", "kg validate --out out")
def validate(out: Path) -> int:
    """Exit code 1 on a violation."""
    result = kg.validate(out)
    click.echo(result.text())
    return 0 if result.conforms else 1


@command("score", "kg score gold/*.json --out out")
@argument("golds", "GOLD...", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--errors", is_flag=True)
@option("--json", "as_json", is_flag=True)
def score(golds: Sequence[Path], out: Path, errors: bool, as_json: bool) -> None:
    """Precision, recall and F1."""
    result = kg.score(golds, out)
    click.echo(result.json() if as_json else result.text(errors=errors))


@command("serve", "kg serve --port 8000")
@option("--host", default="127.0.0.1", metavar="ADDRESS")
@option("--port", type=click.IntRange(0, 65535), default=8000, metavar="N")
def serve(out: Path, host: str, port: int) -> None:
    """Runs until interrupted."""
    from kg.serve import make_server

    with make_server(out, host, port) as server:
        click.echo(TEXT["done.serving"].format(out=out, url=f"http://{host}:{server.server_port}/"))
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def complain(message: object) -> None:
    """One line on stderr."""
    click.echo(f"kg: {one_line(str(message))}", err=True)


def run(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line (that of the process when None) and return its exit code: 0, 1 where sources failed or
    shapes are violated, 2 for a mistake, 130 when interrupted."""
    try:
        result = cli.main(args=arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.UsageError as error:
        complain(mistake(error))
    except (click.ClickException, KgError) as error:
        complain(error)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except SystemExit:  # click's answer to a reader (head, less) that has seen enough
        return 0
    except OSError as error:
        complain(error)
    return 2


def main() -> None:
    """The entry point of `kg`."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what a library tells its own developers is no line for a user
    gc.set_threshold(50_000, 20, 50)  # dictionaries and facts are many and stay: looking for cycles takes a tenth
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a pipe on Windows would be in the code page
    sys.exit(run())
