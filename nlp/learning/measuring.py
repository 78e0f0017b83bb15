"""How well texts are understood: counted on texts that nothing was learned from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from nlp.learning import corpus
from nlp.learning.folds import folds_by_name, folds_of, only, without
from nlp.learning.real import UNSEEN, family
from nlp.understand import Understander
from nlp.understanding import Kind, Urgency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nlp.learning.corpus import CorpusLine, Petition
    from nlp.learning.training import Learner, TrainingTexts
    from nlp.understanding import Understanding

Counts: TypeAlias = "Counter[tuple[str, str]]"  # how often what is truly so was said to be what
OPENING = 30


@dataclass(frozen=True, slots=True)
class Measures:
    """What was truly so and what was said, counted, for each thing that is measured."""

    whole: Counts = field(default_factory=Counter)  # first-level classes of whole petitions
    opening: Counts = field(default_factory=Counter)  # the same from their first 30 characters
    sentences: Counts = field(default_factory=Counter)  # kinds of petitions' first sentences
    everyday: Counts = field(default_factory=Counter)  # kinds of everyday chat, by source
    kinds: Counts = field(default_factory=Counter)  # kinds of lines of group talk
    urgency: Counts = field(default_factory=Counter)
    categories: Counts = field(default_factory=Counter)  # of lines known to be appeals
    disputes: Counts = field(default_factory=Counter)
    real: Counts = field(default_factory=Counter)  # what would be done with real lines, by source and kind
    real_alarms: Counts = field(default_factory=Counter)  # whether they are heard as emergencies
    real_categories: Counts = field(default_factory=Counter)

    def add(self, other: Measures) -> None:
        """Add what was counted elsewhere."""
        for name in self.__dataclass_fields__:
            getattr(self, name).update(getattr(other, name))


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which probability on a line is announced or asked about."""

    sure: float
    doubtful: float

    def outcome(self, found: Understanding) -> str:
        """What is done with a line: `sure`, `doubtful` or `no`."""
        if found.probability >= self.sure:
            return "sure"
        return "doubtful" if found.probability >= self.doubtful else "no"


def cross_validated(
    texts: TrainingTexts,
    learner: Learner,
    bounds: Bounds,
    folds: int = 5,
    told: Callable[[int], None] = lambda _: None,
    *,
    leave_source_out: bool = False,
) -> Measures:
    """Learn from all folds but one and count on that one, each in turn; near copies are in one fold.

    The students' group is never learned from; with `leave_source_out` every source of real talk is in one
    fold as a whole. Probabilities are those of the calibration that comes with the project.
    """
    of_real = _folds_of_real(texts, learner, folds, whole=leave_source_out)
    of_petition = folds_of([p.group for p in (*texts.petitions, *texts.posts)], folds)
    bare = Understander()
    of_line = folds_of(corpus.groups([line.text for line in texts.lines], bare.words), folds)
    of_chat = folds_of(list(range(len(texts.chat))), folds)
    posts = of_petition[len(texts.petitions) :]
    figures = Measures()
    for fold in range(folds):
        told(fold)
        learned = learner.fit(
            replace(
                texts,
                petitions=without(texts.petitions, of_petition, fold),
                posts=without(texts.posts, posts, fold),
                chat=without(texts.chat, of_chat, fold),
                lines=without(texts.lines, of_line, fold),
                real=[line for line in without(texts.real, of_real, fold) if line.source != UNSEEN],
            )
        )
        mind = Understander(learned=learned)
        figures.add(of_petitions(mind, only(texts.petitions, of_petition, fold)))
        figures.add(of_chat_lines(mind, only(texts.chat, of_chat, fold)))
        figures.add(of_lines(mind, only(texts.lines, of_line, fold)))
        figures.add(of_real_lines(mind, only(texts.real, of_real, fold), bounds))
    return figures


def _folds_of_real(texts: TrainingTexts, learner: Learner, folds: int, *, whole: bool) -> list[int]:
    if whole:
        return folds_by_name([family(line.source) for line in texts.real], folds)
    return folds_of(learner.copies(texts.real), folds)


