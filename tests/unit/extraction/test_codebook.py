"""The codebook and the trigger table: complete, consistent, and refused with file and place where they are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.kinds import Coding, Kind
from app.extraction.codebook import (
    DATA,
    BadCodebook,
    TriggerRow,
    coding_of,
    load_codebook,
    load_roots,
    load_triggers,
    load_word_classes,
    planned_coding,
)
from app.extraction.codebook_page import codebook_page

PAGE = Path(__file__).parents[3] / "docs" / "codebook.md"
KINDS = (
    "statement denial accusation visit meeting talks agreement sale purchase delivery offer pledge request refusal"
    " suspension resumption threat ultimatum sanction expulsion deployment withdrawal exercise test attack clash arrest"
    " release protest ceasefire aid cooperation concession mediation dispute vote election appointment resignation"
    " seizure cyberattack recognition apology"
)
ROOTS = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE"
    " COERCE ASSAULT"
)
QUAD_OF = {
    root: quad
    for quad, roots in {
        1: "AGREE CONSULT SUPPORT CONCEDE",
        2: "COOPERATE AID RETREAT",
        3: "REQUEST ACCUSE REJECT THREATEN",
        4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
    }.items()
    for root in roots.split()
}
KIND_TABLE = """
[{name}]
label = "Visit"
definition = "Somebody goes somewhere."
source_role = "visitor"
target_role = "host"
plover = "{plover}"
mode = "visit"
cameo = "{cameo}"
quad = {quad}
goldstein = 1.9
planned = {{plover = "AGREE", mode = "", cameo = "036", quad = 1, goldstein = 4.0}}
examples = ["One.", "Two."]
near_miss = "Not this."
"""


def rows() -> Iterator[TriggerRow]:
    for found in load_triggers().values():
        yield from found


def codings() -> Iterator[Coding]:
    for kind in load_codebook().values():
        yield from (kind.coding, kind.planned)
    for root in load_roots().values():
        yield from (root.planned, root.negated)
    yield from (coding_of(row, load_codebook()) for row in rows())


def kinds_file(
    folder: Path, *, name: str = "visit", plover: str = "CONSULT", cameo: str = "042", quad: int = 1
) -> Path:
    path = folder / "kinds.toml"
    path.write_text(KIND_TABLE.format(name=name, plover=plover, cameo=cameo, quad=quad))
    return path


def triggers_file(folder: Path, *lines: str) -> Path:
    path = folder / "triggers.tsv"
    path.write_text("#lemma\tpos\tkind\n" + "\n".join(lines) + "\n")
    return path


def classes_file(folder: Path, *lines: str) -> Path:
    path = folder / "word_classes.toml"
    path.write_text("# Classes.\n" + "\n".join(lines) + "\n")
    return path


# -- the data -----------------------------------------------------------------------------------


def test_the_codebook_holds_every_kind_in_its_order() -> None:
    assert list(load_codebook()) == KINDS.split()


@pytest.mark.parametrize("kind", load_codebook().values(), ids=lambda kind: kind.name)
def test_every_kind_says_what_it_is(kind: Kind) -> None:
    assert all((kind.label, kind.source_role, kind.target_role))
    assert kind.definition.endswith(".")
    assert len(set(kind.examples)) == len(kind.examples) == 2
    assert all(example.endswith((".", '"')) for example in (*kind.examples, kind.near_miss))


def test_no_two_kinds_share_an_example_or_a_label() -> None:
    kinds = load_codebook().values()
    examples = [example for kind in kinds for example in kind.examples]
    assert len(set(examples)) == len(examples)
    assert len({kind.label for kind in kinds}) == len(kinds)


def test_every_plover_type_has_a_root_with_its_quad() -> None:
    assert set(load_roots()) == set(ROOTS.split())
    assert {name: root.quad for name, root in load_roots().items()} == QUAD_OF


def test_every_coding_stays_within_plover_and_cameo() -> None:
    for coding in codings():
        assert coding.plover is None or QUAD_OF[coding.plover] == coding.quad
        assert coding.plover is not None or (coding.quad == 0 and not coding.mode)
        assert 1 <= int(coding.cameo[:2]) <= 20
        assert -10 <= coding.goldstein <= 10


def test_sanctions_are_material_conflict_and_statements_have_no_type() -> None:
    kinds = load_codebook()
    assert (kinds["sanction"].coding.plover, kinds["sanction"].coding.quad) == ("SANCTION", 4)
    assert kinds["statement"].coding.plover is None
    assert kinds["denial"].coding.plover is None


def test_a_sale_runs_from_agreement_over_delivery() -> None:
    kinds = load_codebook()
    assert [kinds[name].coding.plover for name in ("sale", "delivery", "aid", "suspension")] == [
        "AGREE",
        "COOPERATE",
        "AID",
        "SANCTION",
    ]


def test_what_is_planned_of_cooperation_is_an_agreement() -> None:
    for kind in load_codebook().values():
        if kind.coding.quad in (1, 2):
            assert kind.planned.plover == "AGREE", kind.name


def test_the_triggers_are_many_and_cover_every_kind_and_every_plover_type() -> None:
    kinds = load_codebook()
    assert len(list(rows())) >= 900
    assert {row.kind for row in rows()} == set(kinds)
    assert {coding_of(row, kinds).plover for row in rows()} >= set(ROOTS.split())


def test_every_rule_has_its_own_name() -> None:
    names = [row.rule for row in rows()]
    assert len(set(names)) == len(names)


def test_a_row_that_asks_nothing_stands_after_those_that_ask() -> None:
    for key, found in load_triggers().items():
        assert all(row.conditions for row in found[:-1]), f"rows of {key} after an unconditional one are never reached"


def test_every_class_of_words_is_named_by_its_own_words() -> None:
    classes = load_word_classes()
    assert len({frozenset(words) for words in classes.values()}) == len(classes)
    assert all(words == tuple(word.lower() for word in words) for words in classes.values())


def test_no_class_is_written_out_in_the_table() -> None:
    classes = {frozenset(words): name for name, words in load_word_classes().items()}
    lines = (DATA / "triggers.tsv").read_text("utf-8").splitlines()
    lists = [
        (number, condition.partition(":")[2])
        for number, line in enumerate(lines, start=1)
        for cell in line.split("\t")[6:7]
        for condition in cell.split(",")
    ]
    assert not [(number, classes[words]) for number, text in lists if (words := frozenset(text.split("|"))) in classes]


def test_no_word_stands_beside_its_class() -> None:
    classes = load_word_classes()
    for line in (DATA / "triggers.tsv").read_text("utf-8").splitlines():
        for condition in (line.split("\t") + [""] * 7)[6].split(","):
            values = condition.partition(":")[2].split("|")
            words = {word for value in values if value[:1] == "@" for word in classes[value[1:]]}
            assert not words & set(values), line


def test_the_page_of_the_codebook_is_in_step() -> None:
    assert PAGE.read_text("utf-8") == codebook_page(load_codebook().values())


# -- what a row codes ---------------------------------------------------------------------------


def test_praise_is_a_statement_coded_as_support() -> None:
    row = load_triggers()[("praise", "V")][-1]
    assert row.kind == "statement"
    assert (coding_of(row, load_codebook()).plover, coding_of(row, load_codebook()).cameo) == ("SUPPORT", "051")


def test_what_is_planned_follows_the_rows_own_type() -> None:
    praise, boycott = load_triggers()[("praise", "V")][-1], load_triggers()[("boycott", "V")][-1]
    assert planned_coding(praise, load_codebook(), load_roots()).plover == "AGREE"
    assert planned_coding(boycott, load_codebook(), load_roots()).plover == "THREATEN"


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"cameo": "42"}, r"kinds\.toml: \[visit\] cameo"),
        ({"quad": 7}, r"kinds\.toml: \[visit\] quad"),
        ({"plover": ""}, r"kinds\.toml: \[visit\] quad"),
    ],
)
def test_a_wrong_kind_is_refused_with_file_and_key(tmp_path: Path, change: dict[str, str], told: str) -> None:
    path = kinds_file(tmp_path, **change)  # type: ignore[arg-type]
    with pytest.raises(BadCodebook, match=told):
        load_codebook(path)


def test_a_kind_without_a_field_is_refused_with_its_name(tmp_path: Path) -> None:
    path = kinds_file(tmp_path)
    path.write_text(path.read_text().replace('near_miss = "Not this."', ""))
    with pytest.raises(BadCodebook, match=r"kinds\.toml: \[visit\] near_miss"):
        load_codebook(path)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("fly\tV\tflight\tsubj", "unknown kind 'flight'"),
        ("fly\tX\tvisit\tsubj", "one of V, N, A"),
        ("fly\tV\tvisit\tsubject", "unknown path 'subject'"),
        ("fly\tV\tvisit\tsubj\t!", "nothing to require"),
        ("fly\tV\tvisit\tsubj\tto\t\tfast", "unknown condition 'fast'"),
        ("fly\tV\tvisit\tsubj\tto\t\tobj:", "unknown condition 'obj:'"),
        ("fly\tV\tvisit\tsubj\tto\t\t\tTRAVEL", "unknown PLOVER type 'TRAVEL'"),
        ("fly\tV\tvisit\tsubj\tto\t\t\tCONSULT\t42", "three or four digits"),
        ("fly\tV", "columns"),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_line(tmp_path: Path, line: str, told: str) -> None:
    path = triggers_file(tmp_path, "visit\tV\tvisit\tsubj!\tdobj", line)
    with pytest.raises(BadCodebook, match=rf"triggers\.tsv:3: .*{told}"):
        load_triggers(path)


def test_a_row_keeps_its_paths_their_order_and_what_is_required(tmp_path: Path) -> None:
    path = triggers_file(tmp_path, "sell\tV\tsale\tsubj,dobj.by!\tto,dative\tdobj\tnoobj:idea|plan,weapon")
    [row] = load_triggers(path)[("sell", "V")]
    assert (row.source.paths, row.source.required) == (("subj", "dobj.by"), True)
    assert (row.target.paths, row.target.required) == (("to", "dative"), False)
    assert [(each.name, each.values) for each in row.conditions] == [("noobj", {"idea", "plan"}), ("weapon", set())]
    assert row.coding is None


def test_several_rows_of_one_word_are_told_apart_by_number(tmp_path: Path) -> None:
    path = triggers_file(tmp_path, "call\tV\trequest\tsubj\ton\t\tprep:on", "call\tV\trequest\tsubj\tfor")
    assert [row.rule for row in load_triggers(path)[("call", "V")]] == ["call.V.request", "call.V.request#2"]


def test_a_dash_takes_the_type_away(tmp_path: Path) -> None:
    path = triggers_file(tmp_path, "refuse\tV\trefusal\tsubj\tdobj\t\tinf:comment\t-\t011")
    [row] = load_triggers(path)[("refuse", "V")]
    assert row.coding == Coding(None, "", "011", 0, 0.0)


# -- classes of words ---------------------------------------------------------------------------


def test_a_class_stands_for_its_words(tmp_path: Path) -> None:
    classes_file(tmp_path, 'curbs = ["ban", "curfew"]')
    path = triggers_file(tmp_path, "lift\tV\tconcession\tsubj\ton\t\tobj:@curbs,noobj:hand")
    [row] = load_triggers(path)[("lift", "V")]
    assert [(each.name, each.values) for each in row.conditions] == [("obj", {"ban", "curfew"}), ("noobj", {"hand"})]


def test_a_class_mixes_with_words_and_classes_and_each_word_comes_once(tmp_path: Path) -> None:
    classes_file(tmp_path, 'curbs = ["ban", "curfew"]', 'papers = ["visa", "ban"]')
    path = triggers_file(tmp_path, "lift\tV\tconcession\tsubj\ton\t\tobj:fee|@curbs|@papers|visa")
    [row] = load_triggers(path)[("lift", "V")]
    assert row.conditions[0].values == {"fee", "ban", "curfew", "visa"}


@pytest.mark.parametrize("classes", [(), ('curbs = ["ban", "curfew"]',)])
def test_an_unknown_class_is_refused_with_file_and_line(tmp_path: Path, classes: tuple[str, ...]) -> None:
    if classes:
        classes_file(tmp_path, *classes)
    path = triggers_file(tmp_path, "visit\tV\tvisit\tsubj", "lift\tV\tconcession\tsubj\ton\t\tobj:ban|@curb")
    with pytest.raises(BadCodebook, match=r"triggers\.tsv:3: unknown class '@curb' in 'ban\|@curb'"):
        load_triggers(path)


def test_a_class_that_nothing_uses_is_refused_with_file_and_line(tmp_path: Path) -> None:
    classes_file(tmp_path, 'curbs = ["ban", "curfew"]', 'papers = ["visa", "passport"]')
    path = triggers_file(tmp_path, "lift\tV\tconcession\tsubj\ton\t\tobj:@curbs")
    with pytest.raises(BadCodebook, match=r"word_classes\.toml:3: no condition uses the class 'papers'"):
        load_triggers(path)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ('"ban"', "list of single words"),
        ('["ban", 3]', "list of single words"),
        ('["ban", ""]', "list of single words"),
        ('["ban", "visa|fee"]', "list of single words"),
        ('["ban", "state of emergency"]', "list of single words"),
        ('["ban", "@papers"]', "list of single words"),
        ('["ban"]', "two words or more"),
        ('["ban", "visa", "ban"]', "none of them twice"),
    ],
)
def test_a_wrong_class_is_refused_with_file_and_line(tmp_path: Path, words: str, told: str) -> None:
    path = classes_file(tmp_path, 'papers = ["visa", "passport"]', f"curbs = {words}")
    with pytest.raises(BadCodebook, match=rf"word_classes\.toml:3: curbs: .*{told}"):
        load_word_classes(path)
