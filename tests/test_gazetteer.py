"""The gazetteer's tables, its loader and its lookup."""

from __future__ import annotations

import datetime as dt
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import KnowledgeError
from kg.knowledge.gazetteer import Entry, Gazetteer
from kg.knowledge.resources import resource
from kg.knowledge.tables import load, minimum_rows

FOLDER = resource("data", "gazetteer")
TABLES = sorted(path.name for path in FOLDER.glob("*.tsv"))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str]]:
    """What was found, as (words, canonical name or names)."""
    return [(text[start:end], "/".join(entry.name for entry in entries)) for start, end, entries in gazetteer.find(text)]


# --- the tables


def test_every_stated_table_is_there() -> None:
    assert sorted(minimum_rows()) == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_table_has_at_least_its_stated_rows(gazetteer: Gazetteer, table: str) -> None:
    rows = sum(entry.file == table for entry in gazetteer)
    assert minimum_rows()[table] > 10
    assert rows >= minimum_rows()[table]


@pytest.mark.parametrize("table", TABLES)
def test_table_says_its_source(table: str) -> None:
    head = [line for line in (FOLDER / table).read_text(encoding="utf-8").splitlines()[:6] if line.startswith("# ")]
    assert any(line.startswith("# Source: ") for line in head)
    assert f"`{table}`" in (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES)
def test_table_is_nfc_without_brackets_or_stray_spaces(gazetteer: Gazetteer, table: str) -> None:
    import unicodedata

    text = (FOLDER / table).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text) and "\r" not in text and text.endswith("\n")
    forms = [form for entry in gazetteer if entry.file == table for form in entry.forms]
    assert forms
    assert [form for form in forms if set("()[]…,;@\"'") & set(form) or "  " in form] == []


def test_classes_are_terms_of_the_ontology(gazetteer: Gazetteer) -> None:
    from kg.knowledge.vocab import PRESS

    classes = {entry.cls for entry in gazetteer} | {entry.place_cls for entry in gazetteer if entry.place_cls}
    assert len(classes) > 8
    assert all(getattr(PRESS, name) for name in classes)  # PRESS is closed: an unknown term is an AttributeError


def test_single_characters_are_hanja_and_weak(gazetteer: Gazetteer) -> None:
    singles = [(form, entry) for entry in gazetteer for form in entry.forms if len(form) == 1 and form not in ("빈", "괌")]
    assert {form for form, _ in singles} >= {"美", "英"}
    assert all("\u4e00" <= form <= "\u9fff" and form in entry.weak_forms for form, entry in singles)


@pytest.mark.parametrize(
    "word",
    [
        "정부",
        "위원회",
        "협회",
        "우리나라",
        "학회",
        "시장",
        "대학",
        "병원",
        "회사",
        "은행",
        "재단",
        "공단",
        "연구원",
        "센터",
        "사례",
        "행사",
        "기관",
        "토스",
        "라인",
        "당근",
        "이천",
        "공주",
        "고성",
        "장수",
        "사천",
        "함양",
        "인도",
        "가나",
        "수단",
        "고대",
        "연대",
        "이대",
        "파리",
        "로마",
        "소피아",
        "본",
    ],
)
def test_ordinary_words_are_absent_or_weak(gazetteer: Gazetteer, word: str) -> None:
    assert all(entry.is_weak(word) for entry in gazetteer.by_name(word))


def test_countries_are_what_the_script_makes(tmp_path: Path) -> None:
    pytest.importorskip("pycountry")
    pytest.importorskip("babel")
    script = tmp_path / "make_countries.py"
    script.write_text((FOLDER / "make_countries.py").read_text(encoding="utf-8"), encoding="utf-8")
    subprocess.run([sys.executable, script], check=True)
    assert (tmp_path / "countries.tsv").read_bytes() == (FOLDER / "countries.tsv").read_bytes()


