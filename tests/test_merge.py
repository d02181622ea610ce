from collections.abc import Sequence
from itertools import permutations

from kg.document import Article, Source, Span
from kg.facts import ArticleFacts, Entity, Fact
from kg.identity import BASE
from kg.identity.merge import Decision, merge

COUNTY = Entity("c", "Place", ("炎陵县",), kind="County", code="430225", mentions=(Span(0, 3),))
OTHER = Entity("c", "Place", ("茶陵县",), kind="County", code="430224", mentions=(Span(0, 3),))


def said(name: str, *entities: Entity, facts: Sequence[Fact] = ()) -> ArticleFacts:
    return ArticleFacts(Article(Source(name, ""), "标题", ()), entities, tuple(facts))


def person(name: str = "张建国", within: str | None = None) -> Entity:
    return Entity("e1", "Person", (name,), within=within)


def pairs(*articles: ArticleFacts) -> list[tuple[str, str]]:
    found = merge(articles)
    assert all(found == merge(order) for order in permutations(articles))
    return [(d.left_iri.removeprefix(BASE), d.right_iri.removeprefix(BASE)) for d in found]


def test_a_person_of_one_county_is_one_person_and_the_decision_says_why() -> None:
    one = said("a.txt", COUNTY, person(within="炎陵县农业局"))
    other = said("b.txt", COUNTY, person())
    assert merge([one, other]) == [
        Decision(
            f"{BASE}person/in/b.txt/0/张建国",
            f"{BASE}person/炎陵县农业局/张建国",
            0.75,
            "同名“张建国”，一处明言、一处报道关于炎陵县（430225）",
        )
    ]


def test_what_already_has_one_iri_needs_no_decision() -> None:
    assert pairs(said("a.txt", person(within="430225")), said("b.txt", person(within="430225"))) == []


def test_namesakes_of_two_counties_stay_two() -> None:
    assert pairs(said("a.txt", COUNTY, person()), said("b.txt", OTHER, person())) == []
    assert pairs(said("a.txt", person()), said("b.txt", person())) == []  # a name alone decides nothing


def test_namesakes_in_two_villages_of_a_county_stay_two_and_a_third_joins_neither() -> None:
    one = said("a.txt", COUNTY, person(within="430225100209"))
    other = said("b.txt", COUNTY, person(within="430225101"))
    assert pairs(one, other) == []
    assert pairs(one, other, said("c.txt", COUNTY, person())) == []
    assert len(pairs(one, said("c.txt", COUNTY, person()))) == 1


def test_an_article_about_two_counties_is_no_evidence_for_one() -> None:
    both = said("a.txt", COUNTY, Entity("d", "Place", ("茶陵县",), code="430224"), person())
    assert pairs(both, said("b.txt", COUNTY, person())) == []


def test_a_short_common_name_needs_the_post_too() -> None:
    def holds(post: str) -> Fact:
        return Fact("holdsPost", "e1", Span(0, 1), "test", 1.0, post=post, of="c")

    one = said("a.txt", COUNTY, person("王伟"), facts=[holds("镇长")])
    assert pairs(one, said("b.txt", COUNTY, person("王伟"), facts=[holds("校长")])) == []
    assert len(pairs(one, said("b.txt", COUNTY, person("王伟"), facts=[holds("镇长")]))) == 1


def test_bodies_named_with_and_without_their_county() -> None:
    full = Entity("e1", "Organization", ("炎陵县农业农村局",))
    short = Entity("e1", "Organization", ("县农业农村局",), within="430225")
    assert pairs(said("a.txt", COUNTY, full), said("b.txt", COUNTY, short)) == [
        ("organization/430225/县农业农村局", "organization/炎陵县农业农村局")
    ]
    elsewhere = Entity("e1", "Organization", ("茶陵县农业农村局",))
    assert pairs(said("a.txt", COUNTY, full), said("b.txt", OTHER, elsewhere)) == []


def test_bodies_that_every_town_has_are_one_only_in_one_town() -> None:
    def school(within: str) -> Entity:
        return Entity("e1", "Organization", ("中心小学",), within=within)

    full = said("b.txt", COUNTY, Entity("e1", "Organization", ("霞阳镇中心小学",), within="430225100"))
    assert pairs(said("a.txt", COUNTY, school("430225101")), full) == []
    assert pairs(said("a.txt", COUNTY, school("430225")), full) == []
    assert len(pairs(said("a.txt", COUNTY, school("430225100")), full)) == 1


def test_a_project_with_and_without_the_word_and_its_place() -> None:
    one = Entity("e1", "Project", ("炎陵云岭抽水蓄能电站项目",), within="430225")
    other = Entity("e1", "Project", ("云岭抽水蓄能电站",), within="430225100")
    assert len(pairs(said("a.txt", COUNTY, one), said("b.txt", COUNTY, other))) == 1
    elsewhere = Entity("e1", "Project", ("云岭抽水蓄能电站",), within="430224109")
    assert pairs(said("a.txt", COUNTY, one), said("b.txt", OTHER, elsewhere)) == []


def test_an_event_is_one_only_if_its_name_says_which() -> None:
    def event(name: str) -> Entity:
        return Entity("e1", "Event", (name,), within="430225")

    assert len(pairs(said("a.txt", event("第三届云岭茶文化节")), said("b.txt", event("第三届云岭茶文化节")))) == 1
    assert pairs(said("a.txt", event("全县经济工作会议")), said("b.txt", event("全县经济工作会议"))) == []
