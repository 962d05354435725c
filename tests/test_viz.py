"""The page's making: reading OUT, style as data, what is embedded and how, the same bytes every time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from kg.viz import draw, show, to_networkx
from kg.viz.measure import width, wrap
from kg.viz.page import inert
from kg.viz.source import read
from kg.viz.style import load_style

from kg.errors import KnowledgeError, UsageError
from kg.knowledge.resources import resource

OUT = Path(__file__).parent / "fixtures" / "out"
ID = "https://w3id.org/presskg/id/"
FORUM = f"{ID}제3회_맑은물_정책_포럼_2023-05-11"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return draw(OUT, target=tmp_path_factory.mktemp("page") / "graph.html").read_text(encoding="utf-8")


def blocks(page: str) -> dict[str, object]:
    found = dict(re.findall(r'<script type="application/json" id="(\w+)">(.*?)</script>', page, re.S))
    return {name: json.loads(text) for name, text in found.items()}


def test_networkx_holds_things_and_labelled_links() -> None:
    graph = to_networkx(OUT)
    assert graph.nodes[FORUM]["label"] == "제3회 맑은물 정책 포럼"
    assert graph.nodes[FORUM]["kind"] == "press:Forum" and graph.nodes[FORUM]["family"] == "press:Event"
    assert graph.edges[f"{ID}환경부", FORUM, "press:coHosted"]["label"] == "공동 개최"
    assert not graph.has_edge(f"{ID}환경부", FORUM, "press:hosted"), "개최 is hidden where 공동 개최 says more"


def test_networkx_is_the_same_from_a_folder_and_from_rdflib() -> None:
    from rdflib import Graph

    graph = Graph().parse(OUT / "graph.ttl")
    folder, memory = to_networkx(OUT), to_networkx(graph)
    assert folder.number_of_edges() > 10
    assert set(folder.edges(keys=True)) == set(memory.edges(keys=True))
    assert {n: d["label"] for n, d in folder.nodes(data=True)} == {n: d["label"] for n, d in memory.nodes(data=True)}


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_networkx_can_be_written_for_other_tools(suffix: str, tmp_path: Path) -> None:
    import networkx as nx

    graph, path = to_networkx(OUT), tmp_path / f"g.{suffix}"
    getattr(nx, f"write_{suffix}")(graph, path)
    again = getattr(nx, f"read_{suffix}")(path)
    assert again.number_of_nodes() == graph.number_of_nodes()
    assert "맑은물" in path.read_text(encoding="utf-8")


def test_every_evidence_row_marks_the_words_of_its_assertion(page: str) -> None:
    evidence = blocks(page)["evidence"]
    marked = {evidence["contexts"][row[0]][row[2] : row[3]] for row in evidence["rows"]}
    assert len(evidence["rows"]) >= 20
    assert {"대전컨벤션센터에서", "강 복원 사례를 소개했다"} <= marked
    source = read(OUT)
    assert marked == {
        source.papers[e.article].fields[e.field][e.start : e.end]
        for s in (*source.links, *source.values, *source.denied)
        for e in s.evidence
    }


def test_a_denied_statement_is_told_and_not_drawn(page: str) -> None:
    graph = blocks(page)["graph"]
    assert [graph["nodes"][row[0]]["iri"] for row in graph["denied"]] == [f"{ID}환경부"]
    assert all(edge["rel"] != "press:signed" or graph["nodes"][edge["from"]]["iri"] != f"{ID}환경부" for edge in graph["edges"])


def test_offsets_count_as_browsers_count() -> None:
    from kg.viz.clippings import _utf16

    assert _utf16("🎈가나다", 0, 2) == 3
    assert _utf16("가나다", 1, 3) == 2


def test_the_page_asks_for_nothing_and_closes_its_policy(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.startswith("default-src &#39;none&#39;") and "unsafe" not in policy
    assert policy.count("sha256-") == 3
    head = page.partition('<script type="application/json"')[0]
    assert not re.search(r"\b(src|href)\s*=", head)


def test_json_cannot_end_its_element() -> None:
    nasty = "</script><img src=x onerror=alert(1)>&\u2028\u2029<!--"
    text = inert({"label": nasty})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["label"] == nasty


@pytest.mark.parametrize("things", [0, 420], ids=["small", "crowd"])
def test_the_same_bytes_whatever_the_hash_seed_and_threads(things: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "browser"))
    from crowd import write_crowd

    out = write_crowd(tmp_path / "out", things) if things else OUT
    made = []
    for seed, threads in (("0", "1"), ("1", "2"), ("77", "4")):
        target = tmp_path / f"{seed}.html"
        script = f"from kg.viz import draw; draw({str(out)!r}, target={str(target)!r})"
        surroundings = os.environ | {"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        subprocess.run([sys.executable, "-c", script], check=True, env=surroundings, cwd=Path(__file__).parents[1])
        made.append(target.read_bytes())
    assert made[0] == made[1] == made[2]


def test_generation_grows_with_the_graph_and_not_faster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the things, at most three times the processor time: a quadratic step would show as four."""
    import time

    monkeypatch.syspath_prepend(str(Path(__file__).parent / "browser"))
    from crowd import write_crowd

    spent = []
    for things in (500, 1500, 3000):
        folder = write_crowd(tmp_path / str(things), things)
        start = time.process_time()
        draw(folder)
        spent.append(time.process_time() - start)
    assert spent[2] < 3 * spent[1], spent


