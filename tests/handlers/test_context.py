"""What handlers are handed: texts that are looked at again and again are worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from handlers.context import LookedAt
from nlp.understand import Understander

if TYPE_CHECKING:
    from nlp.understanding import Understanding


class Counting(Understander):
    """Counts how often it is asked."""

    asked = 0

    @override
    def understand(self, text: str) -> Understanding:
        self.asked += 1
        return super().understand(text)


def test_a_line_that_is_looked_at_again_is_understood_once_under_the_same_rules() -> None:
    mind, looked_at = Counting(), LookedAt(most=3)
    first = looked_at.understand(mind, "灯不亮")
    assert looked_at.understand(mind, "灯不亮") is first
    assert mind.asked == 1
    mind.follow(mind.with_own_rules("城乡建设/供电:\n  - {weight: 9, words: [灯不亮]}\n"))
    looked_at.understand(mind, "灯不亮")
    assert mind.asked == 2
    for text in ("一", "二", "三", "四"):
        looked_at.understand(mind, text)
    looked_at.understand(mind, "灯不亮")  # three are remembered, no more
    assert mind.asked == 7
    looked_at.forget()
    looked_at.understand(mind, "灯不亮")
    assert mind.asked == 8
