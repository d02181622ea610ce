"""A build: the same input gives the same bytes, a failure costs nothing, a bad source costs only itself."""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.build import OUTPUTS
from kg.cli import run
from kg.config import load
from kg.errors import KgError
from kg.staging import staged

PAGE = """沁水县新建乡村图书馆

本报讯（记者王小明）12月19日，沁水县县长张建国主持召开云岭乡村教育工作会议。

云岭乡村图书馆项目位于沁水县，由云岭建设有限公司承建，总投资1.2亿元。
"""
OTHER = """陵川县举行云岭山歌节

本报讯（记者李小红）陵川县文化和旅游局举办云岭山歌节，吸引游客3.5万人次。
"""
SAME_BYTES = ("graph.ttl", "graph.trig", "index.html", "report.json")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    (folder / "sub").mkdir(parents=True)
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    (folder / "sub" / "other.txt").write_text(OTHER, encoding="utf-8")
    return folder


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in SAME_BYTES}


def lines(out: Path, kind: str) -> list[dict[str, Any]]:
    return [line for line in kg.facts(out) if line["kind"] == kind]


def test_the_same_pages_give_the_same_bytes(pages: Path, tmp_path: Path) -> None:
    first = kg.build(pages, tmp_path / "a")
    kg.build(pages, tmp_path / "b", workers=2)
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(OUTPUTS)
    assert contents(tmp_path / "a") == contents(tmp_path / "b"), "also with two processes"
    assert list(kg.facts(tmp_path / "a")) == list(kg.facts(tmp_path / "b"))
    before = contents(tmp_path / "a")
    kg.build(pages, tmp_path / "a")
    assert contents(tmp_path / "a") == before
    assert first.sources == ("page.txt", "sub/other.txt") and not first.problems


def test_the_report_counts_what_the_graph_states(pages: Path, tmp_path: Path) -> None:
    made = kg.build(pages, tmp_path / "out")
    written = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert written["counts"]["facts"] == dict(made.facts)
    assert written["counts"]["articles"] == len(lines(tmp_path / "out", "article")) == 2
    assert made.entities == Counter({e["iri"]: e["type"] for e in lines(tmp_path / "out", "entity")}.values())
    stated = Counter(claim["predicate"] for claim in lines(tmp_path / "out", "claim"))
    assert stated == Counter({name: count for name, count in made.facts.items() if name in stated})
    assert stated["funding"] == 1
    assert set(json.loads((tmp_path / "out" / "timings.json").read_text(encoding="utf-8"))) == set(made.seconds)


def test_missed_sentences_stand_where_the_report_says(pages: Path, tmp_path: Path) -> None:
    kg.build(pages, tmp_path / "out")
    written = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [article["source"] for article in written["articles"]] == ["page.txt", "sub/other.txt"]
    for article in written["articles"]:
        text = (pages / article["source"]).read_text(encoding="utf-8")
        for sentence in article["missed"] + article["repairs"]:
            assert text[sentence["start"] : sentence["end"]] == sentence["text"]


