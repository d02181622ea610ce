"""The tools that measure: claims judged as the scorer does, errors named, confidence held against what is right."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from baseline import facts
from calibrate import Cases, count, fit, written
from errors import errors
from extra import judged, marked, save, spans
from reliability import bands, calibration_error, plot
from verdicts import Verdict, golds, key, verdicts, wanted

from kg.relations.candidates import LABELS
from kg.relations.thresholds import confidence, threshold, using
from kg.score import score_records
from kg.score.compare import Claim
from kg.score.files import Gold

PERSON = {"iri": "p", "type": "Person", "names": ["张建国"]}
COUNTY = {"iri": "c", "type": "Place", "names": ["云岭县"]}
TASK = {"iri": "t", "type": "Initiative", "names": ["清泉行动"]}
ARTICLE = {
    "title": "云岭县开展清泉行动",
    "published": None,
    "entities": [
        {"id": "e1", "type": "Person", "names": ["张建国"]},
        {"id": "e2", "type": "Place", "names": ["云岭县"]},
        {"id": "e3", "type": "Initiative", "names": ["清泉行动"]},
    ],
    "claims": [
        {"s": "e1", "p": "holdsPost", "post": "县长", "of": "e2", "evidence": "云岭县县长张建国"},
        {"s": "e1", "p": "leads", "o": "e3", "evidence": "张建国领办清泉行动"},
        {"s": "e2", "p": "carriesOut", "o": "e3", "evidence": "云岭县开展清泉行动", "optional": True},
        {
            "s": "e2",
            "p": "statistic",
            "indicator": "清理河道",
            "value": 12,
            "unit": "公里",
            "evidence": "清理河道12公里",
        },
    ],
}


def record(predicate: str, subject: dict[str, Any], sure: float, rule: str = "x/pair", **fields: Any) -> dict[str, Any]:
    return {"kind": "claim", "source": "a.txt", "predicate": predicate, "subject": subject, "rule": rule}  | {
        "confidence": sure, "evidence": {"quote": ""}, **fields}  # fmt: skip


STATED = [
    *({"kind": "entity", "source": "a.txt", **e} for e in (PERSON, COUNTY, TASK)),
    record("holdsPost", PERSON, 0.6, post="县长"),
    record("holdsPost", PERSON, 0.9, post="县委副书记、县长"),
    record("carriesOut", COUNTY, 0.8, object=TASK),
    record("participatesIn", PERSON, 0.7, object=TASK),
    record("statistic", PERSON, 0.5, rule="x/amount", indicator="清理河道", value=12, unit="公里"),
]


@pytest.fixture
def gold(tmp_path: Path) -> list[Gold]:
    (tmp_path / "a.json").write_text(json.dumps({"source": "a.txt", "articles": [ARTICLE]}), encoding="utf-8")
    return golds([tmp_path])


def test_claims_are_judged_as_the_scorer_counts_them(gold: list[Gold]) -> None:
    judged = list(verdicts(STATED, gold))
    assert [(v.claim.predicate, v.right) for v in judged] == [
        ("holdsPost", True),  # the surer of the two that say the same
        ("carriesOut", None),  # optional
        ("participatesIn", False),
        ("statistic", False),
    ]
    total = score_records(STATED, gold).rows["claim all"]
    assert (total.right, total.wrong) == tuple(Counter(v.right for v in judged)[r] for r in (True, False))
    assert [(w.claim.predicate, w.confidence) for w in wanted(STATED, gold)] == [
        ("holdsPost", 0.9),
        ("leads", 0.0),
        ("statistic", 0.0),
    ]


def test_what_gold_lacks_counts_as_a_second_reading_found_it(gold: list[Gold]) -> None:
    told = key("a.txt", STATED[-1])
    assert told == ("a.txt", "statistic", "张建国", None, None, None, "12")
    assert [v.right for v in verdicts(STATED, gold, {told: True})] == [True, None, False, True]
    assert [v.right for v in verdicts(STATED, gold, {told: None})] == [True, None, False, None]


def test_errors_say_what_went_amiss_and_are_as_many_as_the_scorer_counts(gold: list[Gold]) -> None:
    found = list(errors(STATED, gold))
    assert {e.kind for e in found} == {
        ("leads", True, "relation"),
        ("participatesIn", False, "relation"),
        ("statistic", True, "owner"),
        ("statistic", False, "owner"),
    }
    rows = score_records(STATED, gold).rows
    assert sum(e.missing for e in found) == rows["claim all"].missed + rows["entity all"].missed
    assert sum(not e.missing for e in found) == rows["claim all"].wrong + rows["entity all"].wrong


def test_bands_hold_confidence_against_the_share_that_is_right() -> None:
    found = bands([(0.55, True), (0.55, False), (1.0, True), (0.9, True)])
    assert [(b.low, b.claims, b.right) for b in found] == [(0.5, 2, 0.5), (0.9, 2, 1.0)]
    assert calibration_error(found) == pytest.approx((2 * 0.05 + 2 * 0.05) / 4)
    assert plot(found, "Calibration").count("<circle") == 2


def test_a_threshold_drops_the_judges_claims_alone(gold: list[Gold]) -> None:
    cases = Cases(tuple(verdicts(STATED, gold)), tuple(wanted(STATED, gold)))
    low, high = (dict.fromkeys(("holdsPost", "participatesIn", "statistic"), t) for t in (0.1, 0.95))
    assert (count(cases, low).right, count(cases, low).wrong, count(cases, low).found) == (1, 2, 1)
    assert (count(cases, high).right, count(cases, high).wrong, count(cases, high).missed) == (0, 0, 3)


def test_curves_rise_and_a_label_that_is_often_wrong_needs_more_than_an_even_chance() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is needed for training alone")
    sure = [(n / 100, n % 100 >= 70) for n in range(10, 100)] * 3
    judged = tuple(Verdict("a.txt", Claim("locatedIn", None), "locatedIn/pair", p, right) for p, right in sure)
    table = fit(Cases(judged, (), frozenset({"a.txt"})))
    steps = table["confidence"]["locatedIn"]
    assert [s for _, s in steps] == sorted(s for _, s in steps)
    assert table["thresholds"]["locatedIn"] == pytest.approx(0.65, abs=0.06)  # from 0.6 on 30 of 40 are right
    table = json.loads(written(table, ["a.txt"]))
    with using(table):
        assert threshold("locatedIn") == table["thresholds"]["locatedIn"]
        assert confidence("locatedIn", 0.3) < 0.2 < 0.8 < confidence("locatedIn", 0.95)
    assert table["files"] == ["a.txt"]


def test_the_baseline_finds_a_post_and_a_sum(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("云岭县县长张建国察看清泉水厂项目，总投资1.2亿元。", encoding="utf-8")
    words = [("云岭县", "ns"), ("县长", "n"), ("张建国", "nr"), ("察看", "v")]
    claims = {r["predicate"]: r for r in facts(lambda _: words, [text]) if r["kind"] == "claim"}
    assert claims["holdsPost"]["post"] == "县长"
    assert claims["funding"]["value"] == 120_000_000
    assert claims["locatedIn"]["object"]["names"] == ["云岭县"]


def test_sentences_and_pairs_that_were_answered_alone_become_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "云岭县动态\n县长张建国牵头清泉行动。李小禾到会。"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    start, end = text.index("县长"), text.index("李小禾")
    monkeypatch.setattr("extra.FOLDER", tmp_path)
    names = spans(text, start, end, [["I", "清泉行动"], ["i", "清泉"], ["-"]])
    save("marked.jsonl.xz", [{"source": "a.txt", "sentences": [[start, end]], "spans": names}])
    person, task = text.index("张建国"), text.index("清泉")
    items = [[person, person + 3, "Person", "e1", 0], [task, task + 4, "Initiative", "e2", 0]]
    pair = [*items[0][:3], *items[1][:3], "leads"]
    save("judged.jsonl.xz", [{"source": "a.txt", "items": items, "pairs": [pair]}])

    ((example, stretches),) = marked(tmp_path)
    assert stretches == [(start, end)]
    assert [(text[m.start : m.end], m.layer, m.sure) for m in example.mentions] == [
        ("清泉", "Initiative", False),  # doubtful, and inside a name of its type
        ("清泉行动", "Initiative", True),
    ]
    ((name, _, _, pairs, labels),) = judged(tmp_path)
    assert (name, [LABELS[label] for label in labels]) == ("a.txt", ["leads"])
    assert [(text[p.source.start : p.source.end], text[p.target.start : p.target.end]) for p in pairs] == [
        ("张建国", "清泉行动")
    ]
