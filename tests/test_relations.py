"""The relation modules on invented sentences, with the judge's answers given by hand."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.facts import Entity, Fact
from kg.language.reading import plain
from kg.relations import carries_out, date, funding, holds_post, leads, located_in, statistic, status, undertaken_by
from kg.relations.candidates import Scene
from kg.relations.context import Context
from kg.relations.figures import figures
from kg.relations.items import Item
from kg.relations.judge import Judged
from kg.relations.thresholds import using


@pytest.fixture(autouse=True)
def plain_thresholds() -> Iterator[None]:
    """The modules by themselves: every probability from 0.5 on counts, whatever the shipped weights are worth."""
    with using({"thresholds": {}, "confidence": {}}):
        yield


class Case:
    """A text with entities by name; what the judge says is added pair by pair."""

    def __init__(self, text: str, published: str = "2024-03-05", **types: str) -> None:
        self.text = "标题\n" + text
        self.reading = plain(self.text)
        self.entities = {n: Entity(n, t, (n,), code=CODES.get(n)) for n, t in types.items()}
        items = [self.item(n, t, n) for n, t in types.items() if n in self.text]
        self.items = [*items, *figures(self.reading, published)]
        self.judged: list[Judged] = []

    def item(self, name: str, kind: str, entity: str | None = None) -> Item:
        start = self.text.index(name)
        return Item(start, start + len(name), kind, entity)

    def post(self, title: str, person: str) -> None:
        self.items.append(self.item(title, "Post"))
        self.says(person, self.items[-1], "holdsPost")

    def says(self, source: str, target: Item | str, label: str, probability: float = 0.9) -> None:
        """The judge's answer for one pair."""
        pick = (
            target
            if isinstance(target, Item)
            else next(i for i in self.items if i.entity == target or self.text[i.start : i.end].strip("约") == target)
        )
        left = next(i for i in self.items if i.entity == source)
        self.judged.append(Judged(left, pick, {"none": 1 - probability, label: probability}))

    @property
    def context(self) -> Context:
        scene = Scene(self.reading, self.items)
        return Context(self.reading, tuple(scene.items), self.entities, tuple(self.judged))

    def quote(self, fact: Fact) -> str:
        return self.text[fact.evidence.start : fact.evidence.end]


CODES = {
    "丹寨县": "522636",
    "兴仁镇": "522636101",
    "贵州": "520000",
    "贵州省": "520000",
    "黔东南": "522600",
}


def test_a_fact_cites_its_sentence() -> None:
    case = Case("天气晴好。县长王小禾牵头“清水行动”。群众点赞。", 王小禾="Person", 清水行动="Initiative")
    case.post("县长", "王小禾")
    case.says("王小禾", "清水行动", "leads")
    (fact,) = leads.facts(case.context)
    assert (fact.subject, fact.object, fact.modality) == ("王小禾", "清水行动", "asserted")
    assert case.quote(fact) == "县长王小禾牵头“清水行动”。"


def test_a_body_that_builds_a_project_undertakes_it() -> None:
    case = Case("清泉水务公司承建云岭水库。", 清泉水务公司="Organization", 云岭水库="Project")
    case.says("清泉水务公司", "云岭水库", "undertakenBy")
    assert [(f.subject, f.object) for f in undertaken_by.facts(case.context)] == [("云岭水库", "清泉水务公司")]


@pytest.mark.parametrize(
    "text",
    [
        "清泉水务公司为云岭水库提供水泵,建设顺利。",  # who supplies builds nothing
        "清泉水务公司乔迁。云岭水库开工建设。",  # two sentences
        "清泉水务公司来到云岭水库。",  # no verb of building or running
    ],
)
def test_a_body_near_a_project_does_not_undertake_it_but_by_a_verb_that_says_so(text: str) -> None:
    case = Case(text, 清泉水务公司="Organization", 云岭水库="Project")
    case.says("清泉水务公司", "云岭水库", "undertakenBy")
    assert list(undertaken_by.facts(case.context)) == []


def test_a_body_does_not_undertake_what_is_named_after_it() -> None:
    case = Case("云岭茶博物馆今年开建云岭茶博物馆二期。", 云岭茶博物馆二期="Project")
    case.entities["云岭茶博物馆"] = Entity("云岭茶博物馆", "Organization", ("云岭茶博物馆",))
    case.items.append(case.item("云岭茶博物馆", "Organization", "云岭茶博物馆"))
    case.says("云岭茶博物馆", "云岭茶博物馆二期", "undertakenBy")
    assert list(undertaken_by.facts(case.context)) == []