def test_local_government_is_complete(gazetteer: Gazetteer) -> None:
    provinces = [e for e in gazetteer if e.file == "local.tsv" and e.iso]
    assert len(provinces) == 17
    inside = [
        e
        for e in gazetteer
        if e.file == "local.tsv"
        and e.cls == "LocalGovernment"
        and not e.iso
        and (e.start is None or e.start < dt.date(2026, 1, 1))
    ]
    assert len(inside) == 226 + 2  # 제주시 and 서귀포시 are no bodies of their own, but both in the news
    assert {e.within for e in inside} == {e.name for e in provinces} - {"세종특별자치시"}


def test_a_shared_district_says_so(gazetteer: Gazetteer) -> None:
    for name, count in (("중구", 6), ("동구", 6), ("서구", 5), ("남구", 4), ("북구", 4), ("강서구", 2), ("고성군", 2)):
        entries = gazetteer.by_name(name)
        assert len(entries) == count, name
        assert all(name in entry.ambiguous and entry.within for entry in entries)


# --- links out


def central(entry: Entry) -> bool:
    """Whether an entry is a 부, 처 or 청 of the government, and none of their offices in the provinces."""
    if entry.file != "agencies.tsv" or entry.end or entry.head not in ("장관", "처장", "청장") or entry.cls != "GovernmentBody":
        return False
    regional = (
        any(part in entry.name for part in ("지방", "유역", "수도권")) or entry.name.endswith("경찰청") and len(entry.name) > 5
    )
    return not regional and not entry.name.startswith(("국회", "법원", "검찰", "고위공직자", "대통령"))


@pytest.mark.parametrize(
    ("what", "rows", "linked"),
    [
        (lambda e: e.file == "countries.tsv", 210, 210),
        (lambda e: e.file == "local.tsv" and e.iso, 17, 17),
        (central, 42, 27),
        (lambda e: e.file == "agencies.tsv" and not central(e), 417, 19),
        (lambda e: e.file == "international.tsv", 278, 53),
        (lambda e: e.file == "universities.tsv", 306, 87),
        (lambda e: e.file == "public.tsv", 573, 117),
        (lambda e: e.file == "companies.tsv", 683, 24),
        (lambda e: e.file == "associations.tsv", 381, 4),
        (lambda e: e.file == "parties.tsv", 79, 32),
    ],
    ids="countries provinces central agencies international universities public companies associations parties".split(),
)
def test_links_out_cover_what_the_readme_says(
    gazetteer: Gazetteer, what: Callable[[Entry], bool], rows: int, linked: int
) -> None:
    chosen = [entry for entry in gazetteer if what(entry)]
    assert (len(chosen), sum(bool(entry.wikidata) for entry in chosen)) == (rows, linked)
    assert f"{linked} of {rows}" in (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "rows", "linked"),
    [(lambda e: e.file == "cities-world.tsv" and e.cls == "City", 318, 267), (lambda e: e.file == "local.tsv", 330, 73)],
    ids=["cities abroad", "local governments"],
)
def test_places_are_linked_to_geonames(gazetteer: Gazetteer, what: Callable[[Entry], bool], rows: int, linked: int) -> None:
    chosen = [entry for entry in gazetteer if what(entry)]
    assert (len(chosen), sum(bool(entry.geonames) for entry in chosen)) == (rows, linked)
    assert f"{linked} of {rows}" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(entry.cls == "City" or entry.cls == "LocalGovernment" and not entry.iso for entry in chosen if entry.geonames)


@pytest.mark.parametrize(
    ("table", "linked"),
    [("agencies", 42), ("associations", 6), ("companies", 14), ("international", 27), ("public", 128), ("universities", 74)],
)
def test_bodies_are_linked_to_ror(gazetteer: Gazetteer, table: str, linked: int) -> None:
    chosen = [entry for entry in gazetteer if entry.file == f"{table}.tsv"]
    assert sum(bool(entry.ror) for entry in chosen) == linked
    assert f"{linked} of {len(chosen)}" in (FOLDER / "README.md").read_text(encoding="utf-8")


