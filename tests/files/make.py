"""Writes the files that other programs make, anew: ``python tests/files/make.py`` (only what this machine has the programs for).

Each program is asked in its own way to write one invented release or one invented table: LibreOffice (``soffice``), Chromium
(``chromium``; its own "save page" as one file, and the page as it stands after loading), Node with nodemailer, feedgen, polars, sqlite3,
jq and zip. Nothing of this runs in the tests; they read what it wrote.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TITLE = "가온시, 제3회 강변 책 나눔 잔치 열어"
SUBTITLE = "- 5일 가온도서관에서, 주민 120명 함께해 -"
BODY = (
    "가온시(시장 한가람)는 5일 가온도서관에서 ‘제3회 강변 책 나눔 잔치’를 개최했다고 밝혔다.",
    "○ 잔치에서는 한빛대학교 이나래 교수가 ‘강마을의 책 이야기’를 주제로 발표했다.",
    "○ 한가람 시장은 “책을 나누는 마을이 오래간다”고 말했다.",
)
TABLE = (("시간", "내용"), ("14:00", "여는 말"), ("14:20", "책 이야기"))
ROWS = (
    (
        "0101",
        "2025-03-05",
        "가온일보",
        "문화",
        "가온시, 책 나눔 잔치 열어",
        BODY[0] + "\n" + BODY[1],
        "https://news.example.org/101",
    ),
    (
        "0102",
        "2025-03-06",
        "두메신문",
        "사회",
        "두메군, 마을 시장 새로 열어",
        "두메군(군수 서리하)은 6일 두메장터에서 ‘두메 마을 시장’을 열었다고 밝혔다. 시장에는 가게 40곳이 참여했다.",
        "https://news.example.org/102",
    ),
)
COLUMNS = ("뉴스 식별자", "일자", "언론사", "통합 분류1", "제목", "본문", "URL")
PAGE = f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{TITLE} - 가온일보</title>
<meta property="og:type" content="article"><meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="가온일보">
<meta property="article:published_time" content="2025-03-05T15:00:00+09:00"><meta property="article:section" content="문화"></head><body>
<nav><a href="/">가온일보</a> <a href="/p">정치</a> <a href="/c">문화</a></nav><h1>{TITLE}</h1><p class="sub">{SUBTITLE}</p>
<p>입력 2025.03.05 15:00</p><div id="body"></div><table>{"".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in TABLE)}</table>
<footer>ⓒ 가온일보. 무단 전재 및 재배포 금지</footer>
<script>for (const words of {json.dumps(BODY, ensure_ascii=False)}) {{ const p = document.createElement("p"); p.textContent = words;
document.getElementById("body").append(p); }}</script></body></html>"""
SAVE = """const [url, out] = process.argv.slice(2); const {spawn} = require('child_process'); const fs = require('fs'); const os = require('os');
const dir = fs.mkdtempSync(os.tmpdir() + '/save'); const chrome = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu',
 '--remote-debugging-pipe', '--user-data-dir=' + dir], {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
let id = 0, wait = {}, rest = ''; const send = (method, params, sessionId) => new Promise(done => { wait[++id] = done;
 chrome.stdio[3].write(JSON.stringify({id, method, params, sessionId}) + '\\0'); });
chrome.stdio[4].on('data', d => { rest += d; const parts = rest.split('\\0'); rest = parts.pop();
 for (const part of parts) { const said = JSON.parse(part); if (said.id) wait[said.id](said.result); } });
(async () => { const {targetId} = await send('Target.createTarget', {url}); const {sessionId} = await send('Target.attachToTarget',
 {targetId, flatten: true}); await new Promise(r => setTimeout(r, 3000)); const {data} = await send('Page.captureSnapshot', {format: 'mhtml'}, sessionId);
 fs.writeFileSync(out, data); chrome.kill(); process.exit(0); })();"""
MAIL = """const [attached, out] = process.argv.slice(2); const said = JSON.parse(require('fs').readFileSync(0)); const mail = require('nodemailer');
mail.createTransport({streamTransport: true, buffer: true}).sendMail({from: '가온시 공보실 <press@example.org>', to: '가온일보 <desk@example.org>',
 subject: '[보도자료] ' + said.title, date: new Date('2025-03-05T15:00:00+09:00'), messageId: '<release-1@example.org>', text: said.text,
 attachments: [{path: attached, filename: '두메군 보도자료.docx'}]}).then(sent => require('fs').writeFileSync(out, sent.message));"""


def run(*words: object, **more: object) -> str:
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True, **more).stdout