def test_a_notebook_gets_the_page_in_a_frame_of_its_own() -> None:
    from html import unescape

    html = show(OUT, height=500)._repr_html_()
    assert html.startswith("<iframe srcdoc=") and "height:500px" in html and html.count("<") == 2
    assert "Content-Security-Policy" in unescape(html) and "맑은물" in unescape(html)


def test_a_folder_without_a_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=re.escape(str(tmp_path))):
        draw(tmp_path)


@pytest.mark.parametrize(("options", "word"), [({"layout": "ring"}, "network"), ({"lang": "fr"}, "ko")])
def test_an_unknown_option_says_what_is_allowed(options: dict[str, str], word: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"allowed: .*{word}"):
        draw(OUT, target=tmp_path / "g.html", **options)


SPOILS = {
    "unknown class": ('"press:Person" = {', '"press:Persona" = {', "press:Persona"),
    "unknown key": ('icon = "person"', 'sign = "person"', "sign"),
    "unknown shape": ('shape = "circle", icon = "person"', 'shape = "blob", icon = "person"', "blob"),
    "unknown icon": ('icon = "person"', 'icon = "persona"', "persona"),
    "bad colour": ('color = "#7a3fb0", dark = "#a06ad6"', 'color = "violet", dark = "#a06ad6"', "violet"),
    "unknown relation": ('"press:heads" = {', '"press:head" = {', "press:head"),
    "unknown kind": ('kind = "speak", ko = "말함"', 'kind = "talk", ko = "말함"', "talk"),
    "unknown likeness": ('like = "press:Place", ko = "도시"', 'like = "press:Spot", ko = "도시"', "press:Spot"),
    "likeness in a ring": ('"press:Event" = {', '"press:Event" = { like = "press:Seminar",', "leads back"),
    "markup for a shape": ('tag = "M', 'tag = "<M', "is not an SVG path"),
}


@pytest.mark.parametrize("case", SPOILS)
def test_a_spoilt_style_is_refused_with_the_bad_value(case: str, tmp_path: Path) -> None:
    old, new, told = SPOILS[case]
    text = resource("viz", "style.toml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path = tmp_path / "style.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=re.escape(told)) as error:
        load_style(path)
    assert str(path) in str(error.value)


def test_every_class_and_object_property_has_words_in_both_languages() -> None:
    from kg.knowledge.vocab import PRESS

    style = load_style()
    terms = {f"press:{name}" for name in PRESS}
    assert len(terms) > 80
    for name in terms:
        entry = style.classes.get(name) or style.relations.get(name)
        assert entry is not None and entry.ko and entry.en, name


def test_what_hides_a_relation_is_its_subproperty() -> None:
    from rdflib import RDFS, Graph

    from kg.knowledge.vocab import PREFIXES

    ontology = Graph().parse(resource("ontology", "press.ttl"))
    full = {
        name: ontology.namespace_manager.expand_curie(name)
        for name in load_style().relations
        if name.partition(":")[0] in PREFIXES
    }
    pairs = [(name, under) for name, relation in load_style().relations.items() for under in relation.hides]
    assert pairs
    for name, under in pairs:
        assert full[under] in set(ontology.transitive_objects(full[name], RDFS.subPropertyOf)), (name, under)


@pytest.mark.parametrize(
    ("text", "room", "most"),
    [("가" * 40, 8, 3), ("맑은물 정책 포럼", 6, 2), ("A very long English title of a talk", 9, 2), ("", 5, 2)],
)
def test_lines_fit_their_room(text: str, room: float, most: int) -> None:
    lines = wrap(text, room, most)
    assert len(lines) <= most and all(width(line) <= room + 0.01 for line in lines)
    if lines and not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 computes it."""

    def light(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", load_style().theme)
def test_words_on_lines_and_grounds_stand_out(theme: str) -> None:
    style, colors = load_style(), load_style().theme[theme]
    assert all(
        contrast(colors[ink], colors[on]) >= 4.5 for ink in ("ink", "muted", "accent") for on in ("paper", "panel", "halo")
    )
    for name, kind in style.kinds.items():
        color = kind.dark if theme == "dark" else kind.color
        assert contrast(color, colors["halo"]) >= (4.0 if kind.quiet else 4.9), f"{name}: a line runs under its own words"


@pytest.mark.parametrize("name", load_style().classes)
def test_words_and_signs_stand_out_from_the_colours_of_classes(name: str) -> None:
    look = load_style().classes[name]
    least = 4.5 if look.card else 3.0  # a card holds words, other shapes a sign
    assert contrast("#ffffff", look.color) >= least and contrast("#ffffff", look.dark) >= least
    assert contrast(load_style().theme["dark"]["paper"], look.dark) >= 3.0
