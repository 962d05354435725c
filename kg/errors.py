"""What can go wrong for a user, as few and precise exceptions: each says the file, the key, the bad value and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable


class PressKGError(Exception):
    """The parent of every error that PressKG raises on purpose; the command line turns it into one line and exit code 2."""


class KnowledgeError(PressKGError):
    """A file under ``data/``, ``ontology/`` or ``viz/`` says something that cannot be meant.

    >>> raise KnowledgeError("data/patterns/hosted.toml", "relation", "press:hostd", allowed=["press:hosted"])
    Traceback (most recent call last):
    kg.errors.KnowledgeError: data/patterns/hosted.toml: relation: 'press:hostd' is not known; allowed: press:hosted
    """

    def __init__(
        self, file: object, key: str, value: object, *, allowed: Iterable[object] = (), why: str = "is not known"
    ) -> None:
        self.file, self.key, self.value, self.allowed = str(file), key, value, tuple(allowed)
        tail = f"; allowed: {', '.join(map(str, self.allowed))}" if self.allowed else ""
        super().__init__(f"{self.file}: {key}: {value!r} {why}{tail}")


class ArticleError(PressKGError):
    """One article (or file of articles) cannot be read; the others go on.

    >>> str(ArticleError("a.txt", "the file is empty"))
    'a.txt: the file is empty'
    """

    def __init__(self, source: object, reason: str) -> None:
        self.source, self.reason = str(source), reason
        super().__init__(f"{self.source}: {reason}")


class UsageError(PressKGError):
    """The call itself cannot be carried out: a missing path, an unknown query, a folder that holds no graph."""


class QueryError(PressKGError):
    """A query is not allowed, not valid, or exceeded its limits."""
