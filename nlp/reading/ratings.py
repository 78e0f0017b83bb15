"""Messages that answer something: a rating, nothing else; or a rating with more words, to one who asked."""

from __future__ import annotations

import re

from nlp.normalise import normalise

SATISFIED, FAIRLY, UNSATISFIED, UNSOLVED, UNCONTACTED = 1, 2, 3, 4, 5

_TRIM = " \t\n,.。!?~、;:…'\"“”‘’[]()()🙏😊😄🌹"
_SOFTENERS = re.compile(
    r"^(?:我|本人|我们|我家|我选|选|选择|评价|评|打|回复|回|答|对此|表示|还|挺|很|非常|十分|特别|相当|比较"
    r"|真的|太|总体|整体|觉得|感觉|嗯|好的|这次){0,4}"
)
_TAIL = re.compile(r"(?:的|了|吧|啊|哦|呀|哈|啦|呢|嘛|喽|号|谢谢|感谢|多谢|辛苦了|辛苦){0,4}$")
_WORDS = {
    SATISFIED: (
        "满意 很好 挺好 不错 蛮好 好评 赞 强 棒 没问题 没意见 👍 👌 ok 五星 五星好评 满分 办得好 解决 "
        "已解决 解决得很好"
    ),
    FAIRLY: (
        "基本满意 还行 还可以 还好 一般 一般般 凑合 马马虎虎 过得去 勉强满意 勉强 勉强可以 尚可 差不多 中评"
    ),
    UNSATISFIED: (
        "不满意 不满 不太满意 不怎么满意 不行 不好 差 太差 差评 差劲 弱 👎 失望 一点不满意 "
        "一点都不满意 不满意得很 极不满意"
    ),
    UNSOLVED: (
        "没解决 没有解决 未解决 还没解决 根本没解决 没弄好 没修好 没处理 没搞好 没办好 还没修好 "
        "还没好 没好 还是没解决 一点没解决 问题没解决 没给解决"
    ),
    UNCONTACTED: (
        "没人联系过我 没人联系 没人联系我 没有人联系我 没有人联系过我 没联系过我 没联系我 没有联系 "
        "无人联系 没人找过我 没人找我 没人理 没人理我 没人管 没人来过 没人来 没人打电话 没接到电话"
    ),
}
_MEANING = {word: digit for digit, words in _WORDS.items() for word in words.split()}
_STICKERS = {"强": SATISFIED, "ok": SATISFIED, "弱": UNSATISFIED, "赞": SATISFIED, "玫瑰": SATISFIED}
_DIGIT = re.compile(r"^[1-5]$")
_THUMBS = {"👍": SATISFIED, "👎": UNSATISFIED, "👌": SATISFIED}
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
LONGEST_RATING = 24
# What no rating is without; most lines have none of it.
_HINT = re.compile(
    r"[1-5一二三四五满好赞强棒行差弱般佳错\U0001f44d\U0001f44e\U0001f44c]|ok|没|无人|可以|凑合|马虎|得去|勉强|尚可|失望|解决"
)

LONGEST_ANSWER = 60
_CLAUSE = re.compile(r"[\s,.。!;、:~…]+")
_NAMED = re.compile("满意|解决|联系")  # what is asked, by its name: an answer wherever it stands in a line
_POINTS = re.compile(r"(?:我?[打给评])?([1-5])分(?:吧|哈)?")
_PRAISE = re.compile("谢|辛苦|满意|满分|好评|赞")
_MEASURE = re.compile(r"[\d栋幢座楼层单室户元块点时分秒月日年周天个人次位号条缺期#]|网格")


def rating_in(text: str) -> int | None:
    """The digit 1 to 5 (DESIGN §4) that a whole message answers with, or None if it is not plainly a rating.

    `3`, `3`, `3️⃣`, `三` and `不满意` are 3; “1楼漏水” and “满意度怎么查” are none.
    """
    return rating_of(normalise(text[: LONGEST_RATING * 4]).lower())


def rating_of(text: str) -> int | None:
    """The same for a text that is normalised and in lower case."""
    if not text or len(text) > LONGEST_RATING or not _HINT.search(text):
        return None
    text = _SKIN.sub("", text)
    sticker = re.fullmatch(r"(?:\[(强|弱|ok|赞)\]){1,5}", text)
    if sticker:
        return _STICKERS[sticker.group(1)]
    if set(text) <= set(_THUMBS) and len(set(text)) == 1:
        return _THUMBS[text[0]]
    return _word(text.strip(_TRIM))


def ratings_among(text: str) -> tuple[int, ...]:
    """The ratings that a line may give with more words, as one who was asked says it; of no answer none.

    `5 没人跟我说过` and `速度快,满意` give one. Where the ratings do not agree, as in `1 不满意`, or the line
    is in points (`5分`: the best of five, or number 5?), somebody has to ask. `3 楼漏水` is about a floor.
    """
    plain = normalise(text[: LONGEST_ANSWER * 4]).lower()
    first, *more = [clause for clause in _CLAUSE.split(plain) if clause] or [""]
    if len(plain) > LONGEST_ANSWER or "?" in plain or first in "一二三四五":
        return ()
    if points := _POINTS.fullmatch(first):
        return (SATISFIED,) if int(points[1]) >= 4 and _PRAISE.search(plain) else (SATISFIED, UNSATISFIED)
    if _DIGIT.match(first) and more and _MEASURE.match(more[0]):
        return ()
    found = (rating_of(first), *(rating_of(clause) for clause in more if _NAMED.search(clause)))
    return tuple(digit for digit in found if digit is not None)


def _word(text: str) -> int | None:
    for form in (
        text,
        _TAIL.sub("", text),
        _SOFTENERS.sub("", text),
        _SOFTENERS.sub("", _TAIL.sub("", text)),
    ):
        bare = form.strip(_TRIM)
        if _DIGIT.match(bare):
            return int(bare)
        if bare in _MEANING:
            return _MEANING[bare]
    return {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}.get(text)
