import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.gazetteer import children, kind, lookup, name, parents, scan, similar
from kg.gazetteer.compile import former
from kg.gazetteer.divisions import below, contains
from kg.gazetteer.forms import everyday, root, short_forms, village_root


def codes(text: str, within: str | None = None) -> list[str]:
    return [place.code for place in lookup(text, within)]


def test_names_and_parents() -> None:
    assert name("430225") == "炎陵县"
    assert name("430224109203") == "银湖村"
    assert parents("430224109203") == ["430224109", "430224", "430200", "430000"]
    assert parents("110101001") == ["110101", "110000"]  # 市辖区 is a heading of the list, not a place
    assert parents("429004001") == ["429004", "420000"]  # a county-level city directly below its province
    assert parents("441900003") == ["441900", "440000"]  # a prefecture without counties
    assert [kind(c) for c in ("430000", "430200", "430225", "430224109", "430224109203")] == [
        "Province",
        "Prefecture",
        "County",
        "Township",
        "Village",
    ]
    assert kind("620171") == "DevelopmentZone"


def test_an_unknown_code_is_an_error_of_one_line() -> None:
    with pytest.raises(KgError, match="no division has the code 999999"):
        name("999999")


def test_children() -> None:
    assert "430225" in children("430200") and "430200" in children("430000")
    assert "430224109" in children("430224") and "430224109203" in children("430224109")
    assert "110101" in children("110000")
    assert not any(c.startswith("43") for c in children("440000"))


def test_lookup_by_official_short_and_former_names() -> None:
    assert codes("炎陵县") == codes("炎陵") == ["430225"]
    assert lookup("炎陵县")[0].exact and not lookup("炎陵")[0].exact
    assert codes("湘西州") == codes("湘西") == ["433100"]
    assert codes("芷江县") == ["431228"]
    assert codes("鄂温克旗") == ["150724"]
    assert codes("株洲县") == ["430212"]  # a district since 2018
    assert codes("云岭县") == []
    assert [p.kind for p in lookup("吉林")] == ["Province", "Township", "Prefecture"]


def test_a_township_is_found_in_its_county_and_under_its_former_ending() -> None:
    assert len(codes("城关镇")) > 50
    assert codes("虎踞镇", "430224") == codes("虎踞", "430224") == codes("虎踞乡", "430224") == ["430224109"]
    assert codes("虎踞镇", "430225") == []


def test_a_village_is_found_within_a_township_county_or_prefecture_only() -> None:
    for within in ("430224109", "430224", "430200"):
        assert "430224109203" in codes("银湖村", within)
        assert "430224109203" in codes("银湖村委会", within)
    assert codes("银湖村") == codes("银湖村", "430000") == []


def test_names_that_ocr_damaged_are_matched_to_look_alikes_in_the_context() -> None:
    (best, score), *_ = similar("绿口区", ["430200"])
    assert (best.code, best.exact) == ("430212", False) and 0.7 < score < 0.8
    (other, lower), *_ = similar("瀛口区", ["430200"])
    assert other.code == "430212" and lower < score
    assert similar("绿口县", ["430200"]) == []  # another ending is another place
    assert [place.code for place, _ in similar("大水田村", ["430212"])] == ["430212111214"]


def test_scan_finds_full_and_short_names_the_longest_at_each_place() -> None:
    text = "湖南省株洲市炎陵县霞阳镇,炎陵与茶陵"
    assert [found for _, _, found in scan(text)] == ["湖南省", "株洲市", "炎陵县", "霞阳镇", "炎陵", "茶陵"]


def test_scan_leaves_common_words_alone() -> None:
    assert scan("在城区新建新农村,和政府合作开发") == []


@given(st.text(alphabet="炎陵县株洲市在湖南和银湖村的,", max_size=40))
def test_what_scan_finds_stands_there_and_does_not_overlap(text: str) -> None:
    end = 0
    for start, stop, found in scan(text):
        assert end <= start and text[start:stop] == found and lookup(found)
        end = stop


@pytest.mark.parametrize(
    ("official", "level", "bare"),
    [
        ("炎陵县", "County", "炎陵"),
        ("沙县", "County", "沙县"),
        ("湘西土家族苗族自治州", "Prefecture", "湘西"),
        ("广西壮族自治区", "Province", "广西"),
        ("六枝特区", "County", "六枝"),
        ("三河回族乡", "Township", "三河"),
    ],
)
def test_roots(official: str, level: str, bare: str) -> None:
    assert root(official, level) == bare
    assert bare == official or bare in short_forms(official, level)


def test_a_village_is_called_without_its_committee() -> None:
    assert {everyday(n) for n in ("银湖村", "银湖村委会", "银湖村村委会", "银湖村村民委员会")} == {"银湖村"}
    assert {everyday(n) for n in ("青石居委会", "青石社区居委会", "青石社区居民委员会")} == {"青石社区"}
    assert (everyday("前进嘎查"), everyday("炎陵县")) == ("前进嘎查", "炎陵县")


def test_villages_are_written_in_many_ways() -> None:
    assert {village_root(n) for n in ("银湖村", "银湖村委会", "银湖村村民委员会", "银湖社区居委会")} == {"银湖"}


@given(st.sampled_from(sorted(below("430200"))))
def test_every_division_is_below_its_parents_and_found_by_its_name(code: str) -> None:
    above = parents(code)
    assert all(contains(outer, code) for outer in above)
    assert code in children(above[0])
    assert all(code in codes(name(code), outer) for outer in above)


def test_former_names_lead_over_several_renamings_to_the_place_of_today() -> None:
    def change(year: int, old: str, new: str) -> dict[str, object]:
        ends = ({"name": n, "code": "530101000000"} for n in (old, new))
        return {"year": year, "type": "更名", **dict(zip(("old", "new"), ends, strict=True))}

    today = [("530102", "云岭区", "C"), ("530103", "青溪县", "C")]
    changes = [change(1990, "云岭县", "云岭市"), change(2010, "云岭市", "云岭区"), change(2000, "青溪县", "云岭区")]
    assert list(former(changes, today)) == ["云岭县\t530102\n", "云岭市\t530102\n"]
