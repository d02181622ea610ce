"""Mentions and entities: what one small invented article names, and what its anaphors mean."""

from kg.entities.anaphors import anaphors
from kg.entities.clusters import clusters, entity, short_forms
from kg.entities.mentions import Tagged, charges, divisions, repeated, settle, trim
from kg.entities.names import same_organization, same_work
from kg.language.reading import plain


def tagged(text: str, *names: tuple[str, str, float]) -> list[Tagged]:
    """Every place where one of the names stands, marked with its layer and probability."""
    return [
        Tagged(i, i + len(name), layer, score)
        for name, layer, score in names
        for i in range(len(text))
        if text.startswith(name, i)
    ]


def named(text: str, *names: tuple[str, str, float]) -> dict[str, list[str]]:
    """The entities of a text: first name → the words of all mentions."""
    reading = plain(text)
    found = settle(tagged(text, *names))
    found += divisions(reading, found)
    return {c.names[0]: [text[a:b] for a, b, _ in c.mentions] for c in clusters(reading, found)}


def test_a_place_and_the_post_that_shares_its_last_character_both_stand() -> None:
    text = "丹寨市委书记王小禾"
    marked = [Tagged(0, 3, "Place", 0.9), Tagged(2, 6, "Post", 0.8), Tagged(6, 9, "Person", 0.9)]
    assert [t.layer for t in settle(marked)] == ["Place", "Post", "Person"], text


def test_of_two_crossing_spans_the_surer_stays() -> None:
    assert settle([Tagged(0, 4, "Organization", 0.6), Tagged(2, 6, "Project", 0.9)]) == [Tagged(2, 6, "Project", 0.9)]


def test_a_zone_marked_as_place_and_body_is_one_mention_of_both_types() -> None:
    (zone,) = settle([Tagged(0, 5, "Place", 0.9), Tagged(0, 5, "Organization", 0.7)])
    assert (zone.layer, zone.also) == ("Place", ("Organization",))


def test_a_name_marked_once_is_found_wherever_it_stands() -> None:
    text = "青禾水务扩建\n青禾水务上月扩建厂房。青禾水务表示满意。"
    found = repeated(plain(text), [Tagged(7, 11, "Organization", 0.9)])
    assert sorted(t.start for t in found) == [0, 7, text.rindex("青禾水务")]


def test_words_that_name_nothing_are_no_mentions() -> None:
    assert repeated(plain("公司开会"), [Tagged(0, 2, "Organization", 0.9)]) == []


def test_a_chain_of_divisions_is_cut_into_its_places() -> None:
    found = named("贵州省丹寨县兴仁镇开展整治。", ("贵州省丹寨县兴仁镇", "Place", 0.9))
    assert list(found) == ["贵州省", "丹寨县", "兴仁镇"]


def test_a_county_is_one_entity_under_its_full_and_short_name_with_its_code() -> None:
    text = "丹寨修路\n丹寨县今年修路。"
    (place,) = clusters(plain(text), tagged(text, ("丹寨县", "Place", 0.9), ("丹寨", "Place", 0.9))[:2])
    said = entity(place, 1, plain(text))
    assert (said.code, said.kind) == ("522636", "County")
    assert {"丹寨县", "丹寨"} <= set(said.names)


def test_anaphors_mean_the_nearest_name_of_their_kind() -> None:
    text = "丹寨县和兴仁镇\n丹寨县水务局检查兴仁镇水库。该镇整改,该局复查,全县通报。"
    found = named(text, ("兴仁镇", "Place", 0.9), ("丹寨县水务局", "Organization", 0.9))
    assert "该镇" in found["兴仁镇"]
    assert "该局" in found["丹寨县水务局"]
    assert "全县" in found["丹寨县"]


def test_an_anaphor_says_what_it_may_stand_for() -> None:
    (one,) = anaphors("该公司负责施工")
    assert (one.type, "公司" in one.endings) == ("Organization", True)


def test_short_forms_of_bodies_and_works() -> None:
    assert same_organization("丹寨县教育局", "县教育局")
    assert same_organization("青禾水务有限公司", "青禾水务")
    assert same_organization("丹寨县发展和改革局", "丹寨发改局")
    assert not same_organization("丹寨县教育局人事科", "丹寨县教育局")
    assert same_work("云岭水库扩建工程", "云岭水库")
    assert not same_work("云岭水库二期工程", "云岭水库")


def test_a_body_is_known_without_the_outer_divisions_too() -> None:
    assert short_forms("贵州省丹寨县兴仁镇南塘合作社") == ["丹寨县兴仁镇南塘合作社", "兴仁镇南塘合作社"]


def test_what_is_no_part_of_a_name_is_cut_off() -> None:
    text = "王小禾同志到黄沙湾的兴仁镇,西河村里很热闹"
    reading = plain(text)
    cut = trim(reading, [Tagged(0, 5, "Person", 0.9), Tagged(6, 13, "Place", 0.9), Tagged(14, 18, "Place", 0.9)])
    assert [text[t.start : t.end] for t in cut] == ["王小禾", "黄沙湾", "兴仁镇", "西河村"]


def test_a_bare_head_at_the_beginning_of_a_clause_means_the_work_before_it() -> None:
    found = named("云岭水库开工\n云岭水库开工,项目总投资3亿元。", ("云岭水库", "Project", 0.9))
    assert "项目" in found["云岭水库"]
    assert anaphors("该县的项目、资金都到位") == anaphors("该县")


def test_the_object_of_taking_charge_is_an_initiative_whatever_its_words() -> None:
    (task,) = charges(plain("县长王小禾领办了“僵尸企业”占地、闲置问题,成效明显"))
    assert (task.layer, task.end - task.start) == ("Initiative", len("“僵尸企业”占地、闲置问题"))


def test_an_anaphor_means_what_the_text_speaks_of_most_not_what_was_named_in_passing() -> None:
    text = "丹寨县修渠\n丹寨县修渠。丹寨县筹款。兴仁镇在凯里市附近。全县受益。"
    found = named(text, ("丹寨县", "Place", 0.9), ("凯里市", "Place", 0.9))
    assert "全县" in found["丹寨县"]


def test_a_pointing_word_with_the_end_of_a_name_means_that_name() -> None:
    text = "云岭生态重点实验室挂牌\n云岭生态重点实验室挂牌,该重点实验室有30人"
    assert "该重点实验室" in named(text, ("云岭生态重点实验室", "Organization", 0.9))["云岭生态重点实验室"]


def test_what_the_tagger_marks_but_only_points_at_a_name_is_no_name() -> None:
    text = "第三届云岭茶旅文化节开幕\n第三届云岭茶旅文化节开幕,本届文化节有20场活动"
    found = named(text, ("第三届云岭茶旅文化节", "Event", 0.9), ("本届文化节", "Event", 0.9))
    assert found == {"第三届云岭茶旅文化节": ["第三届云岭茶旅文化节", "第三届云岭茶旅文化节", "本届文化节"]}


def test_places_side_by_side_are_no_chain() -> None:
    reading = plain("湖南湖北两省相邻。")
    found = clusters(reading, [Tagged(0, 4, "Place", 0.9)])
    assert [c.names for c in found] == [["湖南"], ["湖北"]]


def test_the_place_that_people_are_of_is_a_division_and_not_a_sight_or_a_province() -> None:
    text = "雨后\n贵州省丹寨县下雨。游客绕开云岭景区,当地派出队伍。"
    assert "当地" in named(text, ("丹寨县", "Place", 0.9), ("云岭景区", "Place", 0.9))["丹寨县"]
