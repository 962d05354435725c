"""A graph that grows and shrinks: whatever was added, changed and removed, the files are those of a build from nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import extraction, pipeline
from kg.pipeline import build, remove


def digests(out: Path) -> dict[str, str]:
    """The files of a folder by their hash."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


# Articles that bear on each other: the same forum, people of one name, an alias given in one of them, a namesake; two texts for some.
TEXTS = {
    "forum-before": ["해양수산부(장관 노을찬)는 2022년 5월 18일 벡스코에서 제2회 바다숲 국제포럼을 개최했다."],
    "forum-notice": [
        "해양수산부는 2023년 5월 17일 여수엑스포컨벤션센터에서 제3회 바다숲 국제포럼을 개최한다.",
        "해양수산부는 2023년 5월 18일 여수엑스포컨벤션센터에서 제3회 바다숲 국제포럼을 개최한다.",
    ],
    "forum-report": [
        "한국해조류진흥협회(이하 ‘해조협회’)는 2023년 5월 17일 여수엑스포컨벤션센터에서 제3회 바다숲 국제포럼을 개최했다.\n\n"
        "류단비 해양수산부 과장은 “바다숲의 탄소 흡수량을 재는 법을 나라마다 견주어 보겠다”라고 밝혔다."
    ],
    "other-body": [
        "해조협회는 2023년 6월 3일 부산에서 바다숲 사진 공모전을 개최했다.",
        "해조협회는 2023년 6월 3일 부산에서 바다숲 그림 공모전을 개최했다.",
    ],
    "namesake": [
        "목포해양대학교는 2023년 6월 1일 해조류 공개강좌를 개최했다.\n\n"
        "류단비 목포해양대학교 교수는 “톳과 모자반을 구별하는 일부터 시작하자”라고 말했다."
    ],
    "spelling": [
        "한국 해조류 진흥협회는 2023년 7월 7일 해녀 문화 토론회를 개최했다.\n\n"
        "류단비 해양수산부 국장은 “물질은 기다림의 기술이라는 말을 새긴다”라고 말했다."
    ],
}


def _write(folder: Path, name: str, version: int) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    text = TEXTS[name][version % len(TEXTS[name])]
    path.write_text(f"{name}의 소식\n\n{text}\n", encoding="utf-8")
    return path


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "change", "remove", "build"]), st.sampled_from(sorted(TEXTS)), st.integers(0, 1)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_of_changes_gives_what_a_full_build_gives(steps, tmp_path_factory):
    folder = tmp_path_factory.mktemp("grow")
    source, out, fresh = folder / "in", folder / "out", folder / "fresh"
    source.mkdir()
    build([source], out, view=False)
    for step, name, version in steps:
        path = source / f"{name}.txt"
        if step == "add":  # this one joins what the graph holds
            build([_write(source, name, version)], out, add=True, view=False)
        elif step == "change" and path.exists():  # the whole folder again
            _write(source, name, version)
            build([source], out, view=False)
        elif step == "remove" and path.exists():
            path.unlink()
            remove(out, [name], view=False)
        else:
            build([source], out, view=False)
        shutil.rmtree(fresh, ignore_errors=True)
        report = build([source], fresh, view=False)
        assert report.articles == len(list(source.iterdir())) and not report.skipped
        expected, got = digests(fresh), digests(out)
        assert got == expected, (step, name, [file for file in expected if got.get(file) != expected[file]])


def test_only_what_changed_is_read_again(tmp_path, monkeypatch):
    source, out = tmp_path / "in", tmp_path / "out"
    for name in TEXTS:
        _write(source, name, 0)
    read, whole = [], extraction.extract

    def seen(view, *rest):
        read.append(view.article.identifier)
        return whole(view, *rest)

    monkeypatch.setattr(extraction, "extract", seen)
    build([source], out, view=False)
    assert sorted(read) == sorted(TEXTS)
    read.clear()
    _write(source, "other-body", 1)
    build([source], out, view=False)
    assert read == ["other-body"]
    read.clear()
    remove(out, ["namesake"], view=False)
    build([source], out, view=False)
    assert read == ["namesake"]