RECORDS = {
    "0aaaaaa01": ("가나연구원", "label", "KR", "facility", ["Q1"]),
    "0aaaaaa02": ("다라대학교", "label", "KR", "education", []),
    "0aaaaaa03": ("마바전자", "label", "KR", "company", ["Q3", "Q33"]),  # two items: which is not said
    "0aaaaaa04": ("사아협회", "label", "KR", "company", ["Q4"]),  # of another kind
    "0aaaaaa05": ("자차연구소", "label", "JP", "facility", ["Q5"]),  # elsewhere
    "0aaaaaa06": ("카타", "acronym", "KR", "company", ["Q6"]),
    "0aaaaaa07": ("파하재단", "label", "KR", "nonprofit", ["Q7"]),
    "0aaaaaa08": ("파하재단", "label", "KR", "nonprofit", ["Q8"]),  # a namesake
    "0aaaaaa09": ("거너대학교", "label", "KR", "education", ["Q9"]),
}


def test_ror_names_only_what_it_names_beyond_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)  # as for a script, which finds what lies beside it
    spec = importlib.util.spec_from_file_location("make_ror", FOLDER / "make_ror.py")
    make = importlib.util.module_from_spec(spec)
    sys.modules["make_ror"] = make  # its values are dataclasses, which look their module up
    spec.loader.exec_module(make)
    said = [
        {
            "id": f"https://ror.org/{ror}", "status": "active", "types": [kind],
            "names": [{"value": name, "lang": "ko", "types": [of]}], "locations": [{"geonames_details": {"country_code": where}}],
            "external_ids": [{"type": "wikidata", "all": items, "preferred": None}] if items else [],
        }
        for ror, (name, of, where, kind, items) in RECORDS.items()
    ]  # fmt: skip
    by_name, by_item = make.indexed(filter(None, map(make.record, said)))
    rows = [
        ("가나연구원", "ResearchInstitute", "", "0aaaaaa01"),
        ("다라대학교", "University", "", "0aaaaaa02"),
        ("마바전자", "Company", "", "0aaaaaa03"),
        ("사아협회", "Association", "", ""),
        ("자차연구소", "ResearchInstitute", "", ""),
        ("카타", "Company", "", ""),
        ("파하재단", "Association", "", ""),
        ("파하재단", "Association", "Q8", "0aaaaaa08"),  # the item tells which of the two it is
        ("너더대학교", "University", "Q9", "0aaaaaa09"),  # renamed since
        ("거너대학교", "University", "", ""),  # the former name, in a row of its own
    ]
    for name, kind, item, ror in rows:
        one = make.found({"name": name, "class": kind, "wikidata": item}, by_name, by_item, {"Q9"})
        assert (one.ror if one else "") == ror, name


def test_tables_with_links_out_name_their_source() -> None:
    for path in FOLDER.glob("*.tsv"):
        head, _, body = path.read_text(encoding="utf-8").partition("\nname\t")
        for column, source in (("wikidata", "Wikidata"), ("geonames", "GeoNames"), ("ror", "ROR")):
            assert column not in body.splitlines()[0].split("\t") or source in head, path.name


def test_codes_are_those_of_iso_3166(gazetteer: Gazetteer) -> None:
    pycountry = pytest.importorskip("pycountry")
    countries = [entry for entry in gazetteer if entry.file == "countries.tsv" and entry.name != "코소보"]  # which has no code
    assert len(countries) == 209
    assert all(pycountry.countries.get(alpha_2=entry.iso).alpha_3 == entry.iso3 for entry in countries)
    provinces = {entry.iso for entry in gazetteer if entry.file == "local.tsv" and entry.iso}
    assert provinces == {part.code for part in pycountry.subdivisions.get(country_code="KR")}


@pytest.mark.parametrize(
    ("name", "wikidata"),
    [
        ("전북특별자치도", "Q41157"),
        ("세종특별자치시", "Q20929"),
        ("네덜란드", "Q55"),
        ("덴마크", "Q35"),
        ("팔레스타인", "Q219060"),
        ("코소보", "Q1246"),
        ("국가데이터처", "Q11233101"),
        ("유엔개발계획", "Q161718"),
        ("세계은행", "Q7164"),
        ("연세대학교", "Q39988"),
        ("미국 질병통제예방센터", None),
        ("아시아개발은행", None),
        ("미국 연방통신위원회", None),  # only a namesake of their acronym has one
        ("더불어민주당", "Q15978686"),
        ("국민의당", None),  # two parties of this name follow each other
        ("한국공학대학교", "Q12623236"),
        ("카카오뱅크", "Q33570421"),
        ("국립수산과학원", None),  # its record has the address of another institute
    ],
)
def test_what_is_linked_and_what_is_not(gazetteer: Gazetteer, name: str, wikidata: str | None) -> None:
    assert gazetteer[name].wikidata == wikidata