def test_a_build_that_fails_leaves_the_earlier_one(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    kg.build(pages, out)
    (out / "notes.md").write_text("mine", encoding="utf-8")
    before, stated = contents(out), list(kg.facts(out))

    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    (pages / "page.txt").write_text(OTHER, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["kg.build"], "_draw", full)
        with pytest.raises(OSError, match="No space"):
            kg.build(pages, out)
    assert contents(out) == before and list(kg.facts(out)) == stated
    assert sorted(path.name for path in out.iterdir()) == sorted([*OUTPUTS, "notes.md"])
    kg.build(pages, out)
    assert contents(out) != before
    assert (out / "notes.md").read_text(encoding="utf-8") == "mine", "a user's own file stays"


def test_a_move_that_fails_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    with staged(out, ["a", "b"]) as folder:
        (folder / "a").write_text("old a", encoding="utf-8")
        (folder / "b").write_text("old b", encoding="utf-8")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "b" and self.parent.name == "new":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(PermissionError), staged(out, ["a", "b"]) as folder:
        (folder / "a").write_text("new a", encoding="utf-8")
        (folder / "b").write_text("new b", encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()} == {"a": "old a", "b": "old b"}


def test_what_a_killed_build_left_goes_a_day_later(tmp_path: Path) -> None:
    yesterday, now = tmp_path / ".building-killed", tmp_path / ".building-at-work"
    for folder in (yesterday, now):
        (folder / "new").mkdir(parents=True)
    os.utime(yesterday, (0, 0))
    with staged(tmp_path, ["a"]) as folder:
        (folder / "a").write_text("new", encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [now.name, "a"]


def test_bad_sources_are_named_and_the_rest_is_built(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pages / "empty.txt").write_text("", encoding="utf-8")
    (pages / "binary.txt").write_bytes(bytes(range(256)) * 20)
    Path(os.fsdecode(os.fsencode(pages) + b"/\xff.txt")).write_text(PAGE, encoding="utf-8")
    out = tmp_path / "out"
    assert run(["build", str(pages), str(tmp_path / "missing"), "--out", str(out)]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("kg: ")]
    assert len(told) == 4
    for name in ("empty.txt", "binary.txt", "missing", "udcff.txt"):
        assert sum(name in line for line in told) == 1
    assert {article["source"] for article in lines(out, "article")} == {"page.txt", "sub/other.txt"}
    problems = json.loads((out / "report.json").read_text(encoding="utf-8"))["problems"]
    wanted = ["binary.txt", "empty.txt", str(tmp_path / "missing"), "\\udcff.txt"]
    assert [problem["source"] for problem in problems] == sorted(wanted)


def test_an_earlier_build_is_no_source(pages: Path) -> None:
    wanted = ("page.txt", "sub/other.txt")
    kg.build(pages, pages / "out")
    kg.view(pages / "out", focus="沁水县")
    assert kg.build(pages, pages / "out").sources == wanted, "what lies in a folder of sources"
    assert kg.build(pages / "sub", pages / "sub").sources == ("other.txt",)
    assert kg.build(pages / "sub", pages / "sub").sources == ("other.txt",), "in the very folder of the sources"


def test_nothing_readable_replaces_nothing(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    kg.build(pages, out)
    before = contents(out)
    assert run(["build", str(tmp_path / "missing.txt"), "--out", str(out)]) == 1
    assert contents(out) == before
    assert "missing.txt" in capsys.readouterr().err
    assert run(["build", str(tmp_path / "missing.txt"), "--out", str(tmp_path / "new")]) == 1
    assert not (tmp_path / "new").exists()


def test_what_is_known_of_a_page_comes_from_the_call_or_its_sidecar(pages: Path, tmp_path: Path) -> None:
    (pages / "page.toml").write_text('published = "2021-05-06"\noutlet = "云岭日报"\n', encoding="utf-8")
    kg.build(pages, tmp_path / "out", published="2022-07")
    assert {article["published"] for article in lines(tmp_path / "out", "article")} == {"2022-07"}
    kg.build(pages / "page.txt", tmp_path / "out")
    assert [article["published"] for article in lines(tmp_path / "out", "article")] == ["2021-05-06"]
    (pages / "page.toml").write_text('publisched = "2021-05-06"\n', encoding="utf-8")
    with pytest.raises(KgError, match=r"page\.toml: unknown key publisched"):
        kg.build(pages, tmp_path / "out")


def test_records_of_json_lines_are_sources(tmp_path: Path) -> None:
    records = [
        {"id": "a1", "title": "陵川县举行云岭山歌节", "text": OTHER, "date": "2020-02-03"},
        {"id": "a2", "text": PAGE},
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    made = kg.build(path, tmp_path / "out")
    assert made.sources == ("news.jsonl#a1", "news.jsonl#a2")
    dates = {article["source"]: article["published"] for article in lines(tmp_path / "out", "article")}
    assert dates["news.jsonl#a1"] == "2020-02-03"


def test_settings_of_the_working_folder(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("xianzhi.toml").write_text('[build]\nbase = "https://example.org/id/"\n', encoding="utf-8")
    kg.build("pages")
    assert all(entity["iri"].startswith("https://example.org/id/") for entity in lines(Path("out"), "entity"))
    kg.build("pages", base="https://example.net/")
    assert all(entity["iri"].startswith("https://example.net/") for entity in lines(Path("out"), "entity"))


def test_the_users_own_words_are_found(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    own = tmp_path / "words" / "own.txt"
    own.write_text("# ours\n山歌节\tInitiative\n", encoding="utf-8")
    kg.build(pages, tmp_path / "out", lexicon=tmp_path / "words")
    found = {name for e in lines(tmp_path / "out", "entity") if e["type"] == "Initiative" for name in e["names"]}
    assert "山歌节" in found
    own.write_text("山歌节\tFestival\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"own\.txt:1: .*Festival"):
        kg.build(pages, tmp_path / "out", lexicon=own)
    with pytest.raises(KgError, match="no such lexicon"):
        kg.build(pages, tmp_path / "out", lexicon=tmp_path / "missing")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('[build]\noutlett = "x"\n', "build.outlett"),
        ("[bulid]\n", "bulid"),
        ("[build]\nworkers = 0\n", "build.workers"),
        ('[build]\nworkers = "2"\n', "build.workers"),
        ("[build]\nlexicon = [1]\n", "build.lexicon"),
        ('[build]\nbase = "nonsense"\n', "build.base"),
        ("build = 1\n", "build"),
        ("[build\n", "TOML"),
    ],
)
def test_a_wrong_setting_is_named(text: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "xianzhi.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KgError) as caught:
        load(tmp_path)
    assert "xianzhi.toml" in str(caught.value) and wrong in str(caught.value)
    assert "\n" not in str(caught.value)
