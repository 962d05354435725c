"""Files that are no articles, or are made to hurt: each is named with its reason, and the good one beside it is read."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from kg.errors import ArticleError, KnowledgeError, UsageError
from kg.pipeline import build
from kg.read import limits
from kg.read.files import read

GOOD = "한빛시, 제3회 바다 돌봄 세미나 열어\n\n한빛시는 2024년 6월 3일 한빛시청에서 제3회 바다 돌봄 세미나를 개최했다.\n"


def collect(*paths: object) -> tuple[list[str], list[str]]:
    errors: list[ArticleError] = []
    return [a.identifier for a in read(paths, on_error=errors.append)], [str(error) for error in errors]


@pytest.fixture
def folder(tmp_path):
    here = tmp_path / "in"
    here.mkdir()
    (here / "zz.txt").write_text(GOOD, encoding="utf-8")
    return here


def zipped(path: Path, **members: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return path


def damaged(data: bytes) -> bytes:
    """A zip whose first member's packed bytes are no longer what they were."""
    at = data.index(b"xml") + 40
    return data[:at] + bytes(b ^ 0xFF for b in data[at : at + 20]) + data[at + 20 :]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_what_is_no_regular_file_is_named_and_not_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "sock.txt"))
        read_, errors = collect(folder)
    assert read_ == ["zz"]
    said = {Path(error.split(": ")[0]).name: error for error in errors}
    assert "a named pipe; only regular files" in said["pipe.txt"]
    assert "a device; only regular files" in said["zero.txt"]
    assert "a socket; only regular files" in said["sock.txt"]
    assert "cannot be opened" in said["gone.txt"] and "cannot be opened" in said["loop.txt"]


@pytest.mark.parametrize(("raw", "name"), [("명.txt".encode("cp949"), "명"), (b"\xff\xfe.txt", "\\xff\\xfe")])
def test_names_that_are_no_utf_8(folder, raw, name):
    path = os.path.join(os.fsencode(folder), raw)
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(GOOD)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert collect(folder) == ([name, "zz"], []) or collect(folder) == (["zz", name], [])
    report = build([folder], folder.parent / "out", view=False)
    assert report.articles == 2


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.docx", lambda p: zipped(p, word__document_dot_xml="<w:document"), "is no XML"),
        ("a.docx", lambda p: zipped(p, word__document_dot_xml=f"<w:document {W}/>"), "no body"),
        ("a.docx", lambda p: zipped(p, word__document_dot_xml=""), "no XML"),
        ("a.docx", lambda p: zipped(p, xl__workbook_dot_xml="<a/>"), "an XLSX workbook"),
        ("a.docx", lambda p: zipped(p, word__document_dot_xml=f"<w:document {W}>" + "<w:p>" * 5000), "is no XML"),
        ("a.docx", lambda p: zipped(p, word__document_dot_xml=b"x" * (65 << 20)), "unfolds to more than 64 MB"),
        ("a.hwpx", lambda p: zipped(p, Contents__section0_dot_xml=b" " * (65 << 20)), "unfolds to more than 64 MB"),
        ("a.hwpx", lambda p: p.write_bytes(damaged(zipped(p, Contents__section0_dot_xml=GOOD * 50).read_bytes())), "damaged"),
        ("a.zip", lambda p: zipped(p, big_dot_txt=b"x" * (65 << 20)), "unfolds to more than the 64 MB of one file"),
        ("a.zip", lambda p: zipped(p, inner_dot_zip=b"PK"), "within another file is not opened"),
        ("a.zip", lambda p: zipped(p, tool_dot_exe=b"MZ"), "the format '.exe' is not read"),
        ("a.html", lambda p: p.write_bytes(b"<meta charset=undefined><p>" + b"\xff\xfe\xff"), "neither UTF-8"),
        ("a.jsonl", lambda p: p.write_text("[" * 100_000), "no JSON"),
        ("a.json", lambda p: p.write_text("[" * 100_000), "nested too deep"),
        (
            "a.jsonl",
            lambda p: p.write_bytes(b'{"id": "a", "text": "' + b"x" * (17 << 20) + b'"}'),
            "longer than the 16 MB of one record",
        ),
        ("a.csv", lambda p: p.write_text('제목,본문\n가,"나\n'), "does not end"),
        ("a.txt", lambda p: p.write_text("가나다. " * 250_001), "the limit of one article is 1,000,000"),
        ("a.txt", lambda p: os.truncate(p.write_text("가") and p, 300 << 20), "the file has 300 MB; the limit is 64 MB"),
    ],
)
def test_a_bad_file_is_named_and_the_good_one_is_read(folder, name, make, reason):
    make(folder / name)
    read_, errors = collect(folder)
    assert read_ == ["zz"]
    assert len(errors) == 1 and name in errors[0] and reason in errors[0], errors