def libreoffice(folder: Path) -> None:
    """A table as CSV (UTF-8 and the Korean code page), tab-separated, and as a workbook; a release as DOCX."""
    source = folder / "table.html"
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (COLUMNS, *ROWS)).replace("\n", " ")
    source.write_text(f'<meta charset="utf-8"><table>{cells}</table>', encoding="utf-8")
    for name, how in (
        ("calc.csv", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"),
        ("calc-cp949.csv", "csv:Text - txt - csv (StarCalc):44,34,62,1,,0,false,true,false"),
        ("calc.tsv", "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false"),
        ("calc.xlsx", "xlsx:Calc MS Excel 2007 XML"),
    ):
        run(
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--infilter=HTML (StarCalc)",
            "--convert-to",
            how,
            "--outdir",
            folder,
            source,
        )
        shutil.move(folder / f"table.{how.partition(':')[0]}", HERE / name)
    text = folder / "writer.html"
    text.write_text(f'<meta charset="utf-8"><h1>두메군, 마을 시장 새로 열어</h1><p>{ROWS[1][5]}</p>', encoding="utf-8")
    run(
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
        "--infilter=HTML (StarWriter)",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        folder,
        text,
    )


def chromium(folder: Path) -> None:
    """A page that a script fills: as it stands after loading, and saved as one file."""
    page, script = folder / "page.html", folder / "save.js"
    page.write_text(PAGE, encoding="utf-8")
    script.write_text(SAVE, encoding="utf-8")
    saved = run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/chrome", "--dump-dom", page.as_uri()
    )
    (HERE / "chromium.html").write_text(saved, encoding="utf-8")
    run("node", script, page.as_uri(), HERE / "chromium.mhtml")
    kept = (HERE / "chromium.mhtml").read_bytes().replace(page.as_uri().encode(), b"https://news.example.org/101")
    (HERE / "chromium.mhtml").write_bytes(kept)


def mail(folder: Path) -> None:
    """A release by mail with a document attached."""
    script = folder / "mail.js"
    script.write_text(MAIL, encoding="utf-8")
    run(
        "node",
        script,
        folder / "writer.docx",
        HERE / "nodemailer.eml",
        input=json.dumps({"title": TITLE, "text": "\n\n".join(BODY)}),
    )


def feeds(_: Path) -> None:
    """The rows of the table as RSS and as Atom."""
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id("https://news.example.org/")
    feed.title("가온일보 전체기사")
    feed.link(href="https://news.example.org/", rel="alternate")
    feed.description("가온일보가 전하는 소식")
    feed.language("ko")
    feed.updated("2025-03-06T09:00:00+09:00")
    for identifier, day, _, section, title, body, url in ROWS:
        entry = feed.add_entry(order="append")
        entry.id(f"https://news.example.org/{identifier}")
        entry.title(title)
        entry.link(href=url)
        entry.published(f"{day}T15:00:00+09:00")
        entry.updated(f"{day}T15:00:00+09:00")
        entry.category(term=section)
        entry.content("".join(f"<p>{line}</p>" for line in body.split("\n")), type="html")
    (HERE / "feedgen.rss").write_bytes(feed.rss_str(pretty=True))
    (HERE / "feedgen.atom").write_bytes(feed.atom_str(pretty=True))


def tables(folder: Path) -> None:
    """The table as Parquet by polars, as JSON by sqlite3, as JSON Lines by jq, and all in one archive by zip."""
    import polars

    polars.DataFrame([dict(zip(COLUMNS, row)) for row in ROWS]).write_parquet(HERE / "polars.parquet")
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    values = ", ".join("(" + ", ".join("'" + cell.replace("'", "''") + "'" for cell in row) + ")" for row in ROWS)
    script = f"create table news ({names});\ninsert into news values {values};\n.mode json\nselect * from news;\n"
    (HERE / "sqlite.json").write_text(run("sqlite3", ":memory:", input=script), encoding="utf-8")
    (HERE / "jq.jsonl").write_text(run("jq", "-c", ".[]", HERE / "sqlite.json"), encoding="utf-8")
    (HERE / "zip.zip").unlink(missing_ok=True)
    shutil.copy(HERE / "calc.csv", folder / "가온 표.csv")
    run("zip", "-X", HERE / "zip.zip", "가온 표.csv", cwd=folder)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        for make in (libreoffice, chromium, mail, feeds, tables):
            try:
                make(Path(name))
            except (OSError, ImportError, subprocess.CalledProcessError) as error:
                print(f"{make.__name__}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
