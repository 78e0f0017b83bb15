"""Messages that answer something: a rating, nothing else; or a rating with more words, to one who asked."""

from __future__ import annotations

import re

from nlp.letters import none_of
from nlp.normalise import normalise

SATISFIED, FAIRLY, UNSATISFIED, UNSOLVED, UNCONTACTED = 1, 2, 3, 4, 5

_TRIM = " \t\n,.。!?~、;:…'\"“”‘’[]()()🙏😊😄🌹"
_BEFORE = (
    "我|本人|我们|我家|我选|选|选择|评价|评|打|回复|回|答|对此|表示|还|挺|很|非常|十分|特别|相当|比较"
    "|真的|太|总体|整体|觉得|感觉|嗯|好的|这次"
)
_AFTER = "的|了|吧|啊|哦|呀|哈|啦|呢|嘛|喽|号|谢谢|感谢|多谢|辛苦了|辛苦"
_SOFTENERS = re.compile(rf"^(?:{_BEFORE}){{0,4}}")
_TAIL = re.compile(rf"(?:{_AFTER}){{0,4}}$")
_WORDS = {
    SATISFIED: (
        "满意 很好 挺好 不错 蛮好 好评 赞 强 棒 没问题 没意见 👍 五星 五星好评 满分 办得好 解决 "
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
_STICKERS = {"强": SATISFIED, "弱": UNSATISFIED, "赞": SATISFIED, "玫瑰": SATISFIED}
_DIGIT = re.compile(r"^[1-5]$")
_THUMBS = {"👍": SATISFIED, "👎": UNSATISFIED}
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
LONGEST_RATING = 24
# A text with a letter of another word is no rating: most lines are passed over by their first letters.
_SKINS = map(chr, range(0x1F3FB, 0x1F400))
_OTHER = none_of({*_TRIM, *_BEFORE, *_AFTER, *"".join(_MEANING), *"12345一二三四五玫瑰", *_THUMBS, *_SKINS})

LONGEST_ANSWER = 60
LONGEST_OUTCOME = 30
_WRONG = "坏|漏|堵|响|臭|满|黑|滴|停|脏|吵|乱|闪|卡|晃"
_MEND = "修|弄|搞|处理|解决|清|收|管|换|动|办|疏通|打扫|弄好|安排"
_ASKS = re.compile(r"[?]|(?:没有?|吗|么|不)[啊呀呢]?$|什么时候|多久|怎么办|怎么样了")
_BROKEN_STILL = re.compile(
    rf"(?:还是|还在|还|仍然?|依然|依旧|照样|又)(?:是|在|有点?)?"
    rf"(?:不(?:行|亮|通|好|能|会|转|动|来)|没|(?:{_WRONG})|老样子|原样)"
    rf"|(?:{_WRONG})(?:还|也|都|又|照样)?(?:是|在)(?:{_WRONG})|没变化|老样子"
    rf"|(?:根本|压根|完全|一点|从来|都|就|也|还)*(?:没有?|未|冇|莫得|没得)(?:人|哪个|谁)?(?:来)?(?:{_MEND}|好|变)"
    rf"|(?:{_MEND})(?:个)?(?:啥子?|什么|屁|锤子|鬼|毛线|铲铲)|哪里?(?:{_MEND})?(?:好|完)了"
    r"|骗人|糊弄|敷衍|白修|白弄|跟没修|等于没|没用|没效果|根本不行"
)
_WHOM = r"(?:你们?|大家|师傅|哨子|社区|物业|啦|了|啊|哈)*"
_THANKS = rf"(?:(?:谢谢|多谢|感谢|辛苦了?|好的|嗯|哈){_WHOM}[\s,.。!、~]*)*"
_MENDED = re.compile(
    rf"{_THANKS}(?:已经?|都|全|终于|总算|果然|目前|这[回次下]|现在|今天|刚才|刚刚|师傅|(?:水|电|气|网|灯|门|电梯|楼道|垃圾|暖气))*"
    rf"(?:(?:(?:来|给)?(?:{_MEND})(?:好|完|通|掉|干净|亮|妥)(?:了|啦|咯|喽)|(?:好|通|亮|正常|恢复|干净|可以|解决)(?:了|啦)"
    rf"|不(?:{_WRONG})了|(?:水|电|气|网)来了|有(?:热?水|电|气|网|暖气?|信号)了|没(?:啥|什么)?问题了|行了"
    rf"|(?:可以|能)(?:正常)?(?:用|开|关|上|走|过|洗|进|停)(?:了|啦)|恢复正常(?:了|啦)?|(?:好|亮|干净|安静|清静|方便|宽敞|好走)多了)[\s,]*){{1,3}}"
    rf"[\s,.。!、~]*(?:很快|挺快|速度快|很及时|不错)?[\s,.。!、~]*{_THANKS}"
)
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
    if not text or len(text) > LONGEST_RATING or _OTHER.search(text):
        return None
    text = _SKIN.sub("", text)
    sticker = re.fullmatch(r"(?:\[(强|弱|赞)\]){1,5}", text)
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


def outcome_in(text: str) -> int | None:
    """What somebody who was asked says of the thing itself: 4 (还是坏的), 1 (谢谢,修好了), or None.

    A question (修好了吗) is none; where both are said (修好了又漏), it is not solved.
    """
    plain = normalise(text[: LONGEST_ANSWER * 4]).lower()
    if not plain or len(plain) > LONGEST_OUTCOME or _ASKS.search(plain):
        return None
    if _BROKEN_STILL.search(plain):
        return UNSOLVED
    return SATISFIED if _MENDED.fullmatch(plain.strip(_TRIM)) else None


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
