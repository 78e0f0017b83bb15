"""What is said together: the texts of several rows as one message.

Texts that begin alike (a case's number, an @ and what was done) and end alike become one sentence:

    #1 已派给万邦物业。@王姐        →  #1 已派给万邦物业;办理中:师傅八点半到。@王姐
    #1 办理中:师傅八点半到。@王姐
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STOP, BETWEEN = "。", ";"
GATHERS = "gather:"  # how a hold begins whose rows go sooner, with what else is said in their lane


def one_message(texts: Sequence[str]) -> str:
    """Return several texts as one: what begins alike in one sentence, each other on a line of its own."""
    lines: list[list[str]] = []
    for text in texts:
        for line in lines:
            if _alike(line[-1], text):
                line.append(text)
                break
        else:
            lines.append([text])
    return "\n".join(line[0] if len(line) == 1 else _sentence(line) for line in lines)


def _alike(one: str, other: str) -> bool:
    """Whether two texts begin with the same words before what differs, and both are one sentence."""
    return "\n" not in one + other and bool(_head(one, other)) and STOP in one and STOP in other


def _head(one: str, other: str) -> str:
    """Return the words with which both begin: they end before a space."""
    same = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        same += 1
    return one[: one.rfind(" ", 0, same) + 1]


def _sentence(texts: list[str]) -> str:
    """Return texts that begin alike as one sentence, which ends as the last of them does."""
    head = min((_head(texts[0], text) for text in texts[1:]), key=len)
    bodies = [_parted(text[len(head) :]) for text in texts]
    middles = [body for body, _ in bodies]
    tail = bodies[-1][1]
    if any(end.strip() and not tail.startswith(end.strip()) for _, end in bodies[:-1]):
        return "\n".join(texts)
    common = _common_end(middles)
    return (
        head + BETWEEN.join(dict.fromkeys(m[: len(m) - len(common)] for m in middles)) + common + STOP + tail
    )


def _parted(text: str) -> tuple[str, str]:
    """Return a sentence, and what stands after its end: whom it calls, what it asks."""
    calls = text.rfind(f"{STOP}@")
    end = calls if calls >= 0 else text.rfind(STOP)
    return text[:end], text[end + 1 :]


def _common_end(texts: list[str]) -> str:
    """Return the last sentences that all texts share."""
    first = texts[0]
    for start in (i for i, letter in enumerate(first) if letter == STOP):
        if all(text.endswith(first[start:]) for text in texts):
            return first[start:]
    return ""
