"""Dictionaries of the user: tables and files of PETRARCH, read and joined to the program's own actors."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from app.domain.actors import ActorType
from app.domain.spans import TimeSpan
from app.extraction.datafiles import BadData
from app.extraction.dictionaries import NO_ACTORS, expected_version, read_dictionary
from app.extraction.lexicon import DATA, load_lexicon
from app.extraction.petrarch import in_the_news, read_entries

ACTORS = """# a comment
VARDANIA_LEAGUE_(VLG)_ [GEOREB] # found in the news
+LEAGUE_OF_VARDANIA_
ORLA_TESTERSEN_
+MINISTER_TESTERSEN_
\t[DNKGOV 030701-040231]
\t[DNKOPP >20040301]
PINK_BOX_
WHITE_BOX_ [---]
"""
AGENTS = """!PERSON! = MAN, WOMAN
FERRY!PERSON! [~LAB]
STRIKEBREAKER {STRIKEBREAKERS} [~LAB]
"""
SHARED = """ORLA_TESTERSEN_  # found in the news
+TESTERSEN_
PRESIDENT_ORLA_TESTERSEN
TESTERSEN_ADMINISTRATION
	[DNKELI 490101-910710]
	[DNKGOV >201005011]
VARDANIA_FRONT
PINK_BRIGADE
	[GEOREB]
V.U.

VARDANIA_UNION_SECRETARY
+SECRETARY_OF_THE_VARDANIA_UNION
	[IGO]