# --- names on a day


@pytest.mark.parametrize(
    ("surface", "day", "expected"),
    [
        ("안전행정부", "2014-05-01", "행정안전부"),
        ("행정자치부", "2016-05-01", "행정안전부"),
        ("행정자치부", "2003-05-01", "행정안전부"),
        ("안전행정부", "2021-05-01", "행정안전부"),  # a former name
        ("안전행정부", "2010-05-01", None),  # nobody was called so yet
        ("인사처", "2021-07-01", "인사혁신처"),
        ("기획재정부", "2025-12-31", "기획재정부"),
        ("재정경제부", "2007-01-01", "재정경제부"),
        ("재정경제부", "2026-03-01", "재정경제부"),
        ("기획예산처", "2026-01-02", "기획예산처"),
        ("통계청", "2025-09-30", "국가데이터처"),
        ("국가데이터처", "2025-10-01", "국가데이터처"),
        ("국가데이터처", "2025-09-30", None),
        ("미래부", "2015-01-01", "과학기술정보통신부"),
        ("강원도", "2020-01-01", "강원특별자치도"),
        ("누르술탄", "2021-06-28", "아스타나"),
        ("아스타나", "2021-06-28", "아스타나"),
        ("방송통신위원회", "2019-01-01", "방송미디어통신위원회"),
    ],
)
def test_by_name_on_a_day(gazetteer: Gazetteer, surface: str, day: str, expected: str | None) -> None:
    entries = gazetteer.by_name(surface, on=dt.date.fromisoformat(day))
    assert [entry.name for entry in entries] == ([expected] if expected else [])


def test_name_on_gives_the_name_of_that_day(gazetteer: Gazetteer) -> None:
    names = [gazetteer["행정안전부"].name_on(dt.date(year, 6, 1)) for year in (2001, 2009, 2014, 2016, 2020)]
    assert names == ["행정자치부", "행정안전부", "안전행정부", "행정자치부", "행정안전부"]


def test_by_name_of_an_unknown_name_is_empty(gazetteer: Gazetteer) -> None:
    assert gazetteer.by_name("없는이름위원회") == ()
    assert "없는이름위원회" not in gazetteer and "인사처" in gazetteer


def test_entry_knows_its_surroundings(gazetteer: Gazetteer) -> None:
    fiu, seoul, kazakhstan = gazetteer["금융정보분석원"], gazetteer["서울특별시"], gazetteer["카자흐스탄"]
    assert (fiu.within, fiu.head, fiu.cls) == ("금융위원회", "원장", "GovernmentBody")
    assert (seoul.cls, seoul.place_cls, seoul.iso) == ("LocalGovernment", "City", "KR-11")
    assert (kazakhstan.iso, kazakhstan.iso3, kazakhstan.capital, kazakhstan.wikidata) == ("KZ", "KAZ", "아스타나", "Q232")


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("인사혁신처", {"인사혁신처장", "인사처장"}),
        ("금융위원회", {"금융위원장"}),
        ("경찰청", {"경찰청장"}),
        ("외교부", {"외교부장관"}),
        ("종로구", {"종로구청장"}),
        ("서울특별시", {"서울특별시장", "서울시장"}),
        ("경기도", {"경기도지사", "경기지사"}),
        ("양평군", {"양평군수"}),
        ("한국인터넷진흥원", {"한국인터넷진흥원장"}),
        ("서울고등법원", {"서울고등법원장"}),
        ("한국은행", {"한국은행총재", "한은총재"}),
        ("국회", {"국회의장"}),
    ],
)
def test_head_titles_are_fused(gazetteer: Gazetteer, name: str, titles: set[str]) -> None:
    assert titles <= set(gazetteer[name].head_titles())


