"""Silent unless sure: the shortest complaints are sure, questions and figures of speech are left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.config.hearing import HearingPart

if TYPE_CHECKING:
    from nlp.understand import Understander

BOUNDS = HearingPart().thresholds()
NEEDS = Path(__file__).parent / "lines" / "held_out" / "needs.jsonl"


@pytest.mark.parametrize(
    "text",
    [
        *("停水了", "没有消防通道", "噪音扰民", "焚烧垃圾"),
        *("又停水", "没水了", "没有灭火器", "消防通道被占", "油烟扰民", "垃圾没人清", "违建没人管"),
        *("路灯不亮", "井盖没了", "下水道堵了", "楼上漏水", "拖欠工资", "物业不作为", "门禁坏了"),
    ],
)
def test_the_shortest_complaints_are_sure(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert found.is_appeal
    assert found.probability >= BOUNDS.sure


@pytest.mark.parametrize(
    "text",
    [
        *("如何申请公租房", "请问如何办理居住证", "残疾证在哪里办", "低保需要什么材料", "充电桩怎么申请"),
        *("大件垃圾清运多少钱", "请问社区医院几点开门", "小孩落户要带什么", "哪里可以办健康证"),
        "物业电话多少",
    ],
)
def test_what_words_alone_would_settle_is_no_case(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert found.kind == "question"
    assert found.probability < BOUNDS.doubtful


@pytest.mark.parametrize(
    "text",
    [
        *("作业写不完了我在喊救命", "右边 底下压着零食"),
        *("画眼线手抖,眼影也漏了", "画眼线眼线笔断了,喝酸奶酸奶漏了", "评论区炸了"),
        *("这瓜太炸了", "脑子烧坏了"),
        *("困死在工位上", "打了20个电话都占线", "他一个人去的", "我快被作业淹没了", "加班加到吐血"),
        *("老家那边昨天发大水,我表哥家淹了", "外地一小区发生火灾,消防已扑灭"),
        *("确认了,是隔壁炒辣椒,不是着火", "查过了,是烧香的烟", "救命这也太好吃了", "天塌了,明天要考试"),
    ],
)
def test_a_figure_of_speech_calls_nobody(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert found.urgency != "emergency"
    assert found.emergency_probability < 0.01
    assert found.probability < BOUNDS.sure


@pytest.mark.parametrize(
    "text",
    [
        "【求助】一家五口困在阁楼上,水已经淹到窗台,求船",
        "求扩散!养老院一楼进水,还有二十个老人没转移",
        "急!我们在隧道口的车里,水到车门了出不去",
        "我弟弟昨天下午出门到现在没回家,手机关机,求扩散",
        "寻人:父亲,78岁,老年痴呆,昨晚从家里走失,穿灰色棉衣",
        "土房塌了,我叔压在下面还有声音,快来人",
        "产妇要生了,路被水冲断救护车进不来,求支援",
        "樓道著火了",
        "電梯裏困住兩個人",
        "液化氣味好濃",
        "⽕警!三栋冒烟了",
    ],
)
def test_a_cry_for_help_is_one_however_it_is_written(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "(三)负责全区公共租赁住房的管理工作",
        "六、加强基层党组织建设,提高服务水平",
        "第十二条 业主应当按照约定缴纳物业服务费",
        "该村下辖十二个村民组,辖区面积二十平方公里",
        "公司成立于二〇〇一年,经营范围包括水电安装",
    ],
)
def test_a_document_is_passed_on(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert found.is_passed_on
    assert found.probability < BOUNDS.doubtful


@pytest.mark.parametrize(
    ("text", "compound"),
    [("看不见路3栋那边", None), ("大家注意路3栋门口", None), ("走错路5栋", None), ("人民路3栋", "人民路")],
)
def test_a_verbs_letters_are_no_road(understander: Understander, text: str, compound: str | None) -> None:
    assert understander.understand(text).place.compound == compound


def test_needs_and_despair_held_out(understander: Understander) -> None:
    rows = [json.loads(row) for row in NEEDS.read_text(encoding="utf-8").splitlines()]
    heard = [(row["need"], understander.understand(row["text"])) for row in rows]
    needy = [bool(said.necessary or said.despair) for need, said in heard if need]
    assert sum(needy) >= 0.75 * len(needy)
    assert sum(bool(said.necessary or said.despair) for need, said in heard if not need) <= 2  # near misses


@pytest.mark.parametrize(
    "line",
    [
        "5栋1单元楼顶漏水,家里墙都湿了没人管",
        "物业死活不给盖章,跑了三趟了",
        "楼顶新架的天线离我家十米,怕辐射",
        "四楼那户从窗户倒剩饭,都倒在我遮阳棚上",
        "殡仪馆的骨灰盒最便宜六千",
        "阳台上的绳子断了,被子全掉了",
        "快递又死活不送上楼",
        "夜市一关,我们摆摊的都没生意了",
        "到家了,勿念",
        "讣告:家父昨日仙逝,享年九十一,丧事从简,勿念",
    ],
)
def test_who_complains_is_not_in_despair(understander: Understander, line: str) -> None:
    assert not understander.understand(line).despair
