"""The command line: every command has help and an example, every mistake one line and exit code 2."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.cli import cli, run
from kg.locale import catalogue, language
from kg.terminal import TEXT

PAGE = """沁水县新建乡村图书馆

本报讯（记者王小明）2023年12月19日，沁水县县长张建国主持召开云岭乡村教育工作会议。

云岭乡村图书馆项目位于沁水县，总投资1.2亿元。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    kg.build(folder / "page.txt", folder / "out")
    return folder / "out"


def kg_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env={**os.environ, "KG_LANG": "en", **environment}
    )


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_command_has_help_with_an_example_and_a_function(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    printed = capsys.readouterr().out
    assert TEXT[f"help.{name}"][:20] in printed
    assert TEXT["example"] in printed and f"  kg {name}" in printed
    assert "--out DIR" in printed
    assert callable(getattr(kg, name)), "each command is a function of the same name"


MISTAKES = {
    "no such command": ["bild"],
    "build without a source": ["build"],
    "build, unknown option": ["build", "pages", "--ouput", "x"],
    "build, no date": ["build", "pages", "--published", "2023-13"],
    "build, bad base": ["build", "pages", "--base", "nonsense"],
    "build, no workers": ["build", "pages", "--workers", "0"],
    "build, an empty name": ["build", "pages", ""],
    "build, out is a file": ["build", "pages", "--out", "a-file"],
    "query, bad SPARQL": ["query", "SELEKT 1", "--out", "BUILT"],
    "query, no build": ["query", "SELECT * WHERE {}", "--out", "nowhere"],
    "query, unknown format": ["query", "SELECT * WHERE {}", "--format", "doc", "--out", "BUILT"],
    "facts, no build": ["facts", "--out", "nowhere"],
    "facts, an argument": ["facts", "x"],
    "explain, unknown name": ["explain", "没有的名字", "--out", "BUILT"],
    "view, unknown focus": ["view", "--focus", "没有的名字", "--out", "BUILT"],
    "view, nowhere to write": ["view", "--to", "nowhere/page.html", "--out", "BUILT"],
    "view, no depth": ["view", "--depth", "0", "--out", "BUILT"],
    "validate, no build": ["validate", "--out", "nowhere"],
    "score, no gold": ["score", "--out", "BUILT"],
    "score, gold missing": ["score", "nowhere.json", "--out", "BUILT"],
    "serve, no port": ["serve", "--port", "99999", "--out", "BUILT"],
    "serve, no build": ["serve", "--out", "nowhere"],
}


@pytest.mark.parametrize("arguments", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_line_and_exit_code_2(
    arguments: list[str],
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    Path("pages/page.txt").write_text(PAGE, encoding="utf-8")
    Path("a-file").write_text("", encoding="utf-8")
    assert run([str(built) if argument == "BUILT" else argument for argument in arguments]) == 2
    printed = capsys.readouterr()
    lines = [line for line in printed.err.splitlines() if line not in stages()]
    assert len(lines) == 1 and lines[0].startswith("kg: ") and len(lines[0]) > 20
    assert not printed.out
    assert not Path("out").exists() and not Path("nowhere").exists()


def stages() -> set[str]:
    return {text for key, text in TEXT.items() if key.startswith("stage.")}


def test_build_says_what_was_found_where_to_look_and_what_to_ask(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    done = kg_process("build", str(tmp_path / "page.txt"), "--out", str(tmp_path / "graph"))
    assert done.returncode == 0
    for expected in ("Place", "locatedIn", "graph/index.html", "graph/graph.ttl", "kg query"):
        assert expected in done.stdout
    assert done.stderr.splitlines()[0] == TEXT_EN["stage.read"], "plain lines where there is no terminal"
    assert "\x1b" not in done.stdout + done.stderr
    suggested = done.stdout.split("kg query")[1].split("'")[1]
    assert kg.query(suggested, tmp_path / "graph") is not None


TEXT_EN = catalogue("en")


def test_facts_are_json_lines(built: Path) -> None:
    done = kg_process("facts", "--out", str(built))
    assert done.returncode == 0
    assert {json.loads(line)["kind"] for line in done.stdout.splitlines()} == {"article", "entity", "claim"}


@pytest.mark.parametrize("form", ["csv", "json", "xml"])
def test_query_prints_standard_forms(built: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(["query", "SELECT ?n WHERE { ?p a kg:Place ; skos:prefLabel ?n }", "--format", form, "--out", str(built)])
        == 0
    )
    assert "沁水县" in capsys.readouterr().out


def test_query_reads_a_file_and_prints_turtle(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = tmp_path / "places.rq"
    asked.write_text("CONSTRUCT { ?p skos:prefLabel ?n } WHERE { ?p a kg:Place ; skos:prefLabel ?n }", encoding="utf-8")
    assert run(["query", str(asked), "--format", "ttl", "--out", str(built)]) == 0
    assert "沁水县" in capsys.readouterr().out


def test_query_prints_a_table_on_request(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "SELECT ?n WHERE { ?p skos:prefLabel ?n }", "--format", "table", "--out", str(built)]) == 0
    assert "沁水县" in capsys.readouterr().out


def test_explain_cites_the_sentence(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "沁水县", "--out", str(built)]) == 0
    assert "沁水县" in capsys.readouterr().out


def test_a_reader_that_stops_early_is_no_error(built: Path) -> None:
    command = f"{sys.executable} -m kg.cli facts --out {built} | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and not done.stderr


def test_one_argument_too_many_is_named_in_the_users_language(built: Path) -> None:
    shown = kg_process("facts", "多余", "--out", str(built), KG_LANG="zh")
    assert shown.stderr.startswith("kg: 多了一个参数：多余")


def test_the_language_follows_the_environment() -> None:
    assert language({"KG_LANG": "zh"}) == "zh"
    assert language({"LANG": "zh_CN.UTF-8"}) == "zh"
    assert language({"KG_LANG": "en", "LANG": "zh_CN.UTF-8"}) == "en"
    assert language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}) == "en"
    assert language({}) == "en"
    shown = kg_process("build", KG_LANG="zh")
    assert shown.returncode == 2 and shown.stderr.startswith("kg: 缺少 SOURCE")
    assert "用法：kg build" in kg_process("build", "--help", KG_LANG="zh").stdout


def test_a_chinese_reader_sees_chinese_kinds(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    done = kg_process("build", str(tmp_path / "page.txt"), "--out", str(tmp_path / "graph"), KG_LANG="zh")
    assert "地点 Place" in done.stdout and "读取的来源：1" in done.stdout


def test_both_languages_say_everything() -> None:
    english, chinese = catalogue("en"), catalogue("zh")
    assert list(english) == list(chinese)
    for key, text in english.items():
        assert set(fields(text)) == set(fields(chinese[key])), key


def fields(text: str) -> list[str]:
    from string import Formatter

    return [name for _, name, _, _ in Formatter().parse(text) if name]


def test_help_loads_none_of_the_heavy_libraries() -> None:
    code = "import sys, kg.cli; kg.cli.run(['--help']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8").stdout.split()
    assert "kg.cli" in loaded
    assert not {"onnxruntime", "numpy", "rdflib", "pyvis", "networkx", "jieba", "pyoxigraph"} & set(loaded)