def test_a_body_without_a_known_head_has_no_head_titles(gazetteer: Gazetteer) -> None:
    assert gazetteer["카자흐스탄"].head_titles() == ()


# --- find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("인사처는 이화여대와 세미나를 열었다.", [("인사처", "인사혁신처"), ("이화여대", "이화여자대학교")]),
        (
            "유엔개발계획(UNDP)과 유엔(UN)이",
            [("유엔개발계획", "유엔개발계획"), ("UNDP", "유엔개발계획"), ("유엔", "국제연합"), ("UN", "국제연합")],
        ),
        ("카자흐스탄의 수도 아스타나에서", [("카자흐스탄", "카자흐스탄"), ("아스타나", "아스타나")]),
        ("안전행정부와 행정안전부", [("안전행정부", "행정안전부"), ("행정안전부", "행정안전부")]),
        ("서울특별시 중구청장", [("서울특별시 중구", "서울특별시 중구")]),
        ("방송통신위원회", [("방송통신위원회", "방송미디어통신위원회")]),
        ("서울중앙지방법원", [("서울중앙지방법원", "서울중앙지방법원")]),  # not 서울 and a rest
        ("UNESCO회의", [("UNESCO", "유엔교육과학문화기구")]),
        ("美·英 정상", [("美", "미국"), ("英", "영국")]),
        ("美", [("美", "미국")]),
        ("우즈베키스탄·조지아 등", [("우즈베키스탄", "우즈베키스탄"), ("조지아", "조지아")]),
    ],
)
def test_find(gazetteer: Gazetteer, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "가",
        "FUNCTION",
        "UNDPX",
        "xUNDP",
        "KAIST2",
        "이 행사에는 100여 명이 참석했다.",
        "위원회는 협회와 함께",
        "우리나라 정부는",
    ],
)
def test_find_nothing(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


def test_find_gives_all_bearers_of_an_ambiguous_name(gazetteer: Gazetteer) -> None:
    ((_, _, entries),) = gazetteer.find("중구는")
    assert sorted(entry.within for entry in entries) == sorted(
        f"{name}" for name in ("서울특별시", "부산광역시", "대구광역시", "인천광역시", "대전광역시", "울산광역시")
    )


def test_find_offsets_are_ordered_and_apart(gazetteer: Gazetteer) -> None:
    text = "한국과 미국, 서울대학교병원과 서울대, 과기정통부·행안부가 부산 벡스코에서 " * 3
    spans = gazetteer.find(text)
    assert len(spans) >= 21
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:]))
    assert all(entry for start, end, entries in spans for entry in entries if text[start:end] in entry.forms)
    assert all(text[start:end] in entry.forms for start, end, entries in spans for entry in entries)


def test_every_form_of_every_entry_is_found_alone(gazetteer: Gazetteer) -> None:
    missed = [
        form
        for entry in gazetteer
        for form in entry.forms
        if not any(start == 0 and end == len(form) and entry in entries for start, end, entries in gazetteer.find(form))
    ]
    assert missed == []


def test_loading_is_deterministic(gazetteer: Gazetteer) -> None:
    assert load() == gazetteer


# --- what the loader refuses

SCHEMA = """\
columns = [
  "name", "class", "aliases", "past", "from", "to", "within", "iso", "iso3", "wikidata", "geonames", "ror", "weak", "ambiguous", "place_class",
]
classes = ["Company", "City"]
place_classes = ["City"]
[minimum]
"a.tsv" = 1
"b.tsv" = 1
"""


