"""Nothing that names or places a person passes to the public board."""

from __future__ import annotations

from random import Random

import pytest

from handlers.board.public_words import public_words

SHOWN = [
    "{x}",
    "我家{x}漏水",
    "请打{x}找我",
    "{x},谢谢",
    "3栋2单元{x}的灯不亮",
    "说是{x}那户",
    "电话:{x}。",
    "({x})",
]
SPELT = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
FULL = {str(n): chr(0xFF10 + n) for n in range(10)}
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周欧阳上官", "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"


def spelt(digits: str) -> str:
    return "".join(SPELT[d] for d in digits)


def mobile(random: Random) -> str:
    digits = f"1{random.choice('3456789')}{random.randrange(10**9):09d}"
    parts = digits[:3], digits[3:7], digits[7:]
    return random.choice(
        [
            digits,
            "-".join(parts),
            " ".join(parts),
            ".".join(parts),
            f"+86{digits}",
            f"0086 {digits}",
            "".join(FULL[d] for d in digits),
            spelt(digits),
            f"{digits[:5]} {digits[5:]}",
            "-".join("".join(FULL[d] for d in part) for part in parts),
        ]
    )


def door(random: Random) -> str:
    floor, number = random.randrange(1, 34), random.randrange(1, 9)
    plain = f"{floor}{number:02d}"
    forms = f"{plain} {plain}室 {plain}号 {floor}-{number} 3-2-{plain} {spelt(plain)}室 B{plain}".split()
    forms += f"{plain}/{plain[:-1]}9 3栋:{plain} 2单元{plain} 3栋{floor}-{number} #{plain}".split()
    return random.choice(forms)


def plate(random: Random) -> str:
    tail = "".join(random.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(random.choice([5, 6])))
    mark = random.choice(["", "·", " ", "-"])
    return f"{random.choice('京津沪渝川鄂粤浙')}{random.choice('ABCDEF')}{mark}{tail}"


def card(random: Random) -> str:
    digits = f"6222{random.randrange(10**15):015d}"
    born = f"{random.randrange(1940, 2015)}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}"
    identity = f"500101{born}{random.randrange(1000):03d}X"
    return random.choice([digits, " ".join(digits[n : n + 4] for n in range(0, 19, 4)), identity])


def account(random: Random) -> str:
    word = "".join(random.choice("abcdefghij") for _ in range(6))
    return random.choice([f"wx{word}{random.randrange(100)}", f"{word}@qq.com", f"https://t.cn/{word}"])


@pytest.mark.parametrize("make", [mobile, door, plate, card, account], ids=lambda make: make.__name__)
def test_no_number_door_plate_or_account_passes(make: object) -> None:
    random = Random(20260302)
    passed = []
    for _ in range(2_000):
        secret = make(random)  # type: ignore[operator]
        shown = public_words(random.choice(SHOWN).format(x=secret))
        bare = "".join(c for c in secret if c.isalnum())
        digits = "".join(c for c in secret if c.isdigit())
        left = "".join(c for c in shown if c.isalnum())
        if secret in shown or (len(digits) > 3 and digits[-4:] in left) or bare in left:
            passed.append((secret, shown))
    assert passed == []


def test_no_name_of_the_roster_or_a_household_passes() -> None:
    random = Random(7)
    given = [random.choice([random.choice(GIVEN), "".join(random.sample(GIVEN, 2))]) for _ in range(400)]
    names = {random.choice(SURNAMES) + name for name in given}
    for number in range(2_000):
        name = random.choice(sorted(names))
        shown = public_words(random.choice(SHOWN).format(x=name), names)
        assert name not in shown, number


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("3栋2单元电梯又坏了,老人上不去", "3栋2单元电梯又坏了,老人上不去"),
        ("5栋门口那堆装修垃圾放了三天了", "5栋门口那堆装修垃圾放了三天了"),
        ("3月10日前修好,换了2盏灯,18楼也亮了", "3月10日前修好,换了2盏灯,18楼也亮了"),
        ("楼道的LED灯和WiFi箱", "楼道的LED灯和WiFi箱"),
        ("王姐家漏水,李师傅来看过,陈老师也知道", "某某家漏水,某某来看过,某某也知道"),
        ("三栋二单元五零一室漏水", "三栋二单元***室漏水"),
        ("二十三栋的水停了两天", "二十三栋的水停了两天"),
    ],
)
def test_what_is_harmless_stays(words: str, shown: str) -> None:
    assert public_words(words) == shown