def test_what_is_planned_is_marked_as_planned() -> None:
    case = Case("下月,县长王小禾将牵头“清水行动”。", 王小禾="Person", 清水行动="Initiative")
    case.post("县长", "王小禾")
    case.says("王小禾", "清水行动", "leads")
    assert [f.modality for f in leads.facts(case.context)] == ["planned"]


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("丹寨县将实施“清水行动”。", "planned"),
        ("丹寨县要求各镇实施“清水行动”。", "planned"),
        ("下一步，丹寨县聚焦水源，实施“清水行动”。", "planned"),
        ("丹寨县将26家单位整合，实施“清水行动”。", "asserted"),
        ("丹寨县将全县水源纳入“清水行动”。", "asserted"),
    ],
)
def test_a_word_that_looks_ahead_makes_a_plan_and_one_that_disposes_does_not(sentence: str, modality: str) -> None:
    case = Case(sentence, 丹寨县="Place", 清水行动="Initiative")
    case.says("丹寨县", "清水行动", "carriesOut")
    assert [f.modality for f in carries_out.facts(case.context)] == [modality]


def test_a_plan_in_a_name_does_not_make_what_is_done_a_plan() -> None:
    case = Case("丹寨县实施清水三年行动计划。", 丹寨县="Place", 清水三年行动计划="Initiative")
    case.says("丹寨县", "清水三年行动计划", "carriesOut")
    assert [f.modality for f in carries_out.facts(case.context)] == ["asserted"]


def test_what_is_denied_or_only_supposed_is_no_fact() -> None:
    for text in ("王小禾并未牵头“清水行动”。", "如果王小禾牵头“清水行动”,大家都赞成。"):
        case = Case(text, 王小禾="Person", 清水行动="Initiative")
        case.says("王小禾", "清水行动", "leads")
        assert list(leads.facts(case.context)) == []


def test_who_holds_no_post_in_the_article_leads_nothing_but_by_a_verb_that_says_so() -> None:
    case = Case(
        "王小禾参加“清水行动”。县长李青山牵头“清水行动”。", 王小禾="Person", 李青山="Person", 清水行动="Initiative"
    )
    case.post("县长", "李青山")
    case.says("王小禾", "清水行动", "leads")
    case.says("李青山", "清水行动", "leads")
    assert {f.subject for f in leads.facts(case.context)} == {"李青山"}


def test_an_unlikely_pair_is_no_fact() -> None:
    case = Case("王小禾谈到“清水行动”。", 王小禾="Person", 清水行动="Initiative")
    case.says("王小禾", "清水行动", "leads", 0.1)
    assert list(leads.facts(case.context)) == []


def test_posts_joined_by_a_mark_share_the_body_before_them() -> None:
    case = Case("丹寨县水务局党组书记、局长王小禾到场。", 丹寨县水务局="Organization", 王小禾="Person")
    case.post("党组书记", "王小禾")
    case.post("局长", "王小禾")
    assert {(f.post, f.of) for f in holds_post.facts(case.context)} == {
        ("党组书记", "丹寨县水务局"),
        ("局长", "丹寨县水务局"),
    }


def test_the_same_title_in_two_bodies_is_two_posts_and_one_said_without_its_body_is_none_more() -> None:
    case = Case(
        "王小禾曾任丹寨县水务局局长,后任丹寨县教育局局长。\n局长王小禾到场。",
        王小禾="Person",
        丹寨县水务局="Organization",
        丹寨县教育局="Organization",
    )
    for start in (i for i in range(len(case.text)) if case.text.startswith("局长", i)):
        case.items.append(Item(start, start + 2, "Post"))
        case.says("王小禾", case.items[-1], "holdsPost")
    assert [(f.post, f.of) for f in holds_post.facts(case.context)] == [
        ("局长", "丹寨县水务局"),
        ("局长", "丹寨县教育局"),
    ]


def test_titles_in_a_row_share_the_body_past_their_holders_and_notes() -> None:
    case = Case(
        "丹寨大学党委书记(正厅级)王小禾、校长李青山到场。", 丹寨大学="Organization", 王小禾="Person", 李青山="Person"
    )
    case.post("党委书记", "王小禾")
    case.post("校长", "李青山")
    assert {f.of for f in holds_post.facts(case.context)} == {"丹寨大学"}


def test_a_title_without_a_body_is_of_the_body_that_it_names_or_of_the_post_before() -> None:
    case = Case(
        "丹寨县水务局在丹寨县城修渠。天晴了。局长王小禾到场,党组书记李青山陪同。",
        丹寨县水务局="Organization",
        丹寨县城="Place",
        王小禾="Person",
        李青山="Person",
    )
    case.post("局长", "王小禾")
    case.post("党组书记", "李青山")
    assert {(f.post, f.of) for f in holds_post.facts(case.context)} == {
        ("局长", "丹寨县水务局"),
        ("党组书记", "丹寨县水务局"),
    }