def table(folder: Path, name: str, *rows: str) -> Path:
    (folder / "schema.toml").write_text(SCHEMA, encoding="utf-8")
    (folder / name).write_text("# Source: none\n" + "\n".join(row.replace(" ", "\t") for row in rows) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ["name class colour", "가상전자 Company red"],
            "a.tsv:2: column: 'colour' is not known; allowed: aliases, ambiguous, class",
        ),
        (["name aliases", "가상전자 가전"], "a.tsv:2: column: 'class' is missing; allowed: aliases"),
        (["name class", "가상전자 Firm"], "a.tsv:3: class: 'Firm' is not known; allowed: City, Company"),
        (["name class place_class", "가상전자 Company Company"], "a.tsv:3: place_class: 'Company' is not known; allowed: City"),
        (["name class", "가상전자 Company x"], "a.tsv:3: cells: 3 is not the number of columns; allowed: 2"),
        (["name class", "나상전자 Company", "가상전자 Company"], "a.tsv:4: name: '가상전자' has to come after '나상전자'"),
        (["name class", "가상전자 Company", "가상전자 Company"], "a.tsv:4: name: '가상전자' has to come after '가상전자'"),
        (["name class aliases", "가상전자 Company 가전||가상"], "a.tsv:3: aliases: '가전||가상' has an empty part"),
        (["name class aliases", "가상전자 Company 가전|가전"], "a.tsv:3: aliases: '가전' is already a name of this row"),
        (
            ["name class past", "가상전자 Company 가상상회"],
            "a.tsv:3: past: '가상상회' is not known; allowed: NAME@YYYY-MM-DD..YYYY-MM-DD",
        ),
        (
            ["name class past", "가상전자 Company 가상상회@2001-02-30.."],
            "a.tsv:3: past: '2001-02-30' is no day; allowed: YYYY-MM-DD",
        ),
        (
            ["name class past", "가상전자 Company 가상상회@2002-01-01..2001-01-01"],
            "a.tsv:3: past: '가상상회@2002-01-01..2001-01-01' ends before",
        ),
        (["name class from", "가상전자 Company 2001"], "a.tsv:3: from: '2001' is no day; allowed: YYYY-MM-DD"),
        (["name class within", "가상전자 Company 가상그룹"], "a.tsv:3: within: '가상그룹' is no canonical name of any table"),
        (["name class wikidata", "가상전자 Company 42"], "a.tsv:3: wikidata: '42' is not known; allowed: Q1…"),
        (["name class wikidata", "가상전자 Company q42"], "a.tsv:3: wikidata: 'q42' is not known; allowed: Q1…"),
        (["name class wikidata", "가상전자 Company Q042"], "a.tsv:3: wikidata: 'Q042' is not known; allowed: Q1…"),
        (["name class wikidata", "가상전자 Company Q0"], "a.tsv:3: wikidata: 'Q0' is not known; allowed: Q1…"),
        (["name class wikidata", "가상전자 Company Q４２"], "a.tsv:3: wikidata: 'Q４２' is not known; allowed: Q1…"),
        (["name class wikidata", "가상전자 Company Q42|Q43"], "a.tsv:3: wikidata: 'Q42|Q43' is not known; allowed: Q1…"),
        (["name class ror", "가상전자 Company 42"], "a.tsv:3: ror: '42' is not known; allowed: 05x4c1983"),
        (
            ["name class ror", "가상전자 Company 05x4c1983", "나상전자 Company 05x4c1983"],
            "a.tsv:4: ror: '05x4c1983' already identifies ",
        ),
        (["name class geonames", "가상시 City 042"], "a.tsv:3: geonames: '042' is not known; allowed: 1850147"),
        (["name class geonames", "가상시 City 42", "나상시 City 42"], "a.tsv:4: geonames: '42' already identifies "),
        (["name class wikidata", "가상전자 Company P42"], "a.tsv:3: wikidata: 'P42' is not known; allowed: Q1…"),
        (
            ["name class wikidata", "가상전자 Company http://www.wikidata.org/entity/Q42"],
            "a.tsv:3: wikidata: 'http://www.wikidata.org/entity/Q42' is not known; allowed: Q1…",
        ),
        (["name class wikidata", "가상전자 Company Q42", "나상전자 Company Q42"], "a.tsv:4: wikidata: 'Q42' already identifies "),
        (["name class iso", "가상시 City kr"], "a.tsv:3: iso: 'kr' is not known; allowed: KR or KR-11"),
        (["name class iso", "가상시 City KOR"], "a.tsv:3: iso: 'KOR' is not known; allowed: KR or KR-11"),
        (["name class iso", "가상시 City KR-"], "a.tsv:3: iso: 'KR-' is not known; allowed: KR or KR-11"),
        (["name class iso", "가상시 City KR-11", "나상시 City KR-11"], "a.tsv:4: iso: 'KR-11' already identifies "),
        (["name class iso3", "가상시 City KR"], "a.tsv:3: iso3: 'KR' is not known; allowed: KOR"),
        (["name class iso3", "가상시 City KOR", "나상시 City KOR"], "a.tsv:4: iso3: 'KOR' already identifies "),
        (
            ["name class aliases weak", "가상전자 Company 가전 전자"],
            "a.tsv:3: weak: '전자' is not known; allowed: 1, 가상전자, 가전",
        ),
        (
            ["name class aliases ambiguous", "가상전자 Company 가전 전자"],
            "a.tsv:3: ambiguous: '전자' is not known; allowed: 1, 가상전자, 가전",
        ),
        (
            ["name class aliases weak", "가상전자 Company 가전 ", "나상전자 Company 가전 "],
            "a.tsv:4: name: '가전' is also a name in",
        ),
        (
            ["name class aliases weak", "가상전자 Company 가전 가전", "나상전자 Company 가전 "],  # one flag of two is not enough
            "a.tsv:4: name: '가전' is also a name in",
        ),
        ([], "a.tsv: header: '' is missing"),
    ],
)
def test_loader_refuses(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load(table(tmp_path, "a.tsv", *rows))
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path))


