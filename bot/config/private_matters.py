"""`private_matters`: what is not spoken of in a group, and who helps with it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.values import ConfigPart


class PrivateMatters(ConfigPart):
    """One row of the table of private matters."""

    categories: Annotated[tuple[str, ...], Field(min_length=1)]
    answer: Annotated[str, Field(min_length=1)]
    words: tuple[Annotated[str, Field(min_length=2)], ...] = ()


PRIVATE_MATTERS = (
    PrivateMatters(
        categories=("劳动和社会保障/社保", "劳动和社会保障/退休待遇"),
        answer="社保、退休待遇拨 12333,或到街道便民服务中心社保窗口,带身份证和社保卡。",
        words=("社保", "医保", "退休金", "养老金"),
    ),
    PrivateMatters(
        categories=("政法/户籍证件",),
        answer="户口、身份证、居住证到辖区派出所户籍窗口办,先打电话问清要带什么。",
        words=("身份证", "户口", "居住证"),
    ),
)
