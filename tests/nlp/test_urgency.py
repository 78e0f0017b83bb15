"""Emergencies that are meant, and figures of speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from nlp.understand import Understander


@pytest.mark.parametrize(
    ("text", "hazard"),
    [
        ("3栋那边冒烟了", "fire"),
        ("着火了着火了快来人", "fire"),
        ("有人困电梯里", "lift"),
        ("煤气味好大 头晕", "gas"),
        ("电线掉下来了还在冒火花", "electricity"),
        ("有人要跳楼,在天台上", "danger"),
        ("楼下有人打架", "danger"),
        ("停车位吵架,现在打起来了", "danger"),
        ("隔壁有人喊救命", "danger"),
        ("河边传来呼救声", "danger"),
        ("六栋三楼煤汽味大得很", "gas"),
    ],
)
def test_an_emergency_names_its_hazard(understander: Understander, text: str, hazard: str) -> None:
    found = understander.understand(text)
    assert (found.kind, found.urgency, found.hazard) == ("appeal", "emergency", hazard)


@pytest.mark.parametrize(
    "text",
    [
        "这价格要着火了",
        "卡在一楼门一直关不上",
        "昨天消防演练,好大的烟",
        "煤气卡在哪里充值",
        "楼道里飞线充电,迟早要出大事",
        "新闻说隔壁市有个商场着火了",
        "电梯坏了,停在一楼不动",
        "笑得我喘不上气",
        "1栋楼下有个坑",
        "昨晚楼下有人打架",
        "刚才有人打架,散了",
        "两家超市打起来了,鸡蛋便宜",
    ],
)
def test_no_emergency_is_seen_where_none_is_meant(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize("text", ["路口井盖没了,黑洞洞的", "水管爆了水哗哗往外喷"])
def test_harm_that_grows_is_urgent(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency == "urgent"


def test_an_emergency_is_an_appeal_whatever_else_it_sounds_like(understander: Understander) -> None:
    assert understander.understand("谁会急救,我爸倒地上喊不应").is_appeal


@pytest.mark.parametrize(
    "text",
    ["7栋门口烧烤摊占了整条人行道,天天摆到半夜没人管\n油烟熏得窗子都不敢开", "5-2的王大爷家漏水漏到楼下了"],
)
def test_a_stall_and_a_bare_leak_set_no_household_against_another(
    understander: Understander, text: str
) -> None:
    assert not understander.understand(text).dispute


def test_a_household_set_against_another_is_a_dispute(understander: Understander) -> None:
    text = "楼上3栋2单元602每天半夜打麻将,说了几次都不听还骂人,太欺负人了"
    assert understander.understand(text).dispute
    assert not understander.understand("我家天花板漏水了").dispute


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        *(
            ("电梯门打不开", "urgent"),
            ("三号楼电梯门打不开了,大家爬楼", "urgent"),
            ("左边电梯卡住了", "urgent"),
        ),
        *(("电梯嘎吱响", "normal"), ("电梯不动了", "normal"), ("电梯一上一下咯噔咯噔响", "normal")),
        *(("电梯门打不开,有人在里面", "emergency"), ("电梯卡住了里面有孩子", "emergency")),
        *(("我被关在电梯里了", "emergency"), ("被困电梯了", "emergency"), ("电梯里有人喊救命", "emergency")),
    ],
)
def test_a_lift_is_an_emergency_where_somebody_is_inside(
    understander: Understander, text: str, urgency: str
) -> None:
    assert understander.understand(text).urgency == urgency
