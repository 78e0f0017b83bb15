"""Everything that is learned, from the texts of a data folder and the lines that come with the project."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from nlp import calibration
from nlp.calibration import CALIBRATION_FILE
from nlp.features import OPENING
from nlp.hearing import HEARD
from nlp.learned import Learned
from nlp.learning import corpus, fitting
from nlp.learning.real import COUNTS, counts_of, only_asks, pieces, real_lines
from nlp.rules import KINDS, URGENT
from nlp.understand import Understander
from nlp.urgency import EMERGENCY
from nlp.weights import CATEGORY_FILE, CLASS_FILE, TALK_FILE, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from nlp.learning.corpus import CorpusLine, Petition

# How much a line of group talk counts; an everyday line or a petition's sentence counts 1.
OF_LINE = {**dict.fromkeys((*KINDS, EMERGENCY), 5.0), "appeal": 1.5}
LEAN = {EMERGENCY: 2.0}  # one that is missed is worse than one too many
EACH_ONCE: Mapping[str, float] = {}
NO_APPEAL: Mapping[str, bool] = {"appeal": False, EMERGENCY: False, HEARD: False}
HAZARDS = ("fire", "gas", "lift", "electricity", "danger")
_HAZARD_OF = {
    "城乡建设/消防隐患": "fire",
    "城乡建设/燃气": "gas",
    "城乡建设/电梯": "lift",
    "城乡建设/供电": "electricity",
}
NOTES = (
    "What was learned: for each [class] what every text has, then words and what they say for it.",
    "From lines written for this project, and from texts of 2020 泰迪杯 problem C (no licence stated:",
    "weights are counts, no rows shipped), Tencent prompts (CC-BY 3.0), LCCC (MIT), KdConv (Apache-2.0), and",
    "real talk and complaints of real_lines.csv (licences as named there, or none stated: counts, no rows).",
)


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """All texts to learn from: petitions with a class, posts without, chat, group talk, real talk."""

    petitions: Sequence[Petition] = ()
    posts: Sequence[Petition] = ()
    chat: Sequence[CorpusLine] = ()
    lines: Sequence[CorpusLine] = field(default_factory=corpus.group_lines)
    real: Sequence[CorpusLine] = ()

    @classmethod
    def of(cls, folder: Path, lines: Sequence[CorpusLine]) -> TrainingTexts:
        """The texts of a data folder, near copies among its petitions known, with lines of group talk."""
        found = corpus.petitions(folder)
        every = corpus.grouped([*found, *corpus.stream(folder)], Understander(learned=Learned()).words)
        posts = every[len(found) :]
        return cls(every[: len(found)], posts, corpus.chat(folder), lines, real_lines(folder))


class Learner:
    """Fits weights to texts. What the rules say of a text is found out once, however often it is used."""

    lean = LEAN

    def __init__(self, bare: Understander | None = None) -> None:
        self._bare = bare or Understander(learned=Learned())
        self._known: dict[str, fitting.TrainingLine] = {}

    def fit(self, texts: TrainingTexts) -> Learned:
        """All weights, from texts; what is not known of a text is not learned from it."""
        words = self._bare.words
        told = [*texts.lines, *texts.real]
        lines = [fitting.Example(line.text, line.category) for line in told if line.category]
        petitions = [fitting.Example(p.text, p.label) for p in _once(texts.petitions)]
        return Learned(
            fitting.fit_talk(list(self.talk(texts)), self.lean),
            fitting.fit_classes(petitions, words),
            fitting.fit_categories(lines, words),
            calibration.shipped(),
        )

    def copies(self, lines: Sequence[CorpusLine]) -> list[int]:
        """The group of near copies of each line."""
        return corpus.groups([line.text for line in lines], self._bare.words)

    def talk(self, texts: TrainingTexts) -> Iterator[fitting.TrainingLine]:
        """Everything that kinds of talk are learned from, as it is learned from."""
        petition = {HEARD: counts_of("petition")}
        for one in texts.petitions:
            calm = {EMERGENCY: False} if one.whole else {}
            for part in filter(_tells, _openings(one)):
                yield self._example(part, {"appeal": True, HEARD: True, **calm}, petition)
        letter = {HEARD: counts_of("post")}
        for post in texts.posts:
            for part in filter(_tells, _openings(post, 2)):  # its title, and how it goes on
                yield self._example(part, {"appeal": True, HEARD: True}, letter)
        for line in texts.chat:
            yield self._example(line.text, NO_APPEAL, {HEARD: counts_of("chat")})
        for line in texts.lines:
            other = COUNTS["appeal" if line.kind == "appeal" else "line"]
            counts = OF_LINE | {HEARD: COUNTS.get(line.source, other)}
            yield self._example(line.text, dict(meets(line)), counts)
        for line in texts.real:
            appeal = line.kind == "appeal"
            if appeal and line.category is None and not _tells(line.text):
                continue  # nobody read it
            known = {"appeal": appeal, HEARD: appeal} if appeal or line.kind == "question" else NO_APPEAL
            yield self._example(line.text, known, {HEARD: counts_of(line.source)})
        for piece in pieces(texts.real):
            yield self._example(piece.text, {HEARD: False}, {HEARD: counts_of(piece.source)})

    def _example(
        self, text: str, known: Mapping[str, bool], counts: Mapping[str, float]
    ) -> fitting.TrainingLine:
        """A line as it is learned from."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._heard(text)
        return fitting.TrainingLine(found.signs, found.rules, known, counts)

    def _heard(self, text: str) -> fitting.TrainingLine:
        heard = self._bare.hear(text)
        rules = {
            **heard.scores.kinds,
            **heard.alarm.hazards,
            EMERGENCY: heard.alarm.emergency,
            URGENT: heard.alarm.urgent,
            "dispute": heard.dispute,
        }
        return fitting.TrainingLine(frozenset(heard.signs), rules, {}, EACH_ONCE)


def write(learned: Learned, folder: Path) -> None:
    """Write the tables into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {TALK_FILE: learned.talk, CLASS_FILE: learned.classes, CATEGORY_FILE: learned.categories}
    for name, weights in tables.items():
        (folder / name).write_text(render(weights, NOTES), encoding="utf-8")
    (folder / CALIBRATION_FILE).write_text(calibration.render(learned.calibration), encoding="utf-8")


def meets(line: CorpusLine) -> Iterator[tuple[str, bool]]:
    """Which targets a line meets, as far as its labels say."""
    if line.kind:
        yield from ((kind, line.kind == kind) for kind in KINDS)
        yield HEARD, line.kind == "appeal"
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


def _openings(petition: Petition, sentences: int = 1) -> set[str]:
    """How a petition begins: what its writer would say in a group."""
    text = corpus.without_greeting(petition.text)
    if not petition.whole:  # its words are in order, its sentences are gone
        return {text[:OPENING]}
    return {text[:OPENING], *islice(corpus.sentences(text), sentences)}


def _tells(text: str) -> bool:
    return not only_asks(text)


def _once(petitions: Sequence[Petition]) -> Iterator[Petition]:
    """The petitions, without the segmented copies of those that are there whole."""
    whole = {p.group for p in petitions if p.whole}
    return (p for p in petitions if p.whole or p.group not in whole)
