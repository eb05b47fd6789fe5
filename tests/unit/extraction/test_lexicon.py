"""The tables load, are checked, and are found in tokenised text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pycountry
import pytest

from app.domain.actors import ActorType
from app.extraction.datafiles import BadData
from app.extraction.lexicon import Lexicon, NameKind, load_lexicon, slug


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder of small tables: one state."""
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "states.tsv").write_text(
        "# id\tname\tofficial\taliases\tdemonyms\tplaces\tregion\tsource\n"
        "RUS\tRussia\t\t\tRussian\tMoscow\tEurope\tISO\n",
        encoding="utf-8",
    )
    return tmp_path


def test_every_state_of_the_standard_is_known(lexicon: Lexicon) -> None:
    known = {actor.id for actor in lexicon.actors if actor.type is ActorType.STATE}
    assert {country.alpha_3 for country in pycountry.countries} <= known
    assert {"XKX", "TWN", "PSE", "SUN", "YUG"} <= known


def test_no_two_actors_share_an_id(lexicon: Lexicon) -> None:
    ids = [actor.id for actor in lexicon.actors]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("words", "kind", "ident"),
    [
        (["French"], NameKind.DEMONYM, "FRA"),
        (["Briton"], NameKind.DEMONYM, "GBR"),
        (["Swedes"], NameKind.DEMONYM, "SWE"),
        (["Equatorial", "Guinea"], NameKind.STATE, "GNQ"),
        (["Guinea"], NameKind.STATE, "GIN"),
        (["Niger"], NameKind.STATE, "NER"),
        (["North", "Korean"], NameKind.DEMONYM, "PRK"),
        (["Burma"], NameKind.STATE, "MMR"),
        (["Foggy", "Bottom"], NameKind.SEAT, "USA"),
        (["Blue", "House"], NameKind.SEAT, "KOR"),
        (["KREMLIN"], NameKind.SEAT, "RUS"),
    ],
)
def test_a_name_finds_its_state(lexicon: Lexicon, words: list[str], kind: NameKind, ident: str) -> None:
    hit = lexicon.match(words, 0)
    assert hit is not None
    assert hit[0] == len(words)
    assert (hit[1][0].kind, hit[1][0].actor and hit[1][0].actor.id) == (kind, ident)


def test_the_pronoun_us_is_not_the_state(lexicon: Lexicon) -> None:
    assert lexicon.match(["us"], 0) is None


def test_the_longest_name_wins(lexicon: Lexicon) -> None:
    hit = lexicon.match(["South", "Sudan", "said"], 0)
    assert hit is not None
    assert (hit[0], hit[1][0].actor and hit[1][0].actor.id) == (2, "SSD")


def test_a_slug_is_plain_ascii() -> None:
    assert slug("Recep Tayyip Erdoğan") == "recep-tayyip-erdogan"


def test_offices_keep_their_days(tables: Path) -> None:
    (tables / "actors" / "people.tsv").write_text(
        "# name\taliases\tstate\toffice\tfrom\tto\tsource\nIvan Ivanov\tIvanov\tRUS\tpresident\t2001-05\t2004\tx\n",
        encoding="utf-8",
    )
    person = load_lexicon(tables).by_id["ivan-ivanov"]
    assert (person.offices[0].span.start, person.offices[0].span.last) == (date(2001, 5, 1), date(2004, 12, 31))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Ivan Ivanov\t\tXYZ\tpresident\t\t\tx", "people.tsv, line 2: state 'XYZ' is not in states.tsv"),
        ("Ivan Ivanov\t\tRUS\tpresident\tsoon\t\tx", "people.tsv, line 2: from is 'soon'"),
        ("Ivan Ivanov\t\tRUS\tpresident\t2005\t2001\tx", "people.tsv, line 2: a span must end after it starts"),
        ("\t\tRUS\tpresident\t\t\tx", "people.tsv, line 2: name is empty"),
        ("a\tb\tRUS\td\t\t\tx\ty", "people.tsv, line 2: 8 cells"),
    ],
)
def test_a_bad_row_is_named_with_its_file_and_line(tables: Path, row: str, problem: str) -> None:
    (tables / "actors" / "people.tsv").write_text(
        f"# name\taliases\tstate\toffice\tfrom\tto\tsource\n{row}\n", encoding="utf-8"
    )
    with pytest.raises(BadData) as caught:
        load_lexicon(tables)
    assert problem in str(caught.value)
