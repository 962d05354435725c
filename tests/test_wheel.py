"""The wheel works where the checkout is not: installed into an environment of its own, run from an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = """환경부, 맑은물 정책 포럼 개최

환경부는 한국수자원공사와 공동으로 2023년 5월 11일 대전컨벤션센터에서 ‘제3회 맑은물 정책 포럼’을 개최했다.
가람대학교 윤다온 교수는 “작은 하천을 살리는 일이 도시를 살리는 일”이라고 말했다.
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (made,) = folder.glob("presskg-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder of programs of a fresh environment with the wheel; what it depends on is taken from this environment."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": home, "platbase": home}))
    # a folder named in a .pth file is searched, but its own .pth files are not read: an editable install stays behind
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    _pip("--python", home / "bin" / "python", "install", "--no-deps", "--no-index", wheel)
    return home / "bin"


def _pip(*words: object) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *map(str, words)], check=True, cwd=ROOT)


def run(program: Path, *words: object, folder: Path) -> str:
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    ended = subprocess.run(
        [str(program), *map(str, words)], capture_output=True, encoding="utf-8", cwd=folder, env=env, timeout=300
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_wheel_holds_what_the_checkout_has_at_the_top(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "viz", "data/gazetteer", "data/questions", "data/lexicon", "data/patterns"):
        expected = {
            f"kg/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("make_")
        }
        assert expected, folder
        assert expected <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests/", "kg/data/articles/"))]


def test_the_wheel_holds_the_editor_as_pinned_or_nothing_of_it(wheel, installed, tmp_path):
    pin = hatch_build.read_pin(ROOT / hatch_build.PIN)
    with zipfile.ZipFile(wheel) as archive:
        held = {Path(name).name: archive.read(name) for name in archive.namelist() if "/static/vendor/" in name}
        assert any(name.endswith("licenses/viz/serve/THIRD-PARTY.txt") for name in archive.namelist())
        assert any(name.endswith("licenses/viz/fonts/OFL.txt") for name in archive.namelist())
    if hatch_build.is_there(pin, ROOT / hatch_build.FOLDER):
        assert set(held) == {Path(path).name for path in pin.files}
        for path, integrity in pin.files.items():
            hatch_build.check(held[Path(path).name], integrity, path)
    else:  # the registry could not be reached when this was built
        assert held == {}
    code = "from kg.knowledge.resources import resource; print(resource('viz', 'serve', 'static', 'vendor', 'yasqe.min.js').is_file())"
    assert run(installed / "python", "-c", code, folder=tmp_path).strip() == str(bool(held))


def test_a_wheel_can_be_made_from_a_source_distribution(tmp_path):
    code = "import sys; from hatchling.build import build_sdist; print(build_sdist(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, check=True, capture_output=True)
    [made] = tmp_path.glob("*.tar.gz")
    with tarfile.open(made) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        archive.extractall(tmp_path, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))  # Python 3.11.2 has none
    assert {"hatch_build.py", hatch_build.PIN} <= names and not [name for name in names if "/vendor/" in name]
    # nothing may come over the network here: what this checkout has takes its place
    [root] = (path for path in tmp_path.iterdir() if path.is_dir())
    if (ROOT / hatch_build.FOLDER).is_dir():
        shutil.copytree(ROOT / hatch_build.FOLDER, root / hatch_build.FOLDER)
    folder = tmp_path / "wheels"
    _pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder, root)
    [wheel] = folder.glob("*.whl")
    held = [name for name in zipfile.ZipFile(wheel).namelist() if "/static/vendor/" in name]
    assert bool(held) == (root / hatch_build.FOLDER).is_dir()


def test_the_installed_code_is_the_wheels(installed, tmp_path):
    where = run(installed / "python", "-c", "import kg, kg.viz; print(kg.__file__); print(kg.viz.__file__)", folder=tmp_path)
    assert [str(installed.parent) in line for line in where.split()] == [True, True]


def test_build_and_query_outside_the_checkout(installed, tmp_path):
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    run(installed / "kg", "build", "article.txt", "--out", "out", folder=tmp_path)
    assert "한국수자원공사" in run(installed / "kg", "query", "out", "co-hosts", "--format", "csv", folder=tmp_path)
    assert run(installed / "kg", "check", "out", folder=tmp_path).startswith("conforms")
    assert "윤다온" in (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")


def test_the_notebook_runs_where_nothing_but_the_wheel_is(installed, tmp_path):
    for name in ("pandas", "matplotlib"):
        pytest.importorskip(name, reason=f"{name} is not installed")
    cells = json.loads((ROOT / "docs" / "graph.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    (tmp_path / "cells.py").write_text(f"{code}\nprint(graph.report.articles, graph.out)\n", encoding="utf-8")
    assert run(installed / "python", "cells.py", folder=tmp_path).startswith("3 ")
    assert [path.name for path in tmp_path.iterdir()] == ["cells.py"]


def test_spacy_finds_the_components_by_name(installed, tmp_path):
    code = (
        "import spacy; nlp = spacy.blank('ko', config={'nlp': {'tokenizer': {'@tokenizers': 'presskg.Kiwi.v1'}}}); "
        "[nlp.add_pipe(name) for name in ('press_sentences', 'press_values', 'press_quotes', 'press_entities')]; "
        "print(*(span.text for span in nlp('환경부는 서울에서 세미나를 열었다.').ents))"
    )
    assert "환경부" in run(installed / "python", "-c", code, folder=tmp_path).split()
