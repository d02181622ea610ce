"""Words and the rows of their vectors."""

import logging
import warnings

import numpy as np
import pytest

from kg.language.words import cut, rows, word_planes

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba's own patterns, written before raw strings were asked for
    import jieba


@pytest.mark.parametrize(
    "text",
    [
        "云岭县石桥镇投资3.5亿元建设冷链物流园，带动1200余户农民增收20%。",
        "张建国、李秀兰等人到南塘村调研乡村振兴工作",
        "2014-2016年，NB-IoT示范项目（一期）见www.example.cn/a_1.html",
        "c# 与 3D打印、T恤 5G+工业互联网　“十四五”",
        "",
    ],
)
def test_the_words_are_those_of_jieba(text: str) -> None:
    jieba.setLogLevel(logging.WARNING)
    assert cut(text) == list(jieba.cut(text))
    assert "".join(cut(text)) == text


def test_each_character_has_its_words_row_and_its_place_in_it() -> None:
    planes = word_planes(["中国", "的项目"])
    assert planes[:, 1].tolist() == [1, 3, 0, 1, 3]
    assert planes[0, 0] == planes[1, 0] == rows()["中国"]
    assert planes[3, 0] == planes[4, 0] == rows()["项目"]
    assert np.array_equal(word_planes(["中国的项目"]), planes)
