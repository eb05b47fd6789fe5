"""Tables of ICEWS in both shapes: each row with its line, and the place of its words in it."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.kinds import Coding
from app.extraction.codebook import load_codebook, load_roots
from app.sources.coded import IMPORTERS, CodedRow
from app.sources.coded.cameo import by_code, find
from app.sources.coded.cells import cells, records
from app.sources.received import Refused, Unreadable

HEADER = (
    "event_id,event_date,source_name,source_sectors,source_country,event_text,cameo_code,intensity,target_name,"
    "target_sectors,target_country,story_id,sentence_number,publisher,city,district,province,country,latitude,longitude\n"
)
RAW = (
    '17,2018-06-01,Police (Ruritania),"Government,Police",Ruritania,Consult,040,1.5,"Graf, the ""Younger""",,Graustark,'
    "901,2,Strelsau Gazette,Strelsau,,Upper Ruritania,Ruritania,49.5,15.25\n"
)


def read(*lines: str) -> list[CodedRow | Refused]:
    return list(IMPORTERS["icews"].read(lines, "table"))


def row(*lines: str) -> CodedRow:
    [found] = read(*lines)
    assert isinstance(found, CodedRow)
    return found


def test_a_row_of_four_columns_points_at_its_words() -> None:
    found = row("Colombia\tInvestigate\tGuerrilla (Colombia)\t2008-07-25\n")
    assert found.line == "Colombia\tInvestigate\tGuerrilla (Colombia)\t2008-07-25"
    assert found.line[slice(*found.code_words)] == "Investigate"
    assert found.line[slice(*found.day_words)] == "2008-07-25"
    assert (found.day, found.kind, found.coding.cameo) == (date(2008, 7, 25), "accusation", "090")
    assert (found.source.name, found.target.name, found.told_in) == ("Colombia", "Guerrilla (Colombia)", "")


def test_a_raw_row_brings_its_story_place_and_sectors() -> None:
    found = row(HEADER, RAW)
    assert found.line == RAW.rstrip("\n")
    assert found.line[slice(*found.code_words)] == "Consult"
    assert found.target.name == 'Graf, the "Younger"'
    assert (found.source.state, found.source.sector) == ("Ruritania", "COP")
    assert (found.told_in, found.publisher, found.coding.goldstein) == ("901", "Strelsau Gazette", 1.5)
    assert found.place is not None
    assert (found.place.name, found.place.country, found.place.latitude) == ("Strelsau", "Ruritania", 49.5)
    assert found.where == "table:2"


def test_an_intensity_of_nothing_is_kept_and_not_taken_for_missing() -> None:
    assert row(HEADER, RAW.replace(",1.5,", ",0.0,")).coding.goldstein == 0.0
    assert row(HEADER, RAW.replace(",1.5,", ",,")).coding.goldstein == 1.0


def test_rows_agree_that_differ_only_in_number_story_and_publisher() -> None:
    other = RAW.replace("17,", "18,", 1).replace("901,2,Strelsau Gazette", "902,5,Zenda Post")
    elsewhere = RAW.replace("Strelsau,,", "Zenda,,")
    assert row(HEADER, RAW).same == row(HEADER, other).same
    assert row(HEADER, RAW).same != row(HEADER, elsewhere).same


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("A\tConsult\tB\t2008-13-01\n", "is no day"),
        ("A\tSing together\tB\t2008-01-01\n", "CAMEO has no 'Sing together'"),
        ("A\tConsult\tB\n", "has 3 cells"),
        ("A\tConsult\tB\0\t2008-01-01\n", "U+0000"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_place(line: str, says: str) -> None:
    _, found = read("A\tConsult\tB\t2008-01-01\n", line)
    assert isinstance(found, Refused)
    assert found.where == "table:2"
    assert says in found.reason


def test_a_table_of_another_shape_is_refused_as_a_whole() -> None:
    with pytest.raises(Unreadable, match="no table of ICEWS"):
        read("name;day\n", "x;2008-01-01\n")
    assert read() == []


def test_a_quoted_cell_may_go_over_lines_and_hold_the_separator() -> None:
    assert list(records(['a,"b\n', 'c",d\n', "e\n"], quoted=True)) == [(1, 'a,"b\nc",d'), (3, "e")]
    found = cells('a,"b, ""c""",', ",")
    assert [cell.text for cell in found] == ["a", 'b, "c"', ""]
    assert [tuple(cell.at) for cell in found] == [(0, 1), (3, 11), (13, 13)]


def test_a_first_zero_that_a_spreadsheet_ate_is_put_back() -> None:
    assert (found := find("40", "")) is not None
    assert found.code == "040"
    assert find("", "no such deed") is None


def test_every_code_has_a_kind_and_a_root_of_the_codebook() -> None:
    kinds, roots = load_codebook(), load_roots()
    assert len(by_code()) > 300
    for code in by_code().values():
        coding: Coding = code.coding
        assert code.kind in kinds, code
        assert coding.plover is None or roots[coding.plover].quad == coding.quad, code
