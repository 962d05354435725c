"""What a site's robots.txt asks of programs (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from kg.read.formats.source import Unreadable

if TYPE_CHECKING:
    from protego import Protego

AGENT = "PressKG"
_MOST = 500 << 10  # bytes that are read


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site; ``rules`` is None where everything is (``open``) or nothing is allowed."""

    rules: Protego | None
    open: bool

    @classmethod
    def of(cls, site: str, get: Callable[[str], tuple[int, bytes]]) -> Self:
        """The rules of a site: none where it has no file; where the site cannot say, nothing is allowed."""
        try:
            status, body = get(f"{site}/robots.txt")
        except Unreadable:
            return cls(None, False)
        if 400 <= status < 500:
            return cls(None, True)
        if status != 200:
            return cls(None, False)
        from protego import Protego

        return cls(Protego.parse(body[:_MOST].decode("utf-8", "replace")), True)

    def allows(self, url: str) -> bool:
        """Whether an address may be asked."""
        return self.open if self.rules is None else self.rules.can_fetch(url, AGENT)

    def pause(self) -> float:
        """The seconds that the site wants between requests."""
        return float(self.rules.crawl_delay(AGENT) or 0) if self.rules is not None else 0.0
