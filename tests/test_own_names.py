"""The user's own names: read from a table beside the articles or from corrections, for one graph alone."""

from __future__ import annotations

import pytest

import kg
from kg.errors import KnowledgeError
from kg.knowledge.own_names import as_table
from kg.knowledge.own_table import parse
from kg.pipeline import build, remove

STORY = "두루재단, 책 나눔 포럼 개최\n\n두루재단은 2024년 3월 5일 서울에서 ‘제3회 책 나눔 포럼’을 개최했다.\n\n마루터기도 2024년 3월 7일 서울에서 ‘제2회 강 포럼’을 개최했다.\n"
TABLE = "name\tkind\tother names\tfrom\tto\tparent\tlink\n두루문화재단\tAssociation\t두루재단\t2020-01-01\t\t\tQ123\n마루터기\tCompany\t\t\t\t서울특별시\t\n"


@pytest.fixture
def folder(tmp_path):
    here = tmp_path / "in"
    here.mkdir()
    (here / "a.txt").write_text(STORY, encoding="utf-8")
    return here


def host_names(out) -> set[str]:
    return {str(row[0]) for row in kg.load(out).query("SELECT ?n { ?o press:hosted ?e ; skos:prefLabel ?n }").rows}


def test_own_names_count_for_their_graph_alone(folder, tmp_path):
    build([folder], tmp_path / "before", view=False)
    (folder / "names.tsv").write_text(TABLE, encoding="utf-8")
    report = build([folder], tmp_path / "out", view=False)
    assert report.articles == 1 and not report.skipped
    graph = (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")
    assert {"두루문화재단", "마루터기"} <= host_names(tmp_path / "out")
    assert "wikidata.org/entity/Q123" in graph
    (folder / "names.tsv").unlink()
    build([folder], tmp_path / "after", view=False)
    assert (tmp_path / "after" / "graph.nq").read_bytes() == (tmp_path / "before" / "graph.nq").read_bytes()


def test_a_changed_table_is_read_anew_into_the_same_folder_and_stays_with_add_and_remove(folder, tmp_path):
    out = tmp_path / "out"
    build([folder], out, view=False)
    assert "두루문화재단" not in host_names(out)
    (folder / "names.tsv").write_text(TABLE, encoding="utf-8")
    build([folder], out, view=False)
    right = (out / "graph.nq").read_bytes()
    assert "두루문화재단" in host_names(out)
    other = tmp_path / "other.txt"
    other.write_text(STORY.replace("3회", "4회").replace("2024", "2025"), encoding="utf-8")
    build([other], out, add=True, view=False)
    assert host_names(out) >= {"두루문화재단", "마루터기"}
    remove(out, ["other"], view=False)
    assert (out / "graph.nq").read_bytes() == right


def test_corrections_add_and_forbid_names(folder, tmp_path):
    (folder / "corrections.toml").write_text(
        '[[name]]\nname = "두루문화재단"\nkind = "Association"\nalso = ["두루재단"]\n\n[[forbid]]\nname = "서울특별시"\n',
        encoding="utf-8",
    )
    report = build([folder], tmp_path / "out", view=False)
    assert "두루문화재단" in host_names(tmp_path / "out")
    assert report.corrections == ("corrections.toml: name 1: used", "corrections.toml: forbid 1: used")
    assert '"서울특별시"' not in (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")


FORMER = """가온책재단, 책 나눔 포럼 개최

가온책재단은 2019년 3월 5일 서울에서 ‘제1회 책 나눔 포럼’을 개최했다.
"""


@pytest.mark.parametrize(
    "table",
    [
        "이름\t종류\t부터\t옛 이름\n두루문화재단\tAssociation\t2020-01-01\t가온책재단\n",
        "이름\t종류\t옛 이름\n두루문화재단\tAssociation\t가온책재단@2012-03-01..2019-12-31\n",
    ],
)
def test_a_former_name_is_the_same_body(folder, tmp_path, table):
    (folder / "a.txt").write_text(STORY.replace("두루재단", "두루문화재단"), encoding="utf-8")
    (folder / "b.txt").write_text(FORMER, encoding="utf-8")
    (folder / "names.tsv").write_text(table, encoding="utf-8")
    build([folder], tmp_path / "out", view=False)
    [row] = (
        kg.load(tmp_path / "out")
        .query("SELECT ?n (COUNT(?e) AS ?c) { ?o a press:Association ; press:hosted ?e ; skos:prefLabel ?n } GROUP BY ?n")
        .rows
    )
    assert [str(value) for value in row] == ["두루문화재단", "2"]  # the name of the newest article, and the events of both
    stored = (tmp_path / "out" / "names.tsv").read_text(encoding="utf-8").splitlines()
    assert stored[0].endswith("\tformer names") and "가온책재단@" in stored[1]


def test_corrections_may_give_former_names(folder, tmp_path):
    (folder / "b.txt").write_text(FORMER, encoding="utf-8")
    (folder / "corrections.toml").write_text(
        '[[name]]\nname = "두루문화재단"\nkind = "Association"\nformer = ["가온책재단"]\n', encoding="utf-8"
    )
    build([folder], tmp_path / "out", view=False)
    assert "id:두루문화재단 a press:Association" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


def test_persons_and_events_may_be_named(folder, tmp_path):
    (folder / "a.txt").write_text(
        STORY + "\n두루재단은 2024년 4월 5일 서울에서 들꽃마당을 개최했다. 나루별은 “책을 나누자”라고 말했다.\n", encoding="utf-8"
    )
    (folder / "names.tsv").write_text("name\tkind\n나루별\tPerson\n들꽃마당\tExhibition\n", encoding="utf-8")
    build([folder], tmp_path / "out", view=False)
    graph = kg.load(tmp_path / "out")
    assert [str(row[0]) for row in graph.query("SELECT ?d { ?e a press:Exhibition ; press:startDate ?d }").rows] == ["2024-04-05"]
    assert [str(row[0]) for row in graph.query("SELECT ?n { ?p press:said ?q ; skos:prefLabel ?n }").rows] == ["나루별"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name\tkynd\nㄱ\tCompany\n", r"names.tsv:1: column: 'kynd' is not known; allowed: name, kind, other names"),
        ("name\nㄱ\n", r"names.tsv:1: column: 'kind' is missing"),
        (
            "name\tkind\n가나\tCompanie\n",
            r"names.tsv:2: kind: 'Companie' is not known; allowed: Agreement, Association, Briefing, Campaign",
        ),
        ("name\tkind\n\n# 덧말\n가나\tCompany\n가나\tCity\n", r"names.tsv:5: name: '가나' stands in names.tsv:4 too"),
        ("name\tkind\tfrom\n가나\tCompany\t2024-13-01\n", r"names.tsv:2: from: '2024-13-01' is no day"),
        ("name\tkind\tfrom\tto\n가나\tCompany\t2024-02-01\t2023-01-01\n", r"names.tsv:2: to: '2023-01-01' is before"),
        ("name\tkind\tlink\n가나\tCompany\thttp://x\n", r"names.tsv:2: link: 'http://x' is not known; allowed: Q1"),
        ("name\tkind\n12\tCompany\n", r"names.tsv:2: name: '12' has to be words"),
        ("name\tkind\n가나\tCompany\t더\n", r"names.tsv:2: cells: 3 is more than there are columns"),
        (
            "이름\t종류\t옛 이름\n가나\tCompany\t다라@2020\n",
            r"names.tsv:2: former names: '다라@2020' is no former name; allowed: NAME",
        ),
        (
            "이름\t종류\t옛 이름\n가나\tCompany\t다라@2020-01-02..2020-01-01\n",
            r"names.tsv:2: former names: '다라@2020.*ends before",
        ),
        ("이름\t종류\t다른 이름\n가나\tCompany\t||\n", r"names.tsv:2: other names: '' has to be words"),
    ],
)
def test_a_mistake_names_file_line_and_column(text, why):
    with pytest.raises(KnowledgeError, match=why):
        parse(text)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("가나\tCompany\t\t없는기관", "parent: '없는기관'"),
        ("가나\tCompany\t\t\t국방부", "former names: '국방부' is the name of another"),
        ("가나\tCompany\t국방부\t", "other names: '국방부' is the name of another"),
    ],
)
def test_a_mistake_against_what_is_known(folder, tmp_path, row, why):
    (folder / "names.tsv").write_text(f"name\tkind\tother names\tparent\tformer names\n{row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=f"names.tsv:2: {why}"):
        build([folder], tmp_path / "out", view=False)


def test_a_table_is_the_same_as_csv_and_in_any_encoding(tmp_path):
    from kg.knowledge.own_names import read

    (tmp_path / "names.tsv").write_bytes(TABLE.encode("cp949"))
    (tmp_path / "names.csv").write_bytes(TABLE.replace("\t", ",").encode("utf-16"))
    assert (
        as_table(read(tmp_path / "names.tsv"))
        == as_table(read(tmp_path / "names.csv"))
        == "\n".join(sorted(TABLE.splitlines(), key=lambda r: (r[:4] != "name", r))) + "\n"
    )
