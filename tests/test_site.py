"""The documents: they build without a warning and fetch nothing, their commands and queries run, and what is derived is current."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from rdflib import URIRef

from docs.blocks import blocks, follow
from docs.make_reference import HERE, PARTS, current
from docs.readme import ROOT, environment, reader, shell

WALKS = (  # pages whose blocks are run one after the other
    "docs/start.md", "docs/corrections.md", "docs/questions.md", "docs/files.md", "docs/python.md", "docs/tools.md",
    "docs/patterns.md", "docs/own-names.md",
)  # fmt: skip
KOREAN_WALKS = (
    "docs/ko/start.md", "docs/ko/own-names.md", "docs/ko/corrections.md", "docs/ko/questions.md", "docs/ko/files.md",
    "docs/ko/python.md", "docs/ko/tools.md", "docs/ko/patterns.md", "README.ko.md",
)  # fmt: skip
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (*HERE.rglob("*.md"), *ROOT.glob("*.md")))
needs_mkdocs = pytest.mark.skipif(importlib.util.find_spec("material") is None, reason="mkdocs-material is in the extra docs")


def texts(page: str, kind: str) -> list[str]:
    """The blocks of a kind on a page."""
    return [block.text for block in blocks((ROOT / page).read_text(encoding="utf-8")) if block.kind == kind]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, interpreter: list[str], samples: Path) -> Path:
    """A reader's folder with the graph of the sample articles in ``out``."""
    return reader(tmp_path_factory.mktemp("site"), interpreter, samples)


def walk(page: str, built: Path, interpreter: list[str]) -> None:
    """Run a page's blocks one after the other, as a reader would, and hold what they print against the page."""

    def code(text: str) -> str:
        ended = subprocess.run(
            [*interpreter, "-c", text], cwd=built, env=environment(built), capture_output=True, encoding="utf-8", timeout=300
        )
        assert ended.returncode == 0, f"{text}\n{ended.stderr}"
        return ended.stdout

    assert follow((ROOT / page).read_text(encoding="utf-8"), built, lambda command: shell(built, command), code)


@pytest.mark.parametrize("page", WALKS)
def test_a_newcomer_who_follows_the_page_arrives(built: Path, interpreter: list[str], page: str) -> None:
    walk(page, built, interpreter)


@pytest.mark.parametrize(
    ("page", "query"), [(page, query) for page in PAGES for query in texts(page, "sparql")], ids=lambda value: value[:40]
)
def test_a_query_of_the_documents_finds_something(built: Path, page: str, query: str) -> None:
    import kg

    assert kg.load(built / "out").query(query).rows


@pytest.mark.parametrize("page", ["docs/index.md", "docs/ko/index.md"])
def test_the_sentence_that_is_drawn_gives_the_triples_beside_it(page: str, tmp_path: Path) -> None:
    import kg

    drawn, claims, *_ = texts(page, "text")
    sentence = " ".join(drawn.splitlines()[0].split())
    (tmp_path / "a.txt").write_text(f"{sentence}\n", encoding="utf-8")
    graph = kg.build(tmp_path / "a.txt", tmp_path / "out").graph
    text = (ROOT / page).read_text(encoding="utf-8")
    told = [
        *(line.split() for line in claims.splitlines()),
        *(row.split() for row in re.findall(r"`(id:\S+ press:\S+ id:\S+)`", text)),
    ]
    names = {"id": "https://w3id.org/presskg/id/", "press": "https://w3id.org/presskg/ontology#"}
    assert len(told) == 3
    for row in told:
        triple = tuple(URIRef(names[prefix] + name) for prefix, _, name in (term.partition(":") for term in row))
        assert triple in graph, row


@pytest.mark.parametrize("name", PARTS)
def test_what_is_derived_is_current(name: str) -> None:
    assert (HERE / PARTS[name][0]).read_text(encoding="utf-8") == current(name), "python -m docs.make_reference writes it"


def anchors(page: Path) -> set[str]:
    """What the headings of a page are called in addresses, as the site's generator and (for these letters) GitHub call them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    found: Counter[str] = Counter()
    for heading in re.findall(r"^#+ (.+)$", text, re.M):
        own = re.search(r"\{#([^}\s]+)\}", heading)
        plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
        name = own[1] if own else re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
        found[f"{name}_{found[name]}" if found[name] or not name else name] += 1
    return set(found)


@pytest.mark.parametrize("page", PAGES)
def test_links_within_lead_somewhere(page: str) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.M | re.S)
    for target, anchor in re.findall(r"\]\(([^)\s#]*)(?:#([^)\s]*))?[^)]*\)", text):
        if not re.match(r"[a-z]+:", target):
            place = (ROOT / page).parent.joinpath(target) if target else ROOT / page
            assert place.exists(), f"{page}: {target}"
            assert not anchor or anchor in anchors(place), f"{page}: {target}#{anchor}"


def test_anchors_are_those_of_headings(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("# All `calls`\n```sh\n# none\n```\n## 이름\n## A b, c\n## A b, c\n### 속성 {#heads}\n", encoding="utf-8")
    assert anchors(page) == {"all-calls", "_0", "a-b-c", "a-b-c_1", "heads"}


@needs_mkdocs
def test_the_site_builds_without_a_warning_and_fetches_nothing(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) >= 2 * len(list(HERE.glob("*.md")))  # in English and Korean
    for page in pages:
        fetched = re.findall(
            r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=\"?(https?://[^\s\">]+)", page.read_text(encoding="utf-8")
        )
        assert not fetched, (page, fetched)


def test_the_version_stands_in_one_place() -> None:
    from kg.version import __version__

    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {__version__}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
