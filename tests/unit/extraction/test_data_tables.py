"""The tables of actors and weapons say what their columns promise, once, and in the form the loader reads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pycountry
import pytest
import spacy

import app.extraction
from app.extraction.lexicon import Lexicon, load_lexicon, slug

DATA = Path(app.extraction.__file__).parent / "data"
PEOPLE = DATA / "actors" / "people.tsv"
BODIES = DATA / "actors" / "bodies.tsv"
STATES = DATA / "actors" / "states.tsv"
WEAPONS = DATA / "weapons.tsv"

HEADERS = {
    PEOPLE: ("name", "aliases", "state", "office", "from", "to", "source"),
    BODIES: ("name", "aliases", "type", "state", "sector", "source"),
    WEAPONS: ("name", "aliases", "class", "producer", "source"),
}
STATE_COLUMN = {PEOPLE: 2, BODIES: 3, WEAPONS: 3}
CODES = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
TYPES = {"organisation", "media", "armed_group"}
STATE_SECTORS = {"GOV", "MIL", "COP", "JUD", "LEG", "PRM", "PTY", "REB", "SPY", "UAF", "UNK"}
SOCIAL_SECTORS = {"AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
SECTORS = STATE_SECTORS | SOCIAL_SECTORS | {"IGO", "NGO"}
SHORT_NAMES = {"AP", "AU", "BP", "E3", "EU", "G7", "G8", "G9", "IS", "RT", "UN", "VX", "Xi"}
# Surnames that several people bear whom the news knows by surname alone; the day of the article decides.
SHARED_BY_PEOPLE = {
    "Aliyev",
    "Aoun",
    "Assad",
    "Bush",
    "Castro",
    "Clinton",
    "George Bush",
    "Hariri",
    "Kabila",
    "Kaczynski",
    "Kirchner",
    "Mehsud",
    "Rajapaksa",
    "Sharif",
}
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table with its header; cells are never stripped, so that stray blanks show."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, path: Path) -> Table:
        first, *rest = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        return cls(tuple(first.lstrip("# ").split("\t")), tuple(tuple(line.split("\t")) for line in rest))

    def names(self) -> dict[str, set[str]]:
        """Every name and alias -> the actors that claim it."""
        owners: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            for name in (row[0], *filter(None, row[1].split("|"))):
                owners[name].add(row[0])
        return owners


def first_day(text: str) -> date:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day_at_most(text: str) -> str:
    """Pads a partial date so that texts compare as days: a year reaches to its end."""
    return text + "-99-99"[len(text) - 4 :]


@pytest.fixture(params=sorted(HEADERS), ids=lambda path: path.name)
def path(request: pytest.FixtureRequest) -> Path:
    chosen: Path = request.param
    return chosen


def test_every_row_has_the_columns_of_its_header(path: Path) -> None:
    table = Table.read(path)
    assert table.header == HEADERS[path]
    assert [row for row in table.rows if len(row) != len(table.header)] == []


def test_cells_hold_no_stray_blanks_and_no_empty_list_members(path: Path) -> None:
    odd = [
        row
        for row in Table.read(path).rows
        if any(cell != " ".join(cell.split()) or "||" in cell or cell.strip("|") != cell for cell in row)
    ]
    assert odd == []


def test_every_row_has_a_name_and_a_source(path: Path) -> None:
    assert [row for row in Table.read(path).rows if not row[0] or not row[-1]] == []


def test_a_source_is_a_kind_of_source_and_not_an_address(path: Path) -> None:
    assert [row for row in Table.read(path).rows if "://" in row[-1]] == []


def test_rows_stand_once_and_in_order_of_their_names(path: Path) -> None:
    rows = Table.read(path).rows
    names = [row[0] for row in rows]
    assert names == sorted(names)
    assert [row for row, count in Counter(rows).items() if count > 1] == []


def test_a_body_or_a_weapon_has_one_row() -> None:
    for path in (BODIES, WEAPONS):
        names = Counter(row[0] for row in Table.read(path).rows)
        assert [name for name, count in names.items() if count > 1] == []


def test_states_are_alpha_three_codes_or_empty(path: Path) -> None:
    column = STATE_COLUMN[path]
    assert {row[column] for row in Table.read(path).rows} - CODES - {""} == set()


def test_no_alias_repeats_within_a_row_or_equals_the_name(path: Path) -> None:
    for row in Table.read(path).rows:
        aliases = [alias for alias in row[1].split("|") if alias]
        assert len(set(aliases)) == len(aliases), row
        assert row[0] not in aliases, row


def test_very_short_names_are_standard_ones(path: Path) -> None:
    assert {name for name in Table.read(path).names() if len(name) < 3} - SHORT_NAMES == set()


def test_terms_of_office_are_dates_and_do_not_end_before_they_begin() -> None:
    for row in Table.read(PEOPLE).rows:
        start, end = row[4], row[5]
        for text in filter(None, (start, end)):
            assert PARTIAL_DATE.fullmatch(text), row
            assert 1900 < first_day(text).year < 2100, row
        if start and end:
            assert start <= last_day_at_most(end), row


def test_every_row_of_a_person_names_an_office_and_the_same_aliases() -> None:
    aliases: dict[str, set[str]] = defaultdict(set)
    for row in Table.read(PEOPLE).rows:
        assert row[3], row
        aliases[row[0]].add(row[1])
    assert {name for name, lists in aliases.items() if len(lists) > 1} == set()


def test_bodies_have_known_types_and_sectors() -> None:
    rows = Table.read(BODIES).rows
    assert {row[2] for row in rows} - TYPES == set()
    assert {row[4] for row in rows} - SECTORS == set()


def test_every_weapon_has_a_class() -> None:
    assert [row for row in Table.read(WEAPONS).rows if not row[2]] == []


def test_people_share_only_the_surnames_that_are_listed() -> None:
    shared = {name for name, owners in Table.read(PEOPLE).names().items() if len(owners) > 1}
    assert shared == SHARED_BY_PEOPLE


def test_no_name_is_claimed_in_two_tables_or_by_two_bodies_or_weapons() -> None:
    claims: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for path in (PEOPLE, BODIES, WEAPONS):
        for name, owners in Table.read(path).names().items():
            claims[name].update((path.name, owner) for owner in owners)
    twice = {name for name, owners in claims.items() if len(owners) > 1}
    assert twice == SHARED_BY_PEOPLE


def test_no_actor_takes_the_name_of_a_state_or_of_its_people() -> None:
    of_states = {name for row in Table.read(STATES).rows for cell in row[1:5] for name in cell.split("|") if name}
    for path in (PEOPLE, BODIES, WEAPONS):
        assert of_states & set(Table.read(path).names()) == set()


@pytest.mark.parametrize(("kind", "at_least"), [("organisation", 450), ("armed_group", 250), ("media", 150)])
def test_bodies_are_as_many_as_the_data_page_says(kind: str, at_least: int) -> None:
    assert sum(row[2] == kind for row in Table.read(BODIES).rows) >= at_least


def test_people_and_weapons_are_as_many_as_the_data_page_says() -> None:
    assert len(Table.read(PEOPLE).rows) >= 2500
    assert len(Table.read(WEAPONS).rows) >= 650


@pytest.mark.parametrize("table", ["provinces", "institutions", "shared_names", "no_actors", "name_words"])
def test_small_tables_are_whole_and_in_order(table: str) -> None:
    read = Table.read(DATA / "actors" / f"{table}.tsv")
    assert [row for row in read.rows if len(row) != len(read.header) or not row[0] or not row[-1]] == []
    assert [row[0] for row in read.rows] == sorted({row[0] for row in read.rows})


def test_the_state_likeliest_by_a_shared_name_is_the_one_that_the_name_finds() -> None:
    for name, states in lexicon().shared.items():
        found = lexicon().match(name.split(), 0)
        assert len(states) > 1, name
        assert found is not None, name
        assert {reading.actor.id for reading in found[1] if reading.actor} <= set(states), name


def test_no_two_actors_have_one_id() -> None:
    rows = [slug(name) for path in (PEOPLE, BODIES) for name in {row[0] for row in Table.read(path).rows}]
    assert [ident for ident, count in Counter(rows).items() if count > 1] == []


def test_names_are_split_as_the_parser_splits_them() -> None:
    tokenizer = spacy.blank("en").tokenizer
    for name in (name for path in (PEOPLE, BODIES) for name in Table.read(path).names()):
        assert lexicon().match([token.text for token in tokenizer(name)], 0) is not None, name
