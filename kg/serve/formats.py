"""How answers can be written, and which of these ways a client asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an answer: its name in ``format=…``, other names of it, and its media types, the usual one first."""

    name: str
    types: tuple[str, ...]
    also: tuple[str, ...] = ()


SVG = Format("svg", ("image/svg+xml",))
RESULTS = (
    Format("json", ("application/sparql-results+json", "application/json")),
    Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Format("csv", ("text/csv",)),
    Format("tsv", ("text/tab-separated-values",)),
)
GRAPHS = (
    Format("turtle", ("text/turtle", "application/x-turtle"), ("ttl",)),
    Format("ntriples", ("application/n-triples", "text/plain"), ("nt", "n-triples")),
    Format("jsonld", ("application/ld+json", "application/json"), ("json-ld", "json")),
    Format("rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), ("rdf+xml", "rdf", "xml")),
)
HTML = Format("html", ("text/html", "application/xhtml+xml"))
OFFERS = {"rows": (*RESULTS, SVG), "truth": RESULTS, "triples": (*GRAPHS, SVG)}


def choose(offers: Sequence[Format], accept: str | None, wanted: str | None = None) -> tuple[Format, str] | None:
    """The format to write and the media type to call it by, or None where a client accepts none of the offers.

    ``wanted`` (the parameter ``format``) goes before the Accept header, but only where it names an offer: clients send the name
    of a results format with every kind of query.

    >>> choose(RESULTS, "text/csv;q=0.5, application/json")[0].name, choose(GRAPHS, None)[1], choose(RESULTS, "text/turtle")
    ('json', 'text/turtle', None)
    >>> choose(RESULTS, "text/html", "tsv")[1]
    'text/tab-separated-values'
    """
    for offer in offers:
        if wanted and wanted.lower() in (offer.name, *offer.also):
            return offer, offer.types[0]
    ranges = _ranges(accept or "*/*")
    best: tuple[float, Format, str] | None = None
    for offer in offers:
        for media in offer.types:
            quality = _quality(media, ranges)
            if quality > (best[0] if best else 0.0):
                best = (quality, offer, media)
    return (best[1], best[2]) if best else None


def _ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of an Accept header with their quality; a range that cannot be read counts for nothing."""
    ranges = []
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if media:
            ranges.append((media.lower(), quality))
    return ranges


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    """What the most exact of the fitting ranges says."""
    by_range = dict(reversed(ranges))
    for fitting in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if fitting in by_range:
            return by_range[fitting]
    return 0.0


def takes_gzip(accepted: bytes) -> bool:
    """Whether an Accept-Encoding header allows gzip; Starlette looks for the word alone.

    >>> takes_gzip(b"gzip, br"), takes_gzip(b"br, gzip;q=0"), takes_gzip(b"identity")
    (True, False, False)
    """
    return dict(_ranges(accepted.decode("latin-1"))).get("gzip", 0.0) > 0


def content_type(media: str) -> str:
    """A media type as a header says it; text says that it is UTF-8.

    >>> content_type("text/csv"), content_type("application/ld+json")
    ('text/csv; charset=utf-8', 'application/ld+json')
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
