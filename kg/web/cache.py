"""What was fetched before, with what its server said about it, in the user's folder of caches."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from kg.web.wire import Answer


def folder() -> Path:
    """Where the cache lies: ``presskg`` in the user's folder of caches."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "presskg" / "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer that is kept: what was asked, where it led, what came."""

    url: str
    final: str
    media: str
    body: bytes = field(repr=False)
    etag: str = ""
    modified: str = ""

    @classmethod
    def of(cls, url: str, final: str, answer: Answer) -> Self:
        """The part of an answer that is kept."""
        return cls(
            url=url,
            final=final,
            media=answer.headers.get("content-type", ""),
            body=answer.body,
            etag=answer.headers.get("etag", ""),
            modified=answer.headers.get("last-modified", ""),
        )

    def conditions(self) -> Mapping[str, str]:
        """What to send so that the server says whether it is the same."""
        return {key: value for key, value in (("If-None-Match", self.etag), ("If-Modified-Since", self.modified)) if value}

    def digest(self) -> str:
        """A hash of what came."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of answers; one that cannot be written or is damaged counts as empty."""

    path: Path = field(default_factory=folder)

    def load(self, url: str) -> Kept | None:
        """What an address gave last, None where nothing is kept."""
        try:
            head = json.loads(self._file(url, "json").read_text(encoding="utf-8"))
            body = self._file(url, "body").read_bytes()
            kept = Kept(body=body, **{key: str(head[key]) for key in ("url", "final", "media", "etag", "modified")})
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return kept if head.get("sha256") == kept.digest() and kept.url == url else None

    def save(self, kept: Kept) -> None:
        """Keep an answer."""
        head = {
            "url": kept.url,
            "final": kept.final,
            "media": kept.media,
            "etag": kept.etag,
            "modified": kept.modified,
            "sha256": kept.digest(),
        }
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(self._file(kept.url, "body"), kept.body)
            self._write(self._file(kept.url, "json"), json.dumps(head, ensure_ascii=False).encode())
        except OSError:
            return  # without a cache everything is asked again

    def _file(self, url: str, kind: str) -> Path:
        return self.path / f"{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()}.{kind}"

    def _write(self, path: Path, data: bytes) -> None:
        number, aside = tempfile.mkstemp(dir=self.path)
        with os.fdopen(number, "wb") as file:
            file.write(data)
        os.replace(aside, path)
