"""Sentences, numbers, amounts and dates, by example."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import Span
from kg.language.amounts import quantities
from kg.language.dates import dates
from kg.language.numbers import numbers, read
from kg.language.sentences import clauses, sentences

CHINESE = "零一二三四五六七八九"
PIECES = [
    "今年",
    "12月",
    "19日",
    "3.5",
    "万",
    "亿元",
    "两三百",
    "约",
    "左右",
    "至",
    "三分之一",
    "“",
    "”",
    "。",
    ",",
    "半",
    "个",
    "月",
    "\n",
]
ANY_TEXT = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))


def parts(text: str, spans: list[Span]) -> list[str]:
    return [text[s.start : s.end] for s in spans]


def in_chinese(n: int) -> str:
    """An integer below 10^12 as Chinese writes it: 1020304 is 一百零二万零三百零四."""
    if n == 0:
        return "零"
    out = ""
    for power, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, n = divmod(n, power)
        if not section:
            continue
        written = ""
        for i, digit in enumerate(f"{section:04}"):
            if digit != "0":
                written += CHINESE[int(digit)] + "千百十"[i : i + 1]
            elif written and not written.endswith("零"):
                written += "零"
        written = written.rstrip("零")
        out += ("零" if out and section < 1000 else "") + written + name
    return out


# -- sentences and clauses


def test_a_closing_quote_stays_with_its_sentence():
    text = "“水通了吗？”他问。“通了!”大家说;路也修好了。"
    assert parts(text, sentences(text)) == ["“水通了吗？”", "他问。", "“通了!”", "大家说;", "路也修好了。"]


def test_a_mark_inside_a_title_or_a_number_ends_no_sentence():
    text = "《谁来种地？》一文说,产量增长3.5%.村里都知道。"
    assert parts(text, sentences(text)) == ["《谁来种地？》一文说,产量增长3.5%.村里都知道。"]


def test_straight_quotes_open_and_close():
    text = '他说。"好。"大家笑了。'
    assert parts(text, sentences(text)) == ["他说。", '"好。"', "大家笑了。"]


def test_clauses_end_at_commas_but_not_within_numbers_or_lists():
    text = "修路、架桥12座,投资1,234,567元，惠及300户。"
    assert parts(text, clauses(text, sentences(text)[0])) == ["修路、架桥12座,", "投资1,234,567元，", "惠及300户。"]


@given(ANY_TEXT)
def test_sentences_cover_all_but_white_space(text: str):
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(parts(text, spans)).split()) == "".join(text.split())
    assert all(s.covers(c) for s in spans for c in clauses(text, s))


# -- numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", "1234.5"),
        ("１２３．９万", "1239000"),
        ("21.52万", "215200"),
        ("1亿2000万", "120000000"),
        ("1万5", "15000"),
        ("2万亿", "2000000000000"),
        ("三百二十", "320"),
        ("两万三", "23000"),
        ("一百零二", "102"),
        ("一点二亿", "120000000"),
        ("二〇二三", "2023"),
        ("百分之九十五点五", "95.5"),
        ("四分之三", "75"),
        ("九成", "90"),
        ("三成五", "35"),
    ],
)
def test_a_number_in_any_script(text: str, value: str):
    reading = read(text)
    assert reading is not None
    assert reading.value == Decimal(value)
    assert not reading.approx


def test_words_inside_a_number_make_it_approximate():
    assert [(str(n.value), n.reading.approx) for n in numbers("十余 20多万 百余 近千 一亿")] == [
        ("10", True),
        ("200000", True),
        ("100", True),
        ("1000", False),
        ("100000000", False),
    ]


def test_figures_that_name_no_number():
    assert numbers("几十 数百 三三两两 千千万万") == []


def test_neighbouring_figures_are_a_range():
    reading = read("两三百")
    assert reading is not None
    assert (reading.value, reading.high) == (200, 300)
    assert read("二十三") == read("23")


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_a_chinese_numeral_reads_back(n: int):
    reading = read(in_chinese(n))
    assert reading is not None
    assert reading.value == n


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
def test_an_arabic_number_reads_back(n: Decimal, power: tuple[str, int]):
    for written in (f"{n}", f"{n:,}"):
        reading = read(written + power[0])
        assert reading is not None
        assert reading.value == n * power[1]


# -- amounts


def amount(text: str) -> tuple[str, str]:
    (quantity,) = quantities(text)
    return str(quantity.value), quantity.unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("总投资82.3亿元", "8230000000", "CNY"),
        ("折合５０００万美元", "50000000", "USD"),
        ("老韩花了两千块钱", "2000", "CNY"),
        ("流转21.52万亩", "215200", "亩"),
        ("装机60万千瓦", "600000", "千瓦"),
        ("装机600千瓦", "600", "千瓦"),
        ("一年半时间", "1.5", "年"),
        ("三个半小时", "3.5", "小时"),
        ("历时半年", "0.5", "年"),
        ("用了一个半月", "1.5", "个月"),
        ("通车率95.5%", "95.5", "%"),
        ("收入增加了近两成", "20", "%"),
        ("提高30个百分点", "30", "个百分点"),
        ("占全省一半以上", "50", "%"),
        ("面积300㎡", "300", "平方米"),
        ("OCR读成9。7%", "9.7", "%"),
        ("建成万亩桃园", "10000", "亩"),
        ("贷款一个亿", "100000000", "CNY"),
        ("投资2300万的厂房", "23000000", "CNY"),
        ("2万多渔民上岸", "20000", "人"),
        ("上千人参加", "1000", "人"),
    ],
)
def test_an_amount_in_its_own_unit(text: str, value: str, unit: str):
    assert amount(text) == (value, unit)


def test_what_touches_an_amount_makes_it_approximate():
    text = "救助金约433万元左右,最高5万元"
    about, most = quantities(text)
    assert text[about.span.start : about.span.end] == "约433万元左右"
    assert text[about.number_span.start : about.number_span.end] == "433万"
    assert (about.text, about.approx, about.money) == ("433万元", True, True)
    assert not most.approx


@pytest.mark.parametrize(
    "text",
    """2023年12月19日|8时30分|106国道|沿S14行驶|“十四五”规划|几十户|数百万元|上半年|大家一起努力|三里屯
    电话0731-22881234|十字路口|单位:万元|三年级|一把手|“十四五”规划项目|一箱箱脐橙|前11个月|一起来干实事""".replace(
        "\n    ", "|"
    ).split("|"),
)
def test_what_only_looks_like_an_amount(text: str):
    assert quantities(text) == []


@pytest.mark.parametrize("text", ["全省第16家", "二期工程", "排名前10名", "“双百万人”行动第3期", "“十件实事”清单"])
def test_orders_phases_and_names_are_marked(text: str):
    assert {q.ordinal for q in quantities(text)} == {True}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("罚款50万元到500万元", 500000, 5000000),
        ("补助50至500万元", 500000, 5000000),
        ("每组3—6人", 3, 6),
        ("产值十七八万", 170000, 180000),
        ("增长3-5%", 3, 5),
    ],
)
def test_a_range_is_two_amounts(text: str, low: int, high: int):
    first, second = quantities(text)
    assert (first.value, second.value) == (low, high)
    assert first.unit == second.unit


def test_what_an_amount_is_per():
    assert [(q.unit, q.per) for q in quantities("每人每月4500元,人均年收入28000元,租金600元/亩,共3亩")] == [
        ("CNY", "每人每月"),
        ("CNY", "人均"),
        ("CNY", "亩"),
        ("亩", None),
    ]


def test_the_noun_that_is_counted():
    text = "组建34个工作队、102名工作人员"
    assert [text[q.noun.start : q.noun.end] for q in quantities(text) if q.noun] == ["工作队", "工作人员"]


@given(ANY_TEXT)
def test_spans_of_amounts_lie_in_the_text(text: str):
    for q in quantities(text):
        assert Span(0, len(text)).covers(q.span)
        assert q.span.covers(q.number_span)
        assert q.text in text


# -- dates

PUBLISHED = "2024-01-15"  # a Monday


def when(text: str, published: str | None = PUBLISHED) -> list[str | None]:
    return [value for d in dates(text, published) for value in ((d.value, d.end_value) if d.end_value else (d.value,))]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2023年12月19日", ["2023-12-19"]),
        ("2023-12-19", ["2023-12-19"]),
        ("二〇二三年十二月", ["2023-12"]),
        ("２０２３年", ["2023"]),
        ("2022年底", ["2022-12"]),
        ("12月19日", ["2023-12-19"]),
        ("1月12日上午", ["2024-01-12"]),
        ("12日上午", ["2024-01-12"]),
        ("29日", ["2023-12-29"]),
        ("将于6月底前完工", ["2024-06"]),
        ("计划3月开工", ["2024-03"]),
        ("今年", ["2024"]),
        ("去年六月", ["2023-06"]),
        ("上月5日", ["2023-12-05"]),
        ("昨日", ["2024-01-14"]),
        ("上周五", ["2024-01-12"]),
        ("十年前", ["2014"]),
        ("2023年第三季度", ["2023-07", "2023-09"]),
        ("去年前11个月", ["2023-01", "2023-11"]),
        ("1月至11月", ["2023-01", "2023-11"]),
        ("2021-2023年", ["2021", "2023"]),
        ("12月21日至22日", ["2023-12-21", "2023-12-22"]),
        ("“十四五”期间", ["2021", "2025"]),
        ("2015年9月签约,10月开工,次年3月投产", ["2015-09", "2015-10", "2016-03"]),
        ("2015年9月3日揭牌,当天开业", ["2015-09-03", "2015-09-03"]),
        ("90年代", [None]),
        ("近年来", [None]),
    ],
)
def test_a_date_as_precise_as_the_text(text: str, values: list[str | None]):
    assert when(text) == values


@pytest.mark.parametrize(
    "text", ["工期5日内", "三日游", "2月30日", "13月", "3个月", "“十四五”规划", "今日头条", "2000余户", "2023个"]
)
def test_what_only_looks_like_a_date(text: str):
    assert when(text) == []


@pytest.mark.parametrize(
    ("published", "values"),
    [(None, [None, None]), ("2023", ["2023-12-19", None]), ("2023-12", ["2023-12-19", "2023-12"])],
)
def test_no_more_precise_than_the_publication_date(published: str | None, values: list[str | None]):
    assert when("12月19日,记者昨天获悉", published) == values


def test_a_vague_time_is_a_duration():
    (lately,) = dates("近日,云岭县召开会议", PUBLISHED)
    assert (lately.value, lately.duration, lately.relative) == ("2024-01", True, True)


def test_from_and_until():
    assert [d.edge for d in dates("去年9月以来,3月底前,截至2023年底,2023年", PUBLISHED)] == [
        "start",
        "end",
        "end",
        None,
    ]


def test_the_date_before_the_text_began():
    (date,) = dates("当年12月竣工", PUBLISHED, context="2013-05")
    assert date.value == "2013-12"


@given(st.dates(), st.sampled_from(["{0.year:04}年{0.month}月{0.day}日", "{0.year:04}-{0.month:02}-{0.day:02}"]))
def test_a_date_reads_back(day, form: str):
    written = form.format(day)
    if 1900 <= day.year < 2100:
        assert when(written) == [day.isoformat()]


@given(ANY_TEXT, st.sampled_from([None, "2023", "2023-02", "2024-02-29"]))
def test_spans_of_dates_lie_in_the_text(text: str, published: str | None):
    for mention in dates(text, published):
        assert Span(0, len(text)).covers(mention.span)
        assert mention.value is not None or mention.end_value is None
