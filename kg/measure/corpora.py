"""The releases that the annotations of ``tests/gold/releases`` stand off from, made from where they are published.

``python -m kg.measure.corpora press > press.jsonl`` takes 2,912 releases of three bodies from the data package
``card-legal-data-press``; ``… ministries REPO > ministries.jsonl`` takes 167,533 releases of all ministries from a git directory of
``hosungseo/gov-press-md``. A record has id, title, date, publisher and text. The texts are not part of this repository.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from kg.errors import UsageError

PACKAGE = "card-legal-data-press==2026.10.22.105248"
PUBLISHERS = {"fsc": "금융위원회", "kisa": "한국인터넷진흥원", "pipc": "개인정보보호위원회"}
_FRONT = re.compile(r"---\n(.*?)\n---\n(.*)", re.S)
_KEY = re.compile(r'^(\w+):\s*"?(.*?)"?\s*$', re.M)


def press(cache: Path) -> Iterator[dict]:
    """The releases of the data package, which is downloaded once into a cache."""
    cache.mkdir(parents=True, exist_ok=True)
    if not any(cache.glob("card_legal_data_press-*.whl")):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(cache), PACKAGE]
        subprocess.run(command, check=True, stdout=sys.stderr)
    with zipfile.ZipFile(max(cache.glob("card_legal_data_press-*.whl"))) as archive:
        for name in sorted(archive.namelist()):
            if "/press_releases/" in name and name.endswith(".json"):
                yield press_record(json.loads(archive.read(name)), name.split("/")[1])


def press_record(release: dict, source: str) -> dict:
    """A release of the data package as a record: without the line of its title and the names of attached files.

    >>> press_record({"doc_id": "a", "title": "물", "version_date": "2024-01-01", "text": "제목: 물\\n흐른다"}, "fsc")["text"]
    '흐른다'
    """
    text = release["text"].partition("\n")[2] if release["text"].startswith("제목:") else release["text"]
    if source in ("kisa", "pipc"):
        text = text.split("\n\n[첨부파일]")[0]
    return {
        "id": release["doc_id"],
        "title": release["title"],
        "date": release["version_date"],
        "publisher": PUBLISHERS[source],
        "text": text.strip(),
    }


def ministries(repository: Path) -> Iterator[dict]:
    """The releases of all ministries, from a git directory of Markdown files with front matter."""
    if not repository.is_dir():
        raise UsageError(f"{repository}: there is no such git directory")
    archive = subprocess.Popen(["git", "-C", str(repository), "archive", "HEAD", "data"], stdout=subprocess.PIPE)
    with tarfile.open(fileobj=archive.stdout, mode="r|") as tar:
        for member in tar:
            if member.isfile() and member.name.endswith(".md") and not member.name.endswith("README.md"):
                body = tar.extractfile(member)
                record = ministry_record(body.read().decode("utf-8")) if body else None
                if record and record["id"]:
                    yield record


def ministry_record(page: str) -> dict | None:
    """A page with front matter as a record; nothing where it has none.

    >>> ministry_record('---\\nnews_item_id: "7"\\ntitle: "물"\\n---\\n## 본문\\n흐른다\\n## 출처\\n')["text"]
    '흐른다'
    """
    match = _FRONT.match(page)
    if not match:
        return None
    keys = dict(_KEY.findall(match[1]))
    try:
        date = datetime.strptime(keys.get("approve_date", "")[:10], "%m/%d/%Y").date().isoformat()
    except ValueError:
        date = None
    return {
        "id": keys.get("news_item_id", ""),
        "title": keys.get("title", "").replace('\\"', '"'),
        "date": date,
        "publisher": keys.get("ministry", ""),
        "text": match[2].partition("## 본문")[2].rpartition("## 출처")[0].strip(),
    }


def main(argv: list[str] | None = None) -> int:
    """Write one of the corpora as JSON Lines."""
    parser = argparse.ArgumentParser(prog="kg.measure.corpora", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="corpus", required=True)
    commands.add_parser("press").add_argument("--cache", type=Path, default=Path.home() / ".cache" / "presskg-corpora")
    commands.add_parser("ministries").add_argument("repository", type=Path, help="a git directory of hosungseo/gov-press-md")
    options = parser.parse_args(argv)
    for record in press(options.cache) if options.corpus == "press" else ministries(options.repository):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UsageError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
