"""拿不准的话:群里不说,私下问网格长;回字母就立件,回 0 或不理就算了."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from bot.config import Config
from data.domain.hearing import Costs, Experience, ask_at, letter
from nlp.understand import Understander
from nlp.understanding import Kind, Urgency
from tests.town import ROSTER, Town, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.understanding import Understanding
    from tests.town import Said

DOUBTFUL = {
    "电梯有点抖": 0.4,
    "电梯又抖了一下": 0.4,
    "门口好像有点脏": 0.3,
    "路灯是不是暗了": 0.2,
    "楼道好像有股糊味": 0.05,
    "3栋那边路灯是不是暗了": 0.1,  # below what is doubtful, but for the place
}
CONFIG = "hearing: {sure: 0.95, doubtful: 0.125, emergency: 0.005}"


class Unsure(Understander):
    """Understands as ever, but is as sure of a line as the tests say: of any other appeal quite."""

    def __init__(self, like: Understander) -> None:
        self.__dict__.update(like.__dict__)

    @override
    def understand(self, text: str) -> Understanding:
        said = super().understand(text)
        likely = DOUBTFUL.get(text, 0.99 if said.is_appeal else 0.0)
        kind = Kind.APPEAL if text in DOUBTFUL else said.kind
        burning = 0.05 if "糊味" in text else 0.0
        urgency = said.urgency if "着火" in text else Urgency.NORMAL
        category = said.category or self.category_of(text)
        return said._replace(
            probability=likely, kind=kind, emergency_probability=burning, urgency=urgency, category=category
        )


@pytest.fixture
def town(store_url: str, understander: Understander) -> Iterator[Town]:
    made = Town(store_url, Unsure(understander), ROSTER, "2026-03-02 09:00", config=CONFIG)
    yield made
    made.close()


def asked(town: Town, who: str, text: str, room: str = "grid1") -> list[Said]:
    """Let somebody say something doubtful, and time pass until it is asked about."""
    assert town.says(room, who, text) == []
    return town.passes(hours=1)


def test_what_is_doubtful_is_asked_in_private_within_the_hour(town: Town) -> None:
    town.says("grid1", "wang", "电梯有点抖")
    town.says("grid1", "liu", "门口好像有点脏", after=600)
    assert town.passes(minutes=49) == []
    (question,) = town.passes(minutes=1)
    assert (question.room, question.to) == (None, "limin")
    assert question.text == "疑似诉求\nA 王姐:电梯有点抖\nB 刘婶:门口好像有点脏\n是的回字母,不是回 0"
    assert town.state(1) == "none"


def test_a_letter_opens_the_case_as_if_just_said(town: Town) -> None:
    asked(town, "wang", "电梯有点抖")
    (told,) = town.says(None, "limin", "a")
    assert (told.to, told.text) == ("limin", "A 记为 #1。")
    (ack, notice) = town.passes(seconds=10)
    assert (ack.room, ack.mentions, ack.reply_to) == ("grid1", ("wang",), "m1")
    assert ack.text.startswith("@王姐 记为 #1【电梯")
    assert (notice.to, "电梯有点抖" in notice.text) == ("limin", True)
    (again,) = town.says(None, "limin", "A")
    assert again.text == "A 记为 #1。"
    assert town.state(2) == "none"


@pytest.mark.parametrize("answer", ["是 A B", "AB", "A、B", "a,b 是", "Ａ Ｂ"])
def test_several_letters_at_once(town: Town, answer: str) -> None:
    town.says("grid1", "wang", "电梯有点抖")
    asked(town, "liu", "门口好像有点脏")
    (told,) = town.says(None, "limin", answer)
    assert told.text == "A 记为 #1。B 记为 #2。"
    assert (town.state(1), town.state(2)) == ("reported", "reported")


def test_nought_is_a_correction_and_the_rooms_own_experience(town: Town) -> None:
    asked(town, "wang", "电梯有点抖")
    (told,) = town.says(None, "limin", "0")
    assert told.text == "好,不算诉求,记着学。"
    with town.store.read() as uow:
        (row,) = uow.corrections.all_of_them()
        (known,) = uow.doubts.experiences().values()
    assert (row.text, row.now) == ("电梯有点抖", "chat")
    assert (known.yes, known.no, known.expected) == (0, 1, 0.4)
    assert known.shift < 0
    town.says(None, "limin", "A")  # it was one after all
    assert town.state(1) == "reported"


def test_a_yes_is_a_correction_too(town: Town) -> None:
    asked(town, "wang", "电梯有点抖")
    town.says(None, "limin", "是 A")
    with town.store.read() as uow:
        (row,) = uow.corrections.all_of_them()
    assert (row.text, row.now) == ("电梯有点抖", "appeal")


def test_a_letter_that_was_not_asked(town: Town) -> None:
    (hint,) = town.says(None, "limin", "B")
    assert hint.text.startswith("没听懂")
    asked(town, "wang", "电梯有点抖")
    (wrong,) = town.says(None, "limin", "A B")
    assert wrong.text == "没有问过「B」。还没答的:A"
    assert town.state(1) == "none"


def test_letters_go_on_through_the_day_and_begin_anew_on_the_next(town: Town) -> None:
    asked(town, "wang", "电梯有点抖")
    town.news()
    town.says("grid1", "liu", "门口好像有点脏")
    (question,) = town.until("2026-03-02 11:30")
    assert question.text.split("\n")[1] == "B 刘婶:门口好像有点脏"
    town.until("2026-03-02 17:01")
    town.says("grid1", "xiaowu", "路灯是不是暗了")
    assert town.until("2026-03-03 11:29") == []
    (question,) = town.until("2026-03-03 11:30")
    assert question.text.split("\n")[1] == "A 小吴:路灯是不是暗了"


def test_silence_drops_it_and_its_words_at_eight_of_the_next_evening(town: Town) -> None:
    asked(town, "wang", "电梯有点抖")
    town.until("2026-03-03 19:59")
    assert "电梯有点抖" in town.dump()
    town.until("2026-03-03 20:01")
    assert "电梯有点抖" not in town.dump()
    (hint,) = town.says(None, "limin", "A")
    assert hint.text.startswith("没听懂")


def test_it_is_deleted_with_ones_data_and_by_a_recall(town: Town) -> None:
    asked(town, "wang", "电梯有点抖")
    town.says("grid1", "wang", "@哨子 删除我的数据")
    town.says("grid1", "wang", "@哨子 确认删除")
    assert "电梯有点抖" not in town.dump()
    town.says("grid1", "liu", "门口好像有点脏", id="x1")
    town.passes(hours=2)
    town.says(None, "limin", "0")
    town.says("grid1", "liu", kind="recall", quote="x1")
    assert "门口好像有点脏" not in town.dump()


def test_what_may_be_an_emergency_is_asked_at_once_of_the_leader_and_who_is_on_duty(town: Town) -> None:
    town.says(None, "zhao", "值班 小陈 今天")
    said = town.says("grid1", "wang", "楼道好像有股糊味")
    assert {(s.room, s.to) for s in said} == {(None, "limin"), (None, "chen")}
    assert said[0].text == "【可能紧急】疑似诉求\nA 王姐:楼道好像有股糊味\n是的回字母,不是回 0"
    town.says(None, "chen", "A")
    assert town.state(1) == "reported"
    (told,) = town.says(None, "limin", "A")
    assert told.text == "A 记为 #1。"


def test_where_there_is_no_grid_leader_the_officer_is_asked(
    store_url: str, understander: Understander
) -> None:
    nobody = "\n".join(line for line in ROSTER.splitlines() if "王强" not in line)
    town = Town(store_url, Unsure(understander), nobody, "2026-03-02 09:00", config=CONFIG)
    (question,) = asked(town, "wang", "电梯有点抖", "grid2")
    assert question.to == "zhao"
    town.close()


def test_what_the_same_person_makes_plain_within_ten_minutes_opens_by_itself(town: Town) -> None:
    town.says("grid1", "wang", "电梯有点抖")
    town.says("grid1", "wang", "3栋2单元电梯坏了,老人出不了门", after=300)
    (ack, notice) = town.passes(seconds=10)
    assert ack.text.startswith("@王姐 记为 #1【电梯·小事】3栋2单元")
    assert "电梯有点抖" in notice.text
    assert not any("疑似" in s.text for s in town.passes(hours=3))


def test_doubtful_lines_of_two_matters_have_a_letter_each(town: Town) -> None:
    town.says("grid1", "wang", "电梯有点抖")
    town.says("grid1", "wang", "门口好像有点脏", after=60)
    asked = "\n".join(one.text for one in town.passes(hours=1))
    assert "A 王姐:电梯有点抖\n" in asked
    assert "B 王姐:门口好像有点脏\n" in asked


def test_what_is_plain_takes_no_doubt_of_another_matter_with_it(town: Town) -> None:
    town.says("grid1", "wang", "门口好像有点脏")
    town.says("grid1", "wang", "3栋2单元电梯坏了,老人出不了门", after=300)
    (_, notice) = town.passes(seconds=10)
    assert "有点脏" not in notice.text


def test_two_doubtful_lines_of_two_matters_make_no_case(town: Town) -> None:
    town.says("grid1", "wang", "电梯有点抖")
    town.says("grid1", "wang", "门口好像有点脏", after=300)  # nothing to do with it
    town.passes(minutes=1)
    assert town.state(1) == "none"


def test_what_a_neighbour_makes_plain_opens_too(town: Town) -> None:
    town.says("grid1", "wang", "电梯又抖了一下")
    town.says("grid1", "liu", "电梯抖得厉害,又坏了没人修", after=120)
    said = town.passes(seconds=45)
    assert texts(said, "grid1")[0].startswith("@王姐 记为 #1【电梯")


def test_an_endorsement_makes_plain_what_is_doubtful_for_its_place_only(town: Town) -> None:
    assert town.says("grid1", "wang", "3栋那边路灯是不是暗了") == []
    town.says("grid1", "liu", "我家也是", after=60)
    assert town.state(1) == "reported"


def test_an_endorsement_makes_it_plain_as_well(town: Town) -> None:
    town.says("grid1", "wang", "电梯有点抖")
    town.says("grid1", "liu", "我家也是", after=60)
    (ack, *_) = town.passes(seconds=10)
    assert ack.text.startswith("@王姐 记为 #1【电梯")
    (answer,) = town.says("grid1", "limin", "@哨子 进度 1")
    assert "(1 人附议)" in answer.text


def test_later_than_ten_minutes_it_stays_a_question(town: Town) -> None:
    town.says("grid1", "wang", "电梯有点抖")
    town.says("grid1", "liu", "我家也是", after=660)
    town.passes(hours=1)
    assert town.state(1) == "none"


def test_the_doubtful_talk_of_those_in_charge_is_nobodys_question(town: Town) -> None:
    town.says("grid1", "limin", "电梯有点抖")
    assert town.passes(hours=3) == []


def test_who_speaks_to_the_bot_means_it(town: Town) -> None:
    town.says("grid1", "wang", "@哨子 电梯有点抖")
    (ack, _) = town.passes(seconds=10)
    assert ack.text.startswith("@王姐 记为 #1")


def test_thresholds_are_what_mistakes_cost() -> None:
    least = Costs().thresholds()
    assert (least.sure, least.doubtful, least.emergency) == (0.95, 0.125, 0.005)
    config = Config.model_validate({"hearing": {"sure": None, "doubtful": 0.2, "costs": {"announced": 10}}})
    assert (config.hearing.thresholds().sure, config.hearing.thresholds().doubtful) == (0.9, 0.2)


def test_a_rooms_experience_is_bounded_and_fades_into_nothing_without_answers() -> None:
    assert Experience().applied(0.3) == 0.3
    assert Experience(yes=1000, no=0, expected=200).shift == 1.5
    assert Experience(yes=0, no=1000, expected=200).shift == -1.5
    assert abs(Experience(yes=20, no=80, expected=20).shift) < 1e-9


def test_letters() -> None:
    assert [letter(n) for n in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("02 07:00", "02 11:30"),
        ("02 09:00", "02 10:00"),
        ("02 09:30", "02 10:30"),
        ("02 09:31", "02 11:30"),
        ("02 11:29", "02 11:30"),
        ("02 11:30", "02 12:30"),
        ("02 15:30", "02 17:00"),
        ("02 17:00", "03 11:30"),
    ],
)
def test_when_it_is_asked(town: Town, said: str, due: str) -> None:
    work = town.house.policy.work
    at = datetime.strptime(f"2026-03-{said}", "%Y-%m-%d %H:%M").replace(tzinfo=work.zone).astimezone(UTC)
    assert f"{work.local(ask_at(at, work)):%d %H:%M}" == due


def test_a_picture_said_to_the_bot_is_answered_too(town: Town) -> None:
    (answer,) = town.says(None, "wang", "[图片]", kind="image", media="a.jpg")
    assert answer.text == "图收到了。请再说一句:哪里、怎么了。"
    town.says("grid1", "wang", "早")
    town.says(None, "wang", "5栋门口垃圾堆成山没人清", after=20)
    assert [line.media for line in town.appeal_of("wang")] == ["a.jpg", None]
    assert town.says(None, "wang", "……!!") == []  # a mark says nothing
