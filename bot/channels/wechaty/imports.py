"""python-wechaty 0.10.7, imported so that it can be on Python 3.11 and newer: before any `import wechaty`.

A dataclass of it has another dataclass as its default, which Python 3.11 takes for mutable unless it can be
hashed. Its other needs (`pyee<12`, `urllib3<2`) are pinned by the extra `wechaty`.
"""

from __future__ import annotations

from wechaty_puppet.schemas.puppet import PuppetOptions

PuppetOptions.__hash__ = object.__hash__

from wechaty import Wechaty, WechatyOptions, WechatyPlugin  # noqa: E402  after what makes it possible

__all__ = ["PuppetOptions", "Wechaty", "WechatyOptions", "WechatyPlugin"]
