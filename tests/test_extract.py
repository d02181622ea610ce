"""Extraction as a whole, with the shipped weights: small invented articles, arbitrary text, and the two gold pages."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import split
from kg.document import Article, Metadata, Paragraph, Source, Span
from kg.errors import KgError
from kg.extract import extract
from kg.facts import ArticleFacts
from kg.lexicon.user import Lexicon

ROOT = Path(__file__).parent.parent

NEWS = """丹寨县云岭水库开工
3月5日，丹寨县云岭水库项目开工仪式在兴仁镇举行。县委书记王小禾出席并讲话，县长李云山主持仪式。
云岭水库项目总投资3.2亿元，由贵州青禾水务有限公司承建，占地420亩。
"""


def facts(text: str, published: str | None = "2024-03-06", lexicon: Lexicon | None = None) -> ArticleFacts:
    """What the one article of a text says."""
    (article,) = split(Source("news.txt", text, Metadata(published=published)))
    return extract(article, lexicon)


@pytest.fixture(scope="module")
def news() -> ArticleFacts:
    return facts(NEWS)


def said(found: ArticleFacts, predicate: str) -> set[tuple[str, object]]:
    """The facts of a predicate as (subject's names, object's names or value)."""
    names = {e.id: e.names for e in found.entities}
    out: set[tuple[str, object]] = set()
    for f in found.facts:
        if f.predicate == predicate:
            subject = "|".join(names.get(f.subject, ("article",)))
            out.add((subject, "|".join(names[f.object]) if f.object else f.post or f.value))
    return out


def test_the_people_and_their_posts(news: ArticleFacts) -> None:
    assert {("王小禾", "县委书记"), ("李云山", "县长")} <= said(news, "holdsPost")


def test_posts_are_of_the_county(news: ArticleFacts) -> None:
    county = next(e for e in news.entities if "丹寨县" in e.names)
    assert county.code == "522636"
    assert {f.of for f in news.facts if f.predicate == "holdsPost"} == {county.id}


def test_a_slip_of_the_scanner_is_told_and_a_word_for_the_county_is_none() -> None:
    text = "株洲市两座水厂开工\n3月5日，攸县水厂项目开工，该县县长李云山主持仪式。同日，绿口区水厂项目开工。\n"
    found = facts(text)
    assert {(text[span.start : span.end], read) for span, read in found.repairs} == {("绿口区", "渌口区")}


def test_the_investment_is_a_number(news: ArticleFacts) -> None:
    funding = [(f.role, f.value) for f in news.facts if f.predicate == "funding"]
    assert funding == [("totalInvestment", Decimal(320000000))]


def test_every_fact_cites_words_of_the_source_that_hold_it(news: ArticleFacts) -> None:
    assert news.facts
    for fact in news.facts:
        quote = NEWS[fact.evidence.start : fact.evidence.end]
        assert quote.strip() == quote != ""
        assert fact.text is None or fact.text in quote


def test_confidence_and_modality_are_what_they_say(news: ArticleFacts) -> None:
    assert all(0 < f.confidence <= 1 and f.modality in ("asserted", "planned") for f in news.facts)


def test_the_same_article_gives_the_same_facts(news: ArticleFacts) -> None:
    assert facts(NEWS) == news


def test_what_gave_no_fact_is_told() -> None:
    found = facts("短讯\n昨日有人花了3万元买菜。\n天气晴。\n")
    text = "短讯\n昨日有人花了3万元买菜。\n天气晴。\n"
    cited = {f.evidence for f in found.facts}
    assert cited or [text[s.start : s.end] for s in found.missed] == ["昨日有人花了3万元买菜。"]


def test_the_users_own_names_are_found(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("# our paper's desk\n蓝鲸工作室\tOrganization\n", encoding="utf-8")
    found = facts("活动\n蓝鲸工作室来了。\n", lexicon=Lexicon.load([words]))
    assert ("蓝鲸工作室",) in [e.names for e in found.entities if e.type == "Organization"]


@pytest.mark.parametrize("line", ["蓝鲸工作室", "蓝鲸工作室\tThing"])
def test_a_mistake_in_a_lexicon_names_file_and_line(tmp_path: Path, line: str) -> None:
    words = tmp_path / "words.txt"
    words.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"words\.txt:1: "):
        Lexicon.load([words])


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="丹寨县长王小禾,。、“”(3.2亿元)投资 \n项目在局年月日", min_size=1, max_size=120))
def test_no_text_makes_it_fail_and_every_quote_lies_in_the_text(text: str) -> None:
    source = Source("any.txt", text)
    article = Article(source, "", (Paragraph(source, (Span(0, len(text)),)),), end=len(text))
    for fact in extract(article).facts:
        assert 0 <= fact.evidence.start < fact.evidence.end <= len(text)


def test_the_gold_pages_are_read_as_well_as_promised(tmp_path: Path) -> None:
    import kg

    gold = sorted((ROOT / "tests" / "gold").glob("*.json"))
    pages = [ROOT / "seeds" / f"{g.stem}.txt" for g in gold]
    kg.build(pages, out=tmp_path / "out", workers=1)
    rows = kg.score(gold, out=tmp_path / "out").rows
    assert rows["articles"].recall == 1.0
    assert rows["entity all"].f1 >= 0.70
    assert rows["claim all"].f1 >= 0.50


def test_an_ending_makes_names_of_what_stands_before_it(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("融媒体中心\tending\tOrganization\n", encoding="utf-8")
    found = facts("采访\n丹寨县融媒体中心来访。\n", lexicon=Lexicon.load([words]))
    assert "丹寨县融媒体中心" in [n for e in found.entities if e.type == "Organization" for n in e.names]


def test_the_papers_home_decides_between_namesakes(tmp_path: Path) -> None:
    def code(home: str) -> str | None:
        words = tmp_path / f"{home}.txt"
        words.write_text(f"{home}\thome\n鼓楼区\tPlace\n", encoding="utf-8")
        found = facts("检查\n鼓楼区开展检查。\n", lexicon=Lexicon.load([words]))
        return next(e.code for e in found.entities if "鼓楼区" in e.names)

    assert (code("南京市"), code("福州市")) == ("320106", "350102")


def test_an_alias_gets_the_code_of_the_place_meant(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("星城\tPlace\n星城\talias\t长沙市\n", encoding="utf-8")
    found = facts("活动\n星城迎来春天。\n", lexicon=Lexicon.load([words]))
    assert ("430100", True) in [(e.code, "星城" in e.names) for e in found.entities]
