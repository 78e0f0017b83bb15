"""What is asked of the bot without the word of a command: done where nothing more is needed, else told how.

“我有多少积分” is 积分; who wants to vote, to correct what they said, to be taken off hears which words do it.
Only whole sentences said to the bot, after all that may answer what it asked itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from handlers.hearing.verbs import Verb
from handlers.texts.punctuation import without_marks

LONGEST = 30  # characters; who says more tells of something
_BEFORE = (
    r"(?:请问|麻烦|帮我|帮忙|我们?|你|想|要|怎么样?|如何|可以|能不能|能|在哪[里儿]?|去哪[里儿]?|哪[里儿]|一下|看看?"
    r"|查看?|[,，\s])*"
)
_AFTER = r"(?:吗|呢|啊|呀|吧|了|没有?|在哪[里儿]?|怎么|去哪[里儿]?|看|查|谢谢|[,，?？\s])*"
_END = r"(?:吧|了|啦|哈|哦|呀)*"
_URGED = re.compile(
    rf"(?:请|麻烦|帮我|帮忙|你|你们|再)*催(?:一?[下催]|促)?{_END}|(?:能不能|可以)?(?:快|抓紧)(?:一?点|些)(?:来|修|办|处理)?{_END}"
    r"|(?:这?都|已经)?(?:好?几|[\d一二两三四五六七八九十半]+)?个?(?:天|小时|周|星期|月|年)了?(?:怎么)?还?是?"
    r"(?:没|不见)有?(?:人|动静|消息|回音|下文)?(?:来|管|修|理|处理|弄)?(?:呢|啊|呀)?"
    r"|(?:怎么)?还(?:没|不)(?:见|有)?人?(?:来|管|修|理|处理|弄)(?:呢|啊|呀)?"
)
_WHAT = "(?:些?什么|哪些|啥)"


class AskedFor(NamedTuple):
    """The command that is asked for, and whether it can be given without more words.

    `told` is the wording of what is said in its place, where that is not how it is said.
    """

    verb: Verb
    at_once: bool = False
    told: str = ""
    with_words: bool = False  # the sentence says all that the command wants


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile(f"{_BEFORE}(?:{'|'.join(patterns)}){_AFTER}")


_TABLE: tuple[tuple[AskedFor, re.Pattern[str]], ...] = (
    (
        AskedFor(Verb.HELP, at_once=True),
        _whole(
            f"会?(?:做|干)?{_WHAT}",
            "(?:使用)?说明书?",
            "教?我?用",
            "菜单",
            "功能",
            "操作",
            f"有{_WHAT}(?:命令|功能)",
        ),
    ),
    (
        AskedFor(Verb.POINTS, at_once=True),
        _whole("有(?:多少|几个?)(?:积分|分)", "我?的?积分(?:有?多少|余额|还剩多少)?"),
    ),
    (AskedFor(Verb.EXCHANGE, at_once=True), _whole(f"积分(?:能|可以)?(?:换|兑换?){_WHAT}?(?:东西)?")),
    (
        AskedFor(Verb.ACTIVITIES, at_once=True),
        _whole(f"(?:最近|这周|本周|周末|这个?月|小区|社区|[里有])*{_WHAT}?活动"),
    ),
    (
        AskedFor(Verb.MY_DATA, at_once=True),
        _whole(f"们?[留存记]了我的?{_WHAT}(?:信息|东西|数据)?", "我?登记(?=[了没])"),
    ),
    (
        AskedFor(Verb.MINE, at_once=True),
        _whole(f"(?:以前|之前|都)*(?:提|说|报|反映)过(?:的|{_WHAT})(?:事情?|诉求|问题)?"),
    ),
    (AskedFor(Verb.PROGRESS, at_once=True), _URGED),
    (
        AskedFor(Verb.PROGRESS, at_once=True),
        _whole(
            "谁在?(?:办|管|负责|处理)(?:这事|这件|我的事)?",
            "(?:为什么|为啥|凭什么|怎么)(?:又|会|被|就|给|把)*(?:我的?)*(?:不受理|不予受理|退回?|关|归档|不办|不管|不派)(?:了|掉)?",
            "(?:到底|现在|究竟|都)*有没?有?人(?:在)?(?:管|理|来|修|处理|办|弄|看)(?:修|处理|了|过)?[没不]?有?",
            "为什么还?没(?:弄|办|修|处理)?[好完]?",
            "[这么太真]+慢",
            "(?:还是|怎么|都|还)*没人?(?:联系|理|管|来|找过?)(?:过?我)?",
            "换个?人来?办?",
        ),
    ),
    (
        AskedFor(Verb.VOLUNTEER),
        _whole(
            r"(?:报名|当|做|成为|加入)*(?:个|一名)?(?:志愿者?|义工)(?:[,，\s]*(?:会|懂|能|擅长)\S{1,12})?"
        ),
    ),
    (AskedFor(Verb.PARTY_MEMBER), _whole("是(?:中共|一名|个|老)*党员[,，\\s]*(?:[来要]|报个?到)*")),
    (AskedFor(Verb.WISH), _whole("[许提发说]一?个?心?愿望?", "心愿")),
    (AskedFor(Verb.GOOD_PERSON), _whole("(?:表扬|夸|点赞)[一下]*[^。什么]{0,24}")),
    (
        AskedFor(Verb.ENTRUST),
        _whole(
            r"[代替帮]\S{1,6}投票?", r"[让请找]\S{1,6}[代替帮]我?投票?", r"委托(?:投票)?给?\S{1,6}?(?:投票?)?"
        ),
    ),
    (
        AskedFor(Verb.BALLOT, told="see_ballot"),
        _whole(f"(?:有{_WHAT})?(?:表决|投票)的?结果(?:出来|怎么样|什么时候出)?", f"有{_WHAT}表决"),
    ),
    (AskedFor(Verb.VOTE), _whole("投票(?:怎么投|同意|反对|弃权|赞成|给谁)?", "投(?:同意|反对|弃权|赞成)票?")),
    (
        AskedFor(Verb.OBJECT),
        _whole(
            r"有?提?个?异议(?:[,，\s]\S{1,20})?",
            "对?这?个?(?:决定|结果|公示|方案)我?们?(?:不同意|不公平|有意见|有问题|不服)",
        ),
    ),
    (AskedFor(Verb.PUBLICITY, told="see_publicity"), _whole(f"(?:有{_WHAT})?公示(?:的?内容)?")),
    (
        AskedFor(Verb.REGISTER, at_once=True, with_words=True),
        _whole(
            r"(?:是|住在?|家住|家在)\d{1,3}(?:栋|幢|号楼)(?:\d{1,2}单元)?\d{3,4}[室号]?的?(?:住户|业主|租客)?"
        ),
    ),
    (
        AskedFor(Verb.REGISTER),
        _whole(
            "登记(?:住户|住址|信息)?",
            r"(?:是|住在?|家在)\d{1,3}(?:栋|幢|号楼)(?:\d{1,2}单元)?的?(?:住户|业主|租客)?",
            r"(?:[刚才]|已经?)*搬(?:走|家|进?来|到|新家)\S{0,16}",
        ),
    ),
    (
        AskedFor(Verb.CORRECT),
        _whole(
            r"(?:改(?:一下|下|个)|更正)\S{0,14}",
            r"[说写打]错\S{0,14}",
            r"\S{2,14}(?:改一下|更正一下|说错了|写错了)[,，\s]*(?:应该|应当)?是\S{2,14}",
            "(?:地址|位置|楼栋|楼号|单元|门牌|房号)[说写报搞发]?(?:错|不对)",
            r"是?\d+\S{1,3}[,，]?不是\d+\S{1,3}",
        ),
    ),
    (AskedFor(Verb.WITHDRAW), _whole("撤[回掉]?(?:刚才|上一?|这|那)*[条个件]", "(?:图片?|照片)?发错")),
    (
        AskedFor(Verb.DELETE_MY_DATA, told="mute"),
        _whole(
            "退订?出?群?",
            "[别不]要?再?(?:@我|艾特我|发给我|给我发|烦我|吵我)(?:消息|信息|通知|东西)?",
            r"把我\S{0,6}(?:名单|群)\S{0,3}[删去]掉?",
        ),
    ),
    (
        AskedFor(Verb.DELETE_MY_DATA),
        _whole("(?:删除?掉?|去掉|注销)(?:我|我的|我说的|账号|名字|信息|数据|话)*", r"把我\S{0,6}[删去]掉?"),
    ),
    (
        AskedFor(Verb.RATE, told="rate_later"),
        _whole("(?:很|非常|不太|比较|给个?)*(?:不?满意|[差好]评|[五5]星)"),
    ),
    (
        AskedFor(Verb.MEDIATE, told="nothing_to_confirm"),
        _whole(r"(?:不?认可|不?确认)(?:[,，\s]\S{1,24})?"),
    ),
    (AskedFor(Verb.SECOND), _whole("家?也(?:是|一样|有|遇到|碰到)(?:这样|这个问题)?")),
)


def asked_for(text: str) -> AskedFor | None:
    """Return what a sentence asks of the bot, None if it is nothing of these."""
    plain = without_marks(text)
    if not plain or len(plain) > LONGEST:
        return None
    return next((asked for asked, pattern in _TABLE if pattern.fullmatch(plain)), None)
