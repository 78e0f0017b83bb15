"""Everything that is learned, from the texts of a data folder and the lines that come with the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp import corpus, learn
from nlp.rules import KINDS
from nlp.understand import Learned, Understander
from nlp.urgency import EMERGENCY, URGENT
from nlp.weights import CATEGORY_FILE, CLASS_FILE, TALK_FILE, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from nlp.corpus import Line, Petition

OF_LINE = 10.0  # how much a line of group talk counts; an everyday line or a petition's sentence counts 1
LEAN = {EMERGENCY: 0.7}  # an emergency that is missed is worse than one too many
HAZARDS = ("fire", "gas", "lift", "electricity", "danger")
_HAZARD_OF = {
    "城乡建设/消防隐患": "fire",
    "城乡建设/燃气": "gas",
    "城乡建设/电梯": "lift",
    "城乡建设/供电": "electricity",
}
NOTES = (
    "What was learned: a word, what it says for each class; `*` is what every text has (`shaozi learn`).",
    "From lines written for this project, and from texts of 2020 泰迪杯 problem C (no licence stated:",
    "weights are counts, no rows shipped), Tencent prompts (CC-BY 3.0), LCCC (MIT) and KdConv (Apache-2.0).",
)


class Texts:
    """All texts to learn from: petitions with a class, posts without, everyday chat, lines of group talk."""

    def __init__(self, folder: Path | None, lines: Sequence[Line]) -> None:
        self.petitions: list[Petition] = corpus.petitions(folder) if folder else []
        self.posts: list[Petition] = corpus.stream(folder) if folder else []
        self.chat: list[Line] = corpus.chat(folder) if folder else []
        self.lines = list(lines)


def learn_all(texts: Texts, fast: bool | None = None) -> Learned:
    """Fit all weights. What is not known of a text is not learned from it."""
    bare = Understander(fast=fast, learned=Learned())
    return Learned(
        learn.fit_talk(list(_talk(texts, bare)), LEAN),
        learn.fit_classes([learn.Example(p.text, p.label) for p in _once(texts.petitions)], bare.words),
        learn.fit_categories(
            [learn.Example(line.text, line.category) for line in texts.lines if line.category], bare.words
        ),
    )


def write(learned: Learned, folder: Path) -> None:
    """Write the tables into a folder."""
    for name, weights in zip((TALK_FILE, CLASS_FILE, CATEGORY_FILE), learned, strict=True):
        (folder / name).write_text(render(weights, NOTES), encoding="utf-8")


def _once(petitions: Sequence[Petition]) -> Iterator[Petition]:
    """The petitions, without the segmented copies of those that are there whole."""
    whole = {p.group for p in petitions if p.whole}
    return (p for p in petitions if p.whole or p.group not in whole)


def _talk(texts: Texts, bare: Understander) -> Iterator[learn.Talk]:
    for petition in texts.petitions:
        if petition.whole:
            for part in (corpus.first_sentence(petition.text), petition.text[:30]):
                yield example(bare, part, {"appeal": True, EMERGENCY: False})
    for post in texts.posts:
        yield example(bare, corpus.first_sentence(post.text), {"appeal": True})
    for line in texts.chat:
        yield example(bare, line.text, {"appeal": False, EMERGENCY: False})
    for line in texts.lines:
        yield example(bare, line.text, dict(meets(line)), OF_LINE)


def meets(line: Line) -> Iterator[tuple[str, bool]]:
    """Which targets a line meets, as far as its labels say."""
    if line.kind:
        yield from ((kind, line.kind == kind) for kind in KINDS)
    urgency = line.urgency or (None if line.kind == "appeal" else "normal")
    if urgency:
        yield EMERGENCY, urgency == EMERGENCY
        if urgency != EMERGENCY:
            yield URGENT, urgency == URGENT
    if urgency == EMERGENCY:
        hazard = line.hazard or _HAZARD_OF.get(line.category or "", "danger")
        yield from ((name, hazard == name) for name in HAZARDS)
    if line.dispute is not None:
        yield "dispute", line.dispute


def example(bare: Understander, text: str, known: Mapping[str, bool], weight: float = 1.0) -> learn.Talk:
    """A line as it is learned from."""
    heard = bare.hear(text)
    rules = {
        **heard.scores.kinds,
        **heard.alarm.hazards,
        EMERGENCY: heard.alarm.emergency,
        URGENT: heard.alarm.urgent,
        "dispute": heard.dispute,
    }
    return learn.Talk(heard.signs, rules, known, weight)
