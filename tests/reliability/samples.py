"""A small good file of each format that is read, to start damage from."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from functools import cache
from pathlib import Path

FILES = Path(__file__).resolve().parents[1] / "files"
RELEASE = "한빛시, 제3회 바다 돌봄 세미나 열어\n2024-06-03\n\n한빛시는 6월 3일 한빛시청에서 제3회 바다 돌봄 세미나를 개최했다.\n"
_RECORD = {"title": "한빛시, 세미나 열어", "date": "2024-06-03", "text": RELEASE, "publisher": "한빛시"}


@cache
def samples() -> dict[str, bytes]:
    """A small good file of each format, by a name with its suffix."""
    record = json.dumps(_RECORD, ensure_ascii=False)
    item = f"<item><title>세미나</title><link>https://example.org/1</link><description>{RELEASE}</description></item>"
    made = {
        "a.txt": RELEASE,
        "a.md": f"---\ntitle: 세미나\ndate: 06/03/2024\n---\n{RELEASE}",
        "a.html": f"<html><head><title>세미나</title></head><body><h1>세미나</h1><p>{RELEASE}</p></body></html>",
        "a.jsonl": f"{record}\n{record}\n",
        "a.json": f"[{record}]",
        "a.csv": f'title,date,text\n세미나,2024-06-03,"{RELEASE}"\n',
        "a.tsv": "title\tdate\ttext\n세미나\t2024-06-03\t한빛시는 세미나를 열었다.\n",
        "a.rss": f"<rss version='2.0'><channel><title>한빛</title>{item}</channel></rss>",
        "a.eml": f"Subject: release\nContent-Type: text/plain; charset=utf-8\n\n{RELEASE}",
    }
    kept = {path.name: path.read_bytes() for path in FILES.iterdir() if path.is_file() and path.suffix not in (".md", ".pdf")}
    pdf = {path.name: path.read_bytes() for path in FILES.glob("*.pdf")} if _reads_pdf() else {}
    return {
        **{name: text.encode() for name, text in made.items()},
        **kept,
        **pdf,
        "a.zip": RELEASE.encode(),
        "b.xml": gzip.compress(b"<x/>"),
        "b.zip": _archive({"a.txt": made["a.txt"], "속/a.csv": made["a.csv"]}),
    }


def _archive(members: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return made.getvalue()


def _reads_pdf() -> bool:
    from importlib.util import find_spec

    return find_spec("pdfminer") is not None