def test_loader_refuses_a_name_of_another_table(tmp_path: Path) -> None:
    table(tmp_path, "a.tsv", "name class", "가상전자 Company")
    with pytest.raises(KnowledgeError, match=r"b\.tsv:3: name: '가상전자' is already the name of .*a\.tsv:3"):
        load(table(tmp_path, "b.tsv", "name class", "가상전자 Company"))


def test_an_identifier_of_another_table_is_refused(tmp_path: Path) -> None:
    table(tmp_path, "a.tsv", "name class wikidata", "가상전자 Company Q42")
    with pytest.raises(KnowledgeError, match=r"b\.tsv:3: wikidata: 'Q42' already identifies .*a\.tsv:3"):
        load(table(tmp_path, "b.tsv", "name class wikidata", "나상전자 Company Q42"))


def test_identifiers_that_differ_and_empty_ones_are_allowed(tmp_path: Path) -> None:
    rows = "가상시 City Q4 KR-1", "나상시 City Q42 KR-11", "다상시 City  ", "라상시 City  "
    made = load(table(tmp_path, "a.tsv", "name class wikidata iso", *rows))
    assert [(entry.wikidata, entry.iso) for entry in made] == [("Q4", "KR-1"), ("Q42", "KR-11"), (None, None), (None, None)]


def test_loader_refuses_a_table_without_a_stated_minimum(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"schema\.toml: minimum: 'c\.tsv' is not known; allowed: a\.tsv, b\.tsv"):
        load(table(tmp_path, "c.tsv", "name class", "가상전자 Company"))


def test_loader_refuses_a_folder_without_schema(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"schema\.toml: None is missing"):
        load(tmp_path)


def test_loader_refuses_an_unknown_key_of_the_schema(tmp_path: Path) -> None:
    (tmp_path / "schema.toml").write_text(SCHEMA.replace("classes =", "klasses =", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="lasses"):
        load(tmp_path)


def test_shared_form_is_allowed_when_flagged_or_at_other_times(tmp_path: Path) -> None:
    made = load(
        table(
            tmp_path,
            "a.tsv",
            "name class aliases weak past",
            "가상전자 Company 가전 가전 가상상회@..2000-12-31",
            "나상전자 Company 가전 가전 가상상회@2001-01-01..",
        )
    )
    assert [entry.name for entry in made.by_name("가전")] == ["가상전자", "나상전자"]
    assert [entry.name for entry in made.by_name("가상상회", on=dt.date(1999, 1, 1))] == ["가상전자"]
    assert [entry.name for entry in made.by_name("가상상회", on=dt.date(2002, 1, 1))] == ["나상전자"]
    assert found(made, "가전과 가상상회") == [("가전", "가상전자/나상전자"), ("가상상회", "가상전자/나상전자")]
