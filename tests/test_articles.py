"""A page into its articles: headlines, authors, dates, and paragraphs that a column break cut in two."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import split
from kg.articles.credits import credit
from kg.articles.datelines import dateline
from kg.document import Article, Metadata, Source

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> list[Article]:
    return split(Source(name, (PAGES / name).read_text(encoding="utf-8")))


def authors(article: Article) -> list[str]:
    return [f"{author.name} {author.role}" for author in article.authors]


def bodies(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs if paragraph.kind == "body"]


TITLES = {
    "county_paper.txt": ["以项目之进支撑发展之稳", "白河大桥主桥合龙", "青石镇:千亩茶园开采忙", "春耕备耕"],
    "markdown_ocr.txt": ["旧貌换新颜 居民笑开颜", "城西污水处理厂二期投运", "寒潮来袭 注意保暖"],
    "two_line_headline.txt": [
        "干群同心 绘就乡村新画卷",
        "公租房分配 阳光透明",
        "全县教育工作会议提出,到2025年新增学位3600个,缓解城区入学难题",
    ],
    "wrapped_columns.txt": ["松江县三项工程同日开工", "秋粮收购有序进行"],
    "briefs_without_blank_lines.txt": ["南溪县开展燃气安全排查", "南溪县红十字会救助困难学生", "沙河镇举办农民篮球赛"],
    "feature_signed_at_end.txt": ["一位乡村医生的三十年", "竹溪村建起“爱心超市”"],
    "site_article.txt": ["全市优化营商环境大会召开"],
    "television.txt": ["【走进乡村看振兴】石泉村：小菌菇撑起致富伞"],
    "agency_page.txt": ["多地加快推进春灌", "我省新增5家国家级专精特新企业", "平原县投用智慧停车系统"],
}


@pytest.mark.parametrize("name", sorted(TITLES))
def test_every_article_of_a_page_is_found_and_no_other(name: str) -> None:
    assert [article.title for article in page(name)] == TITLES[name]


def test_authors_are_those_of_the_article_and_not_the_page_editors() -> None:
    assert [authors(article) for article in page("county_paper.txt")] == [
        ["张建国 reporter", "王小梅 correspondent"],
        ["赵晓东 reporter"],
        ["孙丽 reporter", "陈立 correspondent", "周文斌 correspondent"],
        ["赵晓东 reporter", "赵晓东 photographer"],
    ]
    assert authors(page("site_article.txt")[0]) == ["石磊 reporter", "方圆 editor"]
    assert authors(page("television.txt")[0]) == []
    assert [authors(article) for article in page("agency_page.txt")] == [
        ["苏航 reporter"],
        ["尹航 reporter"],
        ["贾真 reporter", "贾真 photographer"],
    ]


def test_paragraph_over_a_column_break_is_one_with_the_caption_between_left_out() -> None:
    last = page("agency_page.txt")[2]
    assert bodies(last)[-1] == "系统由平原城投公司投资建设，总投资4600万元，接入停车场38个。下一步，还将覆盖各乡镇。"
    assert [len(p.pieces) for p in last.paragraphs if p.kind == "body"] == [1, 2]
    assert [p.text for p in last.paragraphs if p.kind == "caption"] == ["智慧停车系统投用现场。", "贾真 摄"]


def test_lines_of_one_width_are_put_together_to_paragraphs() -> None:
    first = page("wrapped_columns.txt")[0]
    assert [text[:8] + text[-6:] for text in bodies(first)] == [
        "10月18日上午9.6亿元。",
        "县长董文出席仪式，按期完成。",
        "据了解，城北水厂前投入使用。",
    ]


def test_kicker_subtitle_and_subheads_are_told_apart() -> None:
    first = page("markdown_ocr.txt")[0]
    assert [(p.kind, p.text) for p in first.paragraphs if p.kind in ("kicker", "subtitle", "subhead")] == [
        ("kicker", "我市推进老旧小区改造——"),
        ("subtitle", "——东湖区老旧小区改造见闻"),
        ("subhead", "听民声,改造方案居民定"),
        ("subhead", "建机制,后续管理有保障"),
    ]


def test_text_continued_from_another_page_is_an_article_of_its_own() -> None:
    last = page("two_line_headline.txt")[-1]
    assert bodies(last)[0].startswith("全县教育工作会议提出")
    assert len(bodies(last)) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("云岭日报全媒体记者/张建国 通讯员/王小梅 李 梅", "张建国 reporter,王小梅 correspondent,李梅 correspondent"),
        ("记者张建国、李梅通讯员王小梅", "张建国 reporter,李梅 reporter,王小梅 correspondent"),
        ("本报记者 张建国 文/图", "张建国 reporter,张建国 reporter,张建国 photographer"),
        ("张建国/文 李梅/图", "张建国 reporter,李梅 photographer"),
        ("图/李梅 文/张建国", "李梅 photographer,张建国 reporter"),
        ("张建国摄", "张建国 photographer"),
        ("□ 张建国（作家）", "张建国 reporter"),
        ("记者 欧阳小明 摄影报道", "欧阳小明 reporter,欧阳小明 reporter,欧阳小明 photographer"),
        ("文字、图片/云岭发布", "云岭发布 reporter,云岭发布 photographer"),
        ("责任编辑:张建国 美术编辑:李梅", "张建国 editor,李梅 editor"),
    ],
)
def test_forms_of_a_credit(line: str, said: str) -> None:
    found = credit(line, 0)
    assert found and ",".join(f"{a.name} {a.role}" for a in found.authors) == said
    assert all(line[a.span.start : a.span.end].replace(" ", "") == a.name for a in found.authors)


@pytest.mark.parametrize(
    "line", ["记者从县水利局了解到", "产业兴 日子旺", "张建国说,水厂年底建成。", "视频截图", "图为水厂"]
)
def test_running_text_is_no_credit(line: str) -> None:
    assert credit(line, 0) is None


@pytest.mark.parametrize(
    ("text", "body", "names"),
    [
        ("本报讯(记者 张建国) 近日", "近日", ["张建国"]),
        ("中新网云岭4月2日电(张建国李小梅)呼吸机", "呼吸机", ["张建国", "李小梅"]),
        ("云岭日报(全媒体记者/张建国)1月27日", "1月27日", ["张建国"]),
        ("本报云岭1月1日电记者张建国报道：今天", "今天", ["张建国"]),
        ("央视网消息(新闻联播)：云岭县", "云岭县", []),
        ("新华社云岭5月12日电记者从县政府了解到", "记者从县政府了解到", []),
    ],
)
def test_dateline_is_parted_from_the_body(text: str, body: str, names: list[str]) -> None:
    found = dateline(text, 0)
    assert found and text[found.length :] == body
    assert [author.name for author in found.authors] == names


@pytest.mark.parametrize("text", ["该县通讯设备齐全", "据云岭日报讯", "全县日用电量下降", "近日，云岭县"])
def test_body_without_a_dateline(text: str) -> None:
    assert dateline(text, 0) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("水厂开工\n2023年12月20日 星期三\n云岭县水厂12月19日开工，投资三亿元。", "2023-12-20"),
        ("水厂开工\n新华社云岭2023年12月20日电 云岭县水厂日前开工。", "2023-12-20"),
        ("水厂开工\n中新网云岭3月20日电 云岭县水厂开工。2022年，全县供水量达到800万吨。", "2023-03-20"),
        ("水厂开工\n12月19日，云岭县水厂开工。2023年全县重点项目共30个。今年还将开工两座水厂。", "2023-12"),
        ("水厂开工\n1月5日，云岭县水厂开工。项目于2023年11月8日获批。", "2024-01"),
        ("水厂投用\n今年，云岭县水厂投用。2022年，全县供水量达到800万吨。", "2023"),
        ("茶博会开幕\n今天（10月9日），2021云岭茶博会开幕，卖出2019公斤茶，迈向2035远景。", "2021-10-09"),
        ("水厂开工\n10月9日，2022年全县重点项目开工，至2030年覆盖全县。", "2022-10"),
        ("水厂开工\n云岭县水厂日前开工，预计2030年建成。", None),
        ("张建国任局长\n张建国，1970年3月生，1992年7月参加工作，2009年5月任副局长。", None),
    ],
)
def test_date_is_as_precise_as_the_page_supports(text: str, date: str | None) -> None:
    [article] = split(Source("page.txt", text))
    assert article.published == date


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("水厂开工\n2023年12月20日 星期三\n云岭县水厂12月19日开工，投资三亿元。", True),
        ("水厂开工\n新华社云岭2023年12月20日电 云岭县水厂日前开工。", True),
        ("水厂开工\n中新网云岭3月20日电 云岭县水厂开工。2022年，全县供水量达到800万吨。", False),
    ],
)
def test_a_year_that_only_the_text_lets_one_infer_is_not_told(text: str, dated: bool) -> None:
    [article] = split(Source("page.txt", text))
    assert article.dated is dated


def test_given_date_and_title_come_before_the_text() -> None:
    text = "云岭县水厂12月19日开工。\n\n青石镇\n\n本报讯(记者 张建国)水厂由水务公司承建。"
    [article] = split(Source("n.jsonl#1", text, Metadata(published="2023", title="水厂开工")))
    assert (article.title, article.published) == ("水厂开工", "2023")


PARTS = [
    "0报(记者张建国)",
    "水厂开工",
    "本报讯(记者 张建国)",
    "12月19日,",
    "总投资3亿元。",
    "张建国 摄",
    "\n",
    "\n\n",
    "\r\n",
    "　　",
    "# ",
    "## ",
]
PARTS += [
    "**",
    "(下转第2版)",
    "责任编辑:李梅",
    "2023年12月20日 星期三",
    "□",
    "（",
    "）",
    "摄",
    "记者",
    "导读",
    "——",
    "。",
    "𠮷",
    "![](",
]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PARTS), max_size=30).map("".join)))
def test_any_text_gives_paragraphs_that_are_slices_of_it(text: str) -> None:
    taken: set[int] = set()
    for article in split(Source("any.txt", text)):
        assert article.title
        assert 0 <= article.start < article.end <= len(text)
        for paragraph in article.paragraphs:
            assert paragraph.text == "".join(text[p.start : p.end] for p in paragraph.pieces) and paragraph.text
            for piece in paragraph.pieces:
                assert article.start <= piece.start < piece.end <= article.end
                here = set(range(piece.start, piece.end))
                assert not here & taken
                taken |= here
        for author in article.authors:
            assert "".join(text[author.span.start : author.span.end].split()) == author.name


def test_a_row_of_reporters_that_names_nobody_comes_to_an_end() -> None:
    """White space before a role and no name behind it once made the reading go round and round."""
    for opening in ("本报讯 记者 今天 ", "新华社云岭3月5日电 记者 今天 ", "云岭日报讯\u3000记者 今天 "):
        text = f"水厂开工\n{opening}{'云岭县的水厂今天开工。' * 8}"
        assert split(Source("a.txt", text))