def test_a_large_graph_is_drawn_when_it_is_asked_for(tmp_path, monkeypatch):
    """However it came about: what a build leaves out, an addition and a removal leave out too."""
    source, out, fresh = tmp_path / "in", tmp_path / "out", tmp_path / "fresh"
    monkeypatch.setattr(pipeline, "DRAWN", 1)
    first, second = (_write(source, name, 0) for name in ("namesake", "other-body"))
    build([first], out)
    assert (out / "graph.html").is_file()
    build([second], out, add=True)
    assert not (out / "graph.html").exists()
    build([source], fresh)
    assert digests(out) == digests(fresh)
    build([source], out, view=True)
    assert (out / "graph.html").is_file()
    remove(out, ["other-body"])
    assert (out / "graph.html").is_file()


def test_texts_that_are_kept_are_not_compared_again(tmp_path, monkeypatch):
    from kg.link import duplicates

    source, out, read = tmp_path / "in", tmp_path / "out", []
    for name in TEXTS:
        _write(source, name, 0)
    build([source], out, view=False)
    monkeypatch.setattr(duplicates, "sketch", lambda article: read.append(article.identifier))
    remove(out, ["namesake"], view=False)
    assert read == []


def test_a_new_version_of_the_code_reads_everything_again(tmp_path, monkeypatch):
    from kg.graph import results

    source, out = tmp_path / "in", tmp_path / "out"
    _write(source, "namesake", 0)
    build([source], out, view=False)
    assert len(results.kept(out)) == 1
    monkeypatch.setattr(results, "fingerprint", lambda: "another")
    assert not results.kept(out)


def test_a_damaged_cache_is_no_harm(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    _write(source, "namesake", 0)
    build([source], out, view=False)
    expected = digests(out)
    for text in ("", "{", json.dumps({"article": "namesake"}) + "\n"):
        (out / "results.jsonl").write_text(text, encoding="utf-8")
        build([source], out, view=False)
        assert digests(out) == expected
    (out / "manifest.json").write_text("[]", encoding="utf-8")
    build([source], out, view=False)
    assert digests(out) == expected


def test_an_iri_that_a_merge_replaced_stays_resolvable(tmp_path):
    from kg.ask.explain import explain

    source, out = tmp_path / "in", tmp_path / "out"
    _write(source, "other-body", 0)
    build([source], out, view=False)
    assert explain(out, "id:해조협회").heading == "해조협회"
    build([_write(source, "forum-report", 0)], out, add=True, view=False)
    merged = explain(out, "id:해조협회")
    assert merged.heading == "한국해조류진흥협회" and merged.iri.endswith("/한국해조류진흥협회")
    assert {m.name for m in merged.members} == {"해조협회", "한국해조류진흥협회"}
    remove(out, ["forum-report"], view=False)
    assert explain(out, "id:해조협회").heading == "해조협회"


@pytest.mark.parametrize("again", [False, True], ids=["changed", "the same"])
def test_adding_a_file_again_replaces_its_articles(again, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    path = source / "corpus.jsonl"
    source.mkdir()
    path.write_text(
        "".join(json.dumps({"id": n, "text": TEXTS[n][0]}, ensure_ascii=False) + "\n" for n in ("namesake", "spelling")),
        encoding="utf-8",
    )
    build([path], out, view=False)
    names = ("namesake", "spelling") if again else ("spelling", "forum-report")
    path.write_text(
        "".join(json.dumps({"id": n, "text": TEXTS[n][0]}, ensure_ascii=False) + "\n" for n in names), encoding="utf-8"
    )
    report = build([path], out, add=True, view=False)
    assert report.articles == 2
    build([path], tmp_path / "fresh", view=False)
    assert digests(out) == digests(tmp_path / "fresh")