def test_a_number_of_5000_digits_costs_nothing(folder):
    (folder / "a.jsonl").write_text('{"id": "a", "n": ' + "9" * 5000 + ', "text": "한빛시는 세미나를 열었다."}\n')
    (folder / "b.txt").write_text(
        "한빛시 소식\n\n한빛시는 " + "9" * 5000 + "명이 온 세미나를 열었다. 제" + "3" * 5000 + "회 세미나였다.\n"
    )
    report = build([folder], folder.parent / "out", view=False)
    assert report.articles == 3 and not report.skipped


def test_more_of_a_zip_than_it_claims_is_not_unfolded(folder):
    zipped(folder / "a.zip", a_dot_txt=b"x" * (65 << 20))
    data = (folder / "a.zip").read_bytes()
    true, claimed = (65 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert data.count(true) == 2
    (folder / "a.zip").write_bytes(data.replace(true, claimed))
    read_, errors = collect(folder)
    assert read_ == ["zz"] and len(errors) == 1


def test_the_work_of_a_pdf_page_is_bounded(folder, monkeypatch):
    from test_read_formats import pdf

    monkeypatch.setattr("kg.read.formats.pdf.LIMITS", limits.Limits(glyphs=1000))
    (folder / "a.pdf").write_bytes(pdf(["가나다라마바사"] * 200))
    read_, errors = collect(folder)
    assert read_ == ["zz"] and "page 1 of the PDF draws more than 1,000 characters" in errors[0]


@pytest.mark.parametrize("times", [1, 2])
def test_a_stream_of_a_pdf_that_unfolds_too_far_is_refused(folder, times):
    packed = bytes(70 << 20)
    for _ in range(times):
        packed = zlib.compress(packed)
    (folder / "a.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj\n<</Length "
        + str(len(packed)).encode()
        + b"/Filter/FlateDecode>>stream\n"
        + packed
        + b"\nendstream\nendobj\n"
    )
    read_, errors = collect(folder)
    assert read_ == ["zz"] and "unfolds to more than" in errors[0]


def test_a_reader_that_does_not_import_takes_its_file_only(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (folder / "a.html").write_text("<p>한빛시는 세미나를 열었다.</p>")
    read_, errors = collect(folder)
    assert read_ == ["zz"] and "does not import" in errors[0]


@pytest.mark.parametrize(("data", "why"), [(b"\xff\xfe\xff", "is not UTF-8"), (b"a = " + b"[" * 100_000, "nested too deep")])
def test_broken_corrections_are_one_message(folder, data, why):
    (folder / "corrections.toml").write_bytes(data)
    with pytest.raises(KnowledgeError, match=why):
        build([folder], folder.parent / "out", view=False)


def _unprivileged(*words: str) -> subprocess.CompletedProcess:
    """kg as somebody whom the permissions of files bind."""
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root, and no setpriv")
        words = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", *words)
    return subprocess.run(words, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})


def test_a_closed_folder_is_an_error_and_its_articles_stay(folder):
    inner = folder / "inner"
    inner.mkdir()
    (inner / "a.txt").write_text(GOOD.replace("바다", "강"), encoding="utf-8")
    out = folder.parent / "out"
    assert build([folder], out, view=False).articles == 2
    before = (out / "graph.nq").read_bytes()
    inner.chmod(0)
    try:
        done = _unprivileged(sys.executable, "-m", "kg", "build", str(folder), "-o", str(out))
        assert done.returncode == 0, done.stderr
        assert "the folder cannot be opened" in done.stdout and "stays (1 article)" in done.stdout
        assert (out / "graph.nq").read_bytes() == before
        done = _unprivileged(sys.executable, "-m", "kg", "build", str(folder), "-o", str(out), "--strict")
        assert done.returncode == 2 and "cannot be opened" in done.stderr
    finally:
        inner.chmod(0o755)
    (inner / "a.txt").unlink()
    assert build([folder], out, view=False).articles == 1  # what is gone, is gone


def test_a_missing_path_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="nowhere"):
        build([tmp_path / "nowhere"], tmp_path / "out", view=False)


def test_a_member_of_a_zip_is_read_as_the_file_is(folder):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("소식/가온.txt", GOOD)
        archive.writestr("표.csv", "제목,본문\n한빛시 소식,한빛시는 세미나를 열었다.\n")
    (folder / "all.zip").write_bytes(packed.getvalue())
    errors: list[ArticleError] = []
    found = {a.identifier: a for a in read([folder], on_error=errors.append)}
    assert not errors
    assert found["가온"].text() == found["zz"].text() and found["가온"].source.endswith("all.zip!/소식/가온.txt")
    assert found["표:2"].title == "한빛시 소식" and found["표:2"].source.endswith("all.zip!/표.csv:2")
