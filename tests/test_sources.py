"""Files in, texts out: encodings, formats, what is known beside the text, and what cannot be read."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import Metadata, Source
from kg.errors import KgError
from kg.sources import Problem, read
from kg.sources.encoding import Undecodable, decode
from kg.sources.sidecar import iso_date
from tests.pdf_page import pdf

TEXT = "云岭县新建水厂\r\n\r\n本报讯(记者 张建国)12月19日,云岭县的水厂在青石镇开工,总投资3.2亿元。\r\n"
TRADITIONAL = "雲嶺縣新建水廠\n本報訊(記者張建國)今年十二月,雲嶺縣的水廠在青石鎮開工,這是該縣的一項工程。"


def sources(*paths: Path, given: Metadata | None = None) -> list[Source]:
    found = list(read(paths, given or Metadata()))
    assert not [item for item in found if isinstance(item, Problem)]
    return [item for item in found if isinstance(item, Source)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encoding_is_found_and_line_ends_stay(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "page.txt").write_bytes(TEXT.encode(encoding))
    assert [source.text for source in sources(tmp_path)] == [TEXT]


def test_traditional_text_in_big5() -> None:
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


def test_damaged_byte_costs_no_more_than_the_character_around_it() -> None:
    data = (TEXT * 20).encode("utf-8")
    assert decode(data[:301] + b"\xff" + data[301:]).count("\ufffd") <= 4


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_said_not_to_be_text(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except Undecodable as error:
        assert "\n" not in str(error)


def test_folder_is_read_in_the_order_of_names_and_other_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.md", "b/1.txt", "photo.jpg", ".DS_Store", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("水厂开工。", encoding="utf-8")
    assert [source.name for source in sources(tmp_path)] == ["a.md", "b/1.txt", "b/2.txt"]


def test_what_cannot_be_read_is_a_problem_of_one_line_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "good.txt").write_text("水厂开工。", encoding="utf-8")
    found = {item.name: item for item in read([tmp_path, tmp_path / "missing.txt"])}
    assert isinstance(found.pop("good.txt"), Source)
    assert sorted(Path(name).name for name in found) == ["binary.txt", "broken.pdf", "empty.txt", "missing.txt"]
    assert all(isinstance(item, Problem) and "\n" not in str(item) for item in found.values())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "good.txt").write_text("水厂开工。", encoding="utf-8")
    found = list(read([tmp_path, tmp_path / "pipe.txt"]))
    assert [item.name for item in found if isinstance(item, Source)] == ["good.txt"]
    problems = [item for item in found if isinstance(item, Problem)]
    assert len(problems) == 2 and all("pipe.txt: a pipe" in str(problem) for problem in problems)


def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "good.txt").write_text("水厂开工。", encoding="utf-8")
    scandir = os.scandir

    def refuse(path: str) -> object:  # as the system does; a test that runs as root is never refused
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    problem, good = sorted(read([tmp_path]), key=lambda item: isinstance(item, Source))
    assert isinstance(good, Source) and good.name == "good.txt"
    assert str(problem) == f"{tmp_path / 'closed'}: the folder cannot be opened: Permission denied"


def test_two_files_of_one_name_are_not_mixed_up(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(folder, encoding="utf-8")
    found = list(read([tmp_path / "a", tmp_path / "b", tmp_path / "a" / "1.txt"]))
    assert [type(item) for item in found].count(Source) == 1
    assert [item.message for item in found if isinstance(item, Problem) and "same name" in item.message]


def test_sidecar_says_what_the_caller_does_not(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("水厂开工。", encoding="utf-8")
    (tmp_path / "page.toml").write_text('published = 2023-12-20\noutlet = "云岭日报"\nedition = 3\n', encoding="utf-8")
    [source] = sources(tmp_path, given=Metadata(outlet="云岭晚报"))
    assert source.metadata == Metadata(published="2023-12-20", outlet="云岭晚报", edition="3")


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        ('publisher = "x"', "unknown key publisher"),
        ('published = "12月"', "published is '12月'"),
        ("outlet = [1]", "outlet is [1]"),
        ("outlet: x", "not TOML"),
    ],
)
def test_mistake_in_a_sidecar_names_file_and_key(tmp_path: Path, sidecar: str, said: str) -> None:
    (tmp_path / "page.txt").write_text("水厂开工。", encoding="utf-8")
    (tmp_path / "page.toml").write_text(sidecar, encoding="utf-8")
    with pytest.raises(KgError) as error:
        list(read([tmp_path]))
    assert "page.toml" in str(error.value) and said in str(error.value)


@pytest.mark.parametrize("text", ["2023", "2023-12", "2023-12-20"])
def test_dates_as_precise_as_known(text: str) -> None:
    assert iso_date(text) == text
    assert iso_date("2023-12-20 09:30") == "2023-12-20"
    assert iso_date("2023-13") is None and iso_date("昨天") is None


def test_json_lines_give_a_source_a_record(tmp_path: Path) -> None:
    records = [
        {"id": "a1", "title": "水厂开工", "text": "云岭县水厂开工。", "date": "2023-12-20 08:00", "outlet": "云岭日报"},
        {"id": "a1", "text": "第二条。"},
        {"title": "没有正文"},
    ]
    lines = [json.dumps(r, ensure_ascii=False) for r in records]
    (tmp_path / "n.jsonl").write_text("\n".join([lines[0], "", lines[1], "{not json", lines[2]]), encoding="utf-8")
    first, second, bad, empty = read([tmp_path])
    assert isinstance(first, Source) and isinstance(second, Source)
    assert (first.name, first.text) == ("n.jsonl#a1", "云岭县水厂开工。")
    assert first.metadata == Metadata(published="2023-12-20", outlet="云岭日报", title="水厂开工")
    assert second.name == "n.jsonl#a1-3"
    assert isinstance(bad, Problem) and "line 4 is not JSON" in bad.message
    assert isinstance(empty, Problem) and "line 5 has no text" in empty.message


def test_records_never_share_a_name(tmp_path: Path) -> None:
    ids = ["2", "2", None, "3", "2-2", "2"]
    lines = [json.dumps({"id": key, "text": "水厂开工。"} if key else {"text": "水厂开工。"}) for key in ids]
    (tmp_path / "n.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert len({source.name for source in sources(tmp_path)}) == len(ids)


@pytest.mark.parametrize(
    "date, published",
    [("2021/6/9", "2021-06-09"), ("2023年12月", "2023-12"), ("2023-06-09T08:00:00Z", "2023-06-09"), (2023, "2023")],
)
def test_dates_of_records_as_data_files_write_them(tmp_path: Path, date: object, published: str) -> None:
    (tmp_path / "n.jsonl").write_text(json.dumps({"text": "水厂开工。", "date": date}), encoding="utf-8")
    assert sources(tmp_path)[0].metadata.published == published


def test_dates_that_are_none_are_named_once_a_file(tmp_path: Path) -> None:
    lines = [json.dumps({"text": "水厂开工。", "date": date}) for date in ("昨天", "2023-02-30", "2023-12-20")]
    (tmp_path / "n.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "z.jsonl").write_text("\n\n", encoding="utf-8")
    *found, undated, empty = read([tmp_path])
    assert [item.metadata.published for item in found if isinstance(item, Source)] == [None, None, "2023-12-20"]
    assert "2 read without their dates (line 1, '昨天')" in str(undated)
    assert str(empty) == "z.jsonl: the file is empty"


def test_web_page_gives_headline_text_and_date_without_the_menu(tmp_path: Path) -> None:
    body = "".join(
        f"<p>　　第{n}段:云岭县青石镇水厂项目总投资3.2亿元,建成后可供全镇三万居民用水。</p>" for n in "一二三四"
    )
    page = f"""<html><head><meta charset="gb2312"><title>云岭县新建水厂_云岭县人民政府</title>
    <meta name="PubDate" content="2023-12-20 09:30"></head><body><ul class="nav"><li><a href="/">首页</a></li>
    <li><a href="/zw">政务公开</a></li></ul><div><h1>云岭县新建水厂</h1><div class="content">{body}</div></div>
    <div class="footer">版权所有</div><script>var a = "脚本";</script></body></html>"""
    (tmp_path / "page.html").write_bytes(page.encode("gb18030"))
    [source] = sources(tmp_path)
    assert source.text.splitlines()[0] == "云岭县新建水厂"
    assert source.text.count("总投资3.2亿元") == 4
    assert "政务公开" not in source.text and "脚本" not in source.text
    assert source.metadata.published == "2023-12-20"


def test_pdf_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["本报讯十二月十九日云岭县青石镇水厂", "开工建设项目总投资三亿元水厂由云岭", "水务公司承建。"]
    right = ["县长王立平出席开工仪式并讲话水厂明", "年年底建成投产届时三万居民都能用上", "自来水。"]
    lines = [(50.0, 740.0, 24.0, "云岭县新建水厂")]
    for row, (a, b) in enumerate(zip(left, right, strict=True)):
        lines += [(50.0, 700.0 - 14 * row, 10.0, a), (250.0, 700.0 - 14 * row, 10.0, b)]
    (tmp_path / "page.pdf").write_bytes(pdf(lines))
    [source] = sources(tmp_path)
    assert source.text.split("\n\n") == ["# 云岭县新建水厂", "".join(left), "".join(right)]