def test_a_title_that_begins_with_its_body_is_of_the_nearest_such_body() -> None:
    case = Case(
        "丹寨大学与云岭医院合作。签约那天，校党委书记王小禾到场。",
        丹寨大学="Organization",
        云岭医院="Organization",
        王小禾="Person",
    )
    case.post("校党委书记", "王小禾")
    assert [(f.post, f.of) for f in holds_post.facts(case.context)] == [("校党委书记", "丹寨大学")]


def test_a_post_that_names_its_level_is_of_the_place_of_that_level() -> None:
    case = Case("丹寨县兴仁镇修了路,县长王小禾到场。", 丹寨县="Place", 兴仁镇="Place", 王小禾="Person")
    case.post("县长", "王小禾")
    assert [(f.post, f.of) for f in holds_post.facts(case.context)] == [("县长", "丹寨县")]


def test_a_prefecture_is_told_from_a_province_whose_short_name_ends_like_one() -> None:
    case = Case("黔东南与贵州各地交流经验。州委常委王小禾讲话。", 黔东南="Place", 贵州="Place", 王小禾="Person")
    case.post("州委常委", "王小禾")
    assert [f.of for f in holds_post.facts(case.context)] == ["黔东南"]


def test_a_post_held_in_the_past_says_so_and_loses_its_mark() -> None:
    case = Case("丹寨县原县长王小禾受到处分。", 丹寨县="Place", 王小禾="Person")
    case.post("原县长", "王小禾")
    assert [(f.post, f.former) for f in holds_post.facts(case.context)] == [("县长", True)]


def test_a_title_in_a_committee_is_held_in_the_committee() -> None:
    case = Case("丹寨县委副书记、县长王小禾到任。", 王小禾="Person", 丹寨县委="Organization", 丹寨县="Place")
    case.post("副书记", "王小禾")
    case.post("县长", "王小禾")
    assert {(f.post, f.of) for f in holds_post.facts(case.context)} == {("副书记", "丹寨县委"), ("县长", "丹寨县")}


def test_a_title_that_needs_no_body_is_not_given_the_nearest() -> None:
    case = Case("丹寨县的干部给总书记王小禾写信。", 王小禾="Person", 丹寨县="Place")
    case.post("总书记", "王小禾")
    assert [f.of for f in holds_post.facts(case.context)] == [None]


def test_the_second_of_two_persons_titles_is_of_the_level_that_it_names() -> None:
    text = "凯里市邮政局副局长李青山与市委常委王小禾到场。"
    case = Case(text, 王小禾="Person", 李青山="Person", 凯里市邮政局="Organization", 凯里市="Place")
    case.post("副局长", "李青山")
    case.post("市委常委", "王小禾")
    assert {(f.post, f.of) for f in holds_post.facts(case.context)} == {
        ("副局长", "凯里市邮政局"),
        ("市委常委", "凯里市"),
    }


def test_a_title_that_begins_with_its_body_is_held_there() -> None:
    case = Case("贵州省政协委员王小禾建言。", 王小禾="Person", 贵州省政协="Organization")
    case.post("贵州省政协委员", "王小禾")
    assert [f.of for f in holds_post.facts(case.context)] == ["贵州省政协"]


def test_places_written_together_are_one_in_the_other() -> None:
    case = Case("丹寨县兴仁镇今年修路。", 丹寨县="Place", 兴仁镇="Place")
    assert [(f.subject, f.object) for f in located_in.facts(case.context)] == [("兴仁镇", "丹寨县")]


def test_a_county_does_not_lie_in_its_own_town() -> None:
    case = Case("兴仁镇是丹寨县的大镇。", 丹寨县="Place", 兴仁镇="Place")
    case.says("丹寨县", "兴仁镇", "locatedIn")
    assert list(located_in.facts(case.context)) == []


def test_money_is_a_number_of_yuan_with_its_role() -> None:
    case = Case("云岭水库总投资约3.2亿元。", 云岭水库="Project")
    case.says("云岭水库", "3.2亿元", "totalInvestment")
    (fact,) = funding.facts(case.context)
    assert (fact.role, fact.value, fact.unit, fact.approx) == ("totalInvestment", Decimal(320000000), "CNY", True)


def test_an_amount_belongs_to_its_most_probable_owner_only() -> None:
    case = Case("丹寨县云岭水库总投资3.2亿元。", 云岭水库="Project", 丹寨县="Place")
    case.says("云岭水库", "3.2亿元", "totalInvestment", 0.8)
    case.says("丹寨县", "3.2亿元", "totalInvestment", 0.6)
    assert [f.subject for f in funding.facts(case.context)] == ["云岭水库"]


def test_a_statistic_says_what_was_counted() -> None:
    case = Case("丹寨县累计收集意见建议709条,种植油菜21.52万亩。", 丹寨县="Place")
    case.says("丹寨县", "709条", "statistic")
    case.says("丹寨县", "21.52万亩", "statistic")
    assert [(f.indicator, f.value, f.unit) for f in statistic.facts(case.context)] == [
        ("累计收集意见建议", Decimal(709), "条"),
        ("种植油菜", Decimal(215200), "亩"),
    ]