def of_real_lines(mind: Understander, lines: Iterable[CorpusLine], bounds: Bounds) -> Measures:
    """Count what would be done with real lines, by their source and kind."""
    figures = Measures()
    for line in lines:
        heard = mind.hear(line.text)
        found = mind.judge(heard)
        read = ", read" if line.category else ""
        source = f"{line.source} ({line.kind}{read})"
        figures.real[source, bounds.outcome(found)] += 1
        figures.real_alarms[source, found.urgency.value] += 1
        if line.category:
            figures.real_categories[line.category, mind.category(heard)] += 1
    return figures


def of_labels(mind: Understander, rows: Sequence[tuple[str, str]]) -> Counts:
    """Count what labelled texts are said to be: kinds, urgencies, or categories, whichever the labels are.

    First-level classes are chosen among those that occur as labels.
    """
    labels = {label for _, label in rows}
    counts: Counts = Counter()
    among = None if any("/" in label for label in labels) else sorted(labels)
    for text, label in rows:
        if labels <= set(Kind):
            said = mind.understand(text).kind.value
        elif labels <= set(Urgency):
            said = mind.understand(text).urgency.value
        elif among is None:
            said = mind.category_of(text)
        else:
            said = mind.category_of(text, among).split("/")[0]
        counts[label, said] += 1
    return counts


def of_petitions(mind: Understander, petitions: Iterable[Petition]) -> Measures:
    """Count classes and kinds of whole petitions."""
    figures = Measures()
    found = [p for p in petitions if p.whole]
    among = sorted({p.label for p in found})
    for petition in found:
        for counts, text in ((figures.whole, petition.text), (figures.opening, petition.text[:OPENING])):
            said = mind.category_of(text, among).split("/")[0]
            counts[petition.label, said] += 1
        figures.sentences["appeal", mind.understand(corpus.first_sentence(petition.text)).kind.value] += 1
    return figures


def of_chat_lines(mind: Understander, lines: Iterable[CorpusLine]) -> Measures:
    """Count the kinds of everyday chat."""
    figures = Measures()
    figures.everyday.update((line.source, mind.understand(line.text).kind.value) for line in lines)
    return figures


def of_lines(mind: Understander, lines: Iterable[CorpusLine]) -> Measures:
    """Count what is said of lines of group talk, as far as their labels tell what is so."""
    figures = Measures()
    for line in lines:
        heard = mind.hear(line.text)
        found = mind.judge(heard)
        if line.kind:
            figures.kinds[line.kind, found.kind.value] += 1
        if line.urgency or line.kind not in ("", Kind.APPEAL.value):
            figures.urgency[line.urgency or "normal", found.urgency.value] += 1
        if line.category and line.kind in ("", Kind.APPEAL.value):
            figures.categories[line.category, mind.category(heard)] += 1
        if line.dispute is not None:
            figures.disputes[str(line.dispute), str(found.dispute)] += 1
    return figures


def macro_f1(counts: Counts) -> float:
    """The mean over the classes of F1."""
    labels = sorted({true for true, _ in counts})
    return sum(f1(counts, label) for label in labels) / len(labels) if labels else 0.0


def f1(counts: Counts, label: str) -> float:
    """The harmonic mean of a class's recall and precision."""
    both = recall(counts, label) + precision(counts, label)
    return 2 * recall(counts, label) * precision(counts, label) / both if both else 0.0


def recall(counts: Counts, label: str) -> float:
    """How much of what is a class is said to be it."""
    return _share(counts[label, label], sum(n for (true, _), n in counts.items() if true == label))


def precision(counts: Counts, label: str) -> float:
    """How much of what is said to be a class is it."""
    return _share(counts[label, label], sum(n for (_, said), n in counts.items() if said == label))


def accuracy(counts: Counts) -> float:
    """Return the share of texts that were understood rightly."""
    return _share(sum(n for (true, said), n in counts.items() if true == said), counts.total())


def said_share(counts: Counts, label: str) -> float:
    """How much is said to be a class, whatever it is."""
    return _share(sum(n for (_, said), n in counts.items() if said == label), counts.total())


def first_level(counts: Counts) -> Counts:
    """The counts of categories by their first-level classes."""
    found: Counts = Counter()
    for (true, said), n in counts.items():
        found[true.split("/")[0], said.split("/")[0]] += n
    return found


def confused(counts: Counts, most: int = 20) -> list[tuple[str, str, int]]:
    """What is taken for what else, the most frequent first."""
    wrong = [(true, said, n) for (true, said), n in counts.items() if true != said]
    return sorted(wrong, key=lambda row: (-row[2], row[0], row[1]))[:most]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
