"""Hot topics in a stream of posts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from nlp.segment import Segmenter
from nlp.topics import Post, heat_of, topics

START = datetime(2026, 3, 1)  # noqa: DTZ001  a stream's own clock


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def stream() -> list[Post]:
    plant = [
        *("云锦新城旁边搅拌站半夜施工噪音大", "云锦新城搅拌站粉尘污染严重", "投诉云锦新城附近的混凝土搅拌站"),
        *("搅拌站离云锦新城只有二十米,窗户不敢开", "云锦新城小区旁搅拌站扰民何时能搬走"),
    ]
    parking = ["桂花苑强制捆绑销售车位", "桂花苑买房必须买车位,捆绑销售合法吗", "开发商在桂花苑捆绑卖车位"]
    others = ["公交车总是不来", "学校乱收补课费", "医保报销太慢", "路灯不亮", "工资拖欠半年"]
    texts = [*plant, *parking, *others]
    return [Post(text, f"人{n}", START + timedelta(days=n)) for n, text in enumerate(texts)]


def test_posts_about_one_matter_are_one_topic(segmenter: Segmenter) -> None:
    first, second, *_ = topics(stream(), segmenter.cut)
    assert (first.people, first.place) == (5, "云锦新城")
    assert "搅拌站" in first.title
    assert (second.people, second.place) == (3, "桂花苑")


def test_one_person_who_writes_often_is_one_person(segmenter: Segmenter) -> None:
    posts = [Post(post.text, "同一个人", post.at) for post in stream()]
    assert {topic.people for topic in topics(posts, segmenter.cut)} == {1}


def test_likes_are_damped_and_silence_cools() -> None:
    assert heat_of(20, 0, 10, 0) > heat_of(1, 2000, 10, 0)
    assert heat_of(5, 0, 10, 0) > heat_of(5, 0, 10, 300)
    assert heat_of(5, 0, 100, 0) > heat_of(5, 0, 1, 0)


def test_without_times_or_posts_there_is_still_an_answer(segmenter: Segmenter) -> None:
    assert topics([], segmenter.cut) == []
    (topic,) = topics([Post("电梯坏了", "王")], segmenter.cut)
    assert (topic.first, topic.people, topic.title) == (None, 1, "电梯坏了")