def test_a_count_names_what_stands_behind_it() -> None:
    case = Case("丹寨县新建34个工作队。", 丹寨县="Place")
    case.says("丹寨县", "34个", "statistic")
    assert [f.indicator for f in statistic.facts(case.context)] == ["新建工作队"]


@pytest.mark.parametrize(
    ("text", "figure", "indicator"),
    [
        ("丹寨县人均收入从2000元增加到8000元。", "8000元", "人均收入增加"),  # what the figure before it measured
        ("丹寨县接待游客100万人次,同比增长12%。", "12%", "接待游客同比增长"),
        ("丹寨县2023年生产总值比上年增长5%。", "5%", "生产总值增长"),  # the dates aside
        ("王小禾给丹寨县送来300万元的贷款。", "300万元", "送来贷款"),  # the names aside
        ("丹寨县3000多亩的茶园开采。", "3000多亩", "茶园开采面积"),
    ],
)
def test_the_indicator_is_what_the_sentence_says_was_measured(text: str, figure: str, indicator: str) -> None:
    case = Case(text, 丹寨县="Place", 王小禾="Person") if "王小禾" in text else Case(text, 丹寨县="Place")
    case.says("丹寨县", figure, "statistic")
    assert [f.indicator for f in statistic.facts(case.context)] == [indicator]


def test_a_date_is_as_precise_as_the_text_and_resolved_from_the_publication_date() -> None:
    case = Case("云岭水库去年9月开工。", 云岭水库="Project")
    case.says("云岭水库", "去年9月", "start")
    assert [(f.role, f.value) for f in date.facts(case.context)] == [("start", "2023-09")]


def test_a_date_that_hangs_on_an_inferred_year_is_no_surer_than_the_year() -> None:
    case = Case("云岭水库去年9月开工,2021年5月立项。", 云岭水库="Project")
    case.says("云岭水库", "去年9月", "start", 0.9)
    inferred = replace(case.context, dated=False)
    assert [f.confidence for f in date.facts(case.context)] == [0.9]
    assert [f.confidence for f in date.facts(inferred)] == [0.62]
    case.judged.clear()
    case.says("云岭水库", "去年9月", "start", 0.6)
    assert list(date.facts(replace(case.context, dated=False))) == []
    case.says("云岭水库", "2021年5月", "start", 0.6)  # a year that the text tells
    assert [f.value for f in date.facts(replace(case.context, dated=False))] == ["2021-05"]


def test_a_range_of_days_is_a_beginning_and_an_end() -> None:
    case = Case("清水节将于3月16日至19日举行。", 清水节="Event")
    case.says("清水节", "3月16日至19日", "on")
    assert {(f.role, f.value) for f in date.facts(case.context)} == {("start", "2024-03-16"), ("end", "2024-03-19")}


def test_the_status_of_a_project_is_what_its_clause_says() -> None:
    for text, expected in (("云岭水库建成投产。", "completed"), ("云岭水库加紧施工。", "underWay")):
        (fact,) = status.facts(Case(text, 云岭水库="Project").context)
        assert fact.role == expected


def test_a_verb_of_taking_charge_states_who_leads_without_the_judge() -> None:
    case = Case("县长王小禾领办清理河道等任务。", 王小禾="Person", 清理河道等任务="Initiative")
    assert [(f.subject, f.object, f.rule) for f in leads.facts(case.context)] == [
        ("王小禾", "清理河道等任务", "leads/charge")
    ]


def test_the_word_before_an_amount_says_its_role() -> None:
    case = Case("丹寨县争取到资金300万元。", 丹寨县="Place")
    case.says("丹寨县", "300万元", "statistic", 0.6)
    case.judged[0].probabilities.update({"raised": 0.2, "none": 0.2})
    assert [(f.role, f.value) for f in funding.facts(case.context)] == [("raised", Decimal(3000000))]


def test_a_second_title_of_another_level_is_not_of_the_place_before_the_first() -> None:
    case = Case("凯里市发展很快。贵州省委常委、市委书记王小禾到场。", 凯里市="Place", 贵州省="Place", 王小禾="Person")
    case.post("省委常委", "王小禾")
    case.post("市委书记", "王小禾")
    assert {(f.post, f.of) for f in holds_post.facts(case.context)} == {("省委常委", "贵州省"), ("市委书记", "凯里市")}


def test_money_with_nothing_said_of_it_is_an_amount() -> None:
    case = Case("丹寨县:300万元。", 丹寨县="Place")
    case.says("丹寨县", "300万元", "statistic")
    assert [f.indicator for f in statistic.facts(case.context)] == ["金额"]