GREY_BOX_ [---]
GREY_HORSE_ [GEOREB 20121207-20120802]
Source: other.actors
GREY_SHIP_ [GEOMIL 1920050709-20110709] [GEO 20130101]
GREY_CAP_ [GEOCOP}
"""
BODIES = "#name\taliases\ttype\tstate\tsector\tsource\n"
PHOENIX = Path(os.environ.get("DATELINE_SHARED", DATA.parents[3] / "shared")) / "reference" / "phoenix"


def test_an_entry_has_names_codes_and_days() -> None:
    left_out: list[str] = []
    league, person = read_entries(ACTORS, left_out)
    assert league.names == ["VARDANIA LEAGUE", "VLG", "LEAGUE OF VARDANIA"]
    assert [code.code for code in league.codes] == ["GEOREB"]
    first, second = person.codes
    assert (first.span.start, first.span.end) == (date(2003, 7, 1), date(2004, 3, 1))  # no February has 31 days
    assert (second.span.start, second.span.end) == (date(2004, 3, 1), None)
    assert left_out == ["line 9: code '---'", "line 8: 'PINK BOX' has no code"]  # the white box is another of its names


def test_names_without_a_code_have_the_codes_that_come_next() -> None:
    read = {entry.names[0]: entry for entry in read_entries(SHARED, [])}
    assert read["ORLA TESTERSEN"].names[1:] == ["TESTERSEN", "PRESIDENT ORLA TESTERSEN", "TESTERSEN ADMINISTRATION"]
    assert [code.code for code in read["ORLA TESTERSEN"].codes] == ["DNKELI", "DNKGOV"]


def test_who_shares_codes_and_no_word_or_stands_apart_is_another() -> None:
    read = {entry.names[0]: entry for entry in read_entries(SHARED, [])}
    for front, code in (("VARDANIA FRONT", "GEOREB"), ("PINK BRIGADE", "GEOREB"), ("V.U.", "IGO")):
        assert read[front].names == [front]
        assert [one.code for one in read[front].codes] == [code]
    assert read["VARDANIA UNION SECRETARY"].names[1:] == ["SECRETARY OF THE VARDANIA UNION"]


def test_a_code_is_kept_without_the_days_that_cannot_be_read() -> None:
    left_out: list[str] = []
    read = {entry.names[0]: entry for entry in read_entries(SHARED, left_out)}
    spans = {name: [code.span for code in read[name].codes] for name in ("ORLA TESTERSEN", "GREY HORSE", "GREY SHIP")}
    assert not spans["ORLA TESTERSEN"][1].known
    assert not spans["GREY HORSE"][0].known
    assert [(span.start, span.end) for span in spans["GREY SHIP"]] == [(None, date(2011, 7, 10)), (None, None)]
    assert [code.code for code in read["GREY CAP"].codes] == ["GEOCOP"]  # closed by a brace
    assert left_out == [
        "line 6: days of 'DNKGOV >201005011'; the code is kept",
        "line 15: code '---'",
        "line 15: 'GREY BOX' has no code",
        "line 16: days of 'GEOREB 20121207-20120802'; the code is kept",
        "line 17: no entry: 'Source: other.actors'",
        "line 18: days of 'GEOMIL 1920050709-20110709'; the code is kept",
        "line 18: days of 'GEO 20130101'; the code is kept",
    ]


def test_agents_spell_out_their_lists_and_plurals() -> None:
    ferry, breaker = read_entries(AGENTS, [])
    assert (ferry.names, breaker.names) == (["FERRYMAN", "FERRYWOMAN"], ["STRIKEBREAKER", "STRIKEBREAKERS"])


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("BANK OF VARDANIA", "Bank of Vardania"),
        ("AL-BADR BRIGADE", "al-Badr Brigade"),
        ("FARC", "FARC"),
        ("Vardania", "Vardania"),
    ],
)
def test_names_are_written_as_the_news_prints_them(written: str, printed: str) -> None:
    assert in_the_news(written) == printed


def test_a_file_of_petrarch_adds_actors_with_offices_and_role_nouns(tmp_path: Path) -> None:
    (tmp_path / "actors.txt").write_text(ACTORS)
    (tmp_path / "agents.txt").write_text(AGENTS)
    lexicon = load_lexicon(own=tmp_path)
    league, person = lexicon.by_id["vardania-league"], lexicon.by_id["orla-testersen"]
    assert (league.type, league.state, league.sector) == (ActorType.ARMED_GROUP, "GEO", "REB")
    assert (person.type, person.state) == (ActorType.PERSON, "DNK")
    assert [office.title for office in person.offices] == ["member of the government", "member of the opposition"]
    assert lexicon.match(["League", "of", "Vardania"], 0) is not None
    assert lexicon.roles["ferryman"].sector == "LAB"


def test_a_table_adds_a_body_and_an_office_to_one_who_is_known(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text(f"{BODIES}Vardania Gazette\tThe Vardanian\tmedia\tGEO\tJRN\tits imprint\n")
    (tmp_path / "people.tsv").write_text(
        "#name\taliases\tstate\toffice\tfrom\tto\tsource\n"
        "Angela Merkel\tFrau M.\tDEU\tchess champion\t2022\t\tmy notes\n"
    )
    lexicon = load_lexicon(own=tmp_path)
    assert lexicon.by_id["vardania-gazette"].type is ActorType.MEDIA
    merkel = lexicon.by_id["angela-merkel"]
    assert {"chancellor", "chess champion"} <= {office.title for office in merkel.offices}
    found = lexicon.match(["Frau", "M."], 0)
    assert found is not None
    assert found[1][0].actor is merkel


def test_a_name_of_the_program_keeps_its_owner(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text(f"{BODIES}Testersen Works\tHezbollah|Testersen\torganisation\tDNK\tBUS\tmine\n")
    lexicon = load_lexicon(own=tmp_path)
    found = lexicon.match(["Hezbollah"], 0)
    assert found is not None
    assert found[1][0].actor is not None
    assert found[1][0].actor.id == "hezbollah"


def test_a_row_that_says_nothing_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text(f"{BODIES}X\t\tclub\t\t\t\n")
    with pytest.raises(BadData, match=r"mine\.tsv, line 2: type is 'club'"):
        load_lexicon(own=tmp_path)


def test_a_file_without_actors_is_known_as_such(tmp_path: Path) -> None:
    path = tmp_path / "discards.txt"
    path.write_text("1914\n+HOROSCOPE\n")
    assert read_dictionary(path).form == NO_ACTORS


def test_readings_by_other_dictionaries_are_of_another_version(tmp_path: Path) -> None:
    plain = expected_version(tmp_path)
    (tmp_path / "actors.txt").write_text(ACTORS)
    assert plain == expected_version(None)
    assert expected_version(tmp_path).startswith(f"{plain}+")


@pytest.mark.skipif(not PHOENIX.is_dir(), reason=f"the Phoenix dictionaries are not at {PHOENIX}")
def test_the_dictionaries_of_phoenix_load_whole() -> None:
    read = {path.name: read_dictionary(path) for path in sorted(PHOENIX.glob("*.txt"))}
    held = {name: len(dictionary) for name, dictionary in read.items() if dictionary.form != NO_ACTORS}
    assert held == {
        "Phoenix.Countries.actors.txt": 18356,
        "Phoenix.International.actors.txt": 7839,
        "Phoenix.MilNonState.actors.txt": 1020,
        "Phoenix.agents.txt": 2244,
    }
    told = [line.partition(": ")[2] for dictionary in read.values() for line in dictionary.left_out]
    days = [line for line in told if line.startswith("days of ")]
    assert len(days) == 9  # the files' own slips; the entries are kept
    assert [line for line in told if line not in days] == [  # who is marked as nobody, and a remark
        "code '---'", "'AHMED DARWISH' has no code", "code '---'", "'INDIAN OCEAN' has no code", "code '---'",
        "code '---'", "no entry: 'Source: MNC.MLH.actors'",
    ]  # fmt: skip
    named = {name for dictionary in read.values() for entry in dictionary.entries for name in entry.names}
    assert {"BORIS YELTSIN", "PRESIDENT YELTSIN", "GORBACHEV", "U.N.", "DAVID CAMERON", "JUND AL AQSA"} <= named
    lexicon = load_lexicon(own=PHOENIX)
    minister = lexicon.by_id["modeste-kerekou"]
    assert minister.state == "BEN"
    assert minister.offices[0].span.overlaps(TimeSpan.of_day(date(2011, 1, 1)))
