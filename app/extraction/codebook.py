"""The codebook and the trigger table: what is done, under which name, and by which words it is told.

Four data files. `kinds.toml` holds the kinds of event, `roots.toml` what PLOVER's event types become when they
are planned or negated, `triggers.tsv` the words with the paths to their arguments, `word_classes.toml` the lists of
words that several conditions share. All are checked whole when they are read: a row that names an unknown kind,
path, condition or class is an error with its file and line, and so is a class that no row names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from sys import intern
from types import MappingProxyType
from typing import Any, TypeVar

from app.domain.errors import DatelineError
from app.domain.kinds import Coding, Kind

Shared = TypeVar("Shared", bound=Hashable)
DATA = Path(__file__).parent / "data"
KINDS_FILE = DATA / "kinds.toml"
ROOTS_FILE = DATA / "roots.toml"
TRIGGERS_FILE = DATA / "triggers.tsv"
# Stands beside the table of triggers; a table without it has no classes.
CLASSES_NAME = "word_classes.toml"

COLUMNS = ("lemma", "pos", "kind", "source", "target", "object", "conditions", "plover", "cameo")
PARTS_OF_SPEECH = ("V", "N", "A")
RELATIONS = frozenset({"subj", "dobj", "dative", "attr", "ccsubj", "poss", "mod", "light", "xcomp", "ccomp", "copsubj"})
PREPOSITIONS = frozenset(
    {"about", "across", "after", "against", "ahead", "along", "alongside", "among", "amid", "around", "as", "aside"}
    | {"at", "before", "behind", "between", "beyond", "by", "despite", "during", "for", "from", "in", "inside", "into"}
    | {"near", "of", "off", "on", "onto", "out", "outside", "over", "past", "regarding", "through", "throughout", "to"}
    | {"toward", "towards", "under", "until", "up", "upon", "via", "with", "within", "without"}
)
# The conditions that take a list of lemmas, and those that stand alone.
LISTED_CONDITIONS = frozenset(
    {
        "prt",
        "obj",
        "noobj",
        "prep",
        "noprep",
        "inf",
        "near",
        "of",
        "mod",
        "subj",
        "nosubj",
        "pobj",
        "nopobj",
        "nomod",
        "nonear",
        "noof",
        "noprt",
        "under",
        "nounder",
    }
)
BARE_CONDITIONS = frozenset(
    {
        "toplace",
        "oneside",
        "objplace",
        "objactor",
        "objperson",
        "subjperson",
        "subjplace",
        "weapon",
        "ccomp",
        "noccomp",
        "nolabel",
        "with",
    }
    | {"plural", "neg", "noneg", "headline", "sum", "passive", "hasobj", "nodobj", "toinf", "active", "label", "finite"}
    | {"singular", "uttered", "attribute", "noattribute", "wish", "term", "subjgroup"}
)
NONE = "-"
CLASS_SIGN = "@"


class BadCodebook(DatelineError):
    """A data file of the codebook is wrong; the message names the file, the key or line, and the mend."""


@dataclass(frozen=True, slots=True)
class Root:
    """One PLOVER event type: its quad class, and the types that its plan and its negation belong to."""

    name: str
    quad: int
    goldstein: float
    planned: Coding
    negated: Coding


@dataclass(frozen=True, slots=True)
class Slot:
    """Ordered paths from a trigger to one argument; the first that leads somewhere wins."""

    paths: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold around a trigger. `values` are lemmas, classes written out; empty if bare."""

    name: str
    values: frozenset[str] = frozenset()


# Conditions that few words around a trigger meet, and that cost little.
RARELY_HELD = frozenset({"inf", "near", "obj", "pobj", "prt", "subj"})


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """One reading of one word. `coding` is None where the coding of the kind itself holds."""

    rule: str
    lemma: str
    pos: str
    kind: str
    source: Slot
    target: Slot
    object: Slot
    conditions: tuple[Condition, ...] = ()
    coding: Coding | None = None


Triggers = Mapping[tuple[str, str], tuple[TriggerRow, ...]]
WordClasses = Mapping[str, tuple[str, ...]]


@cache
def load_roots(path: Path = ROOTS_FILE) -> Mapping[str, Root]:
    """PLOVER's event types by name, in the order of the file."""
    return MappingProxyType({name: _root(path, name, table) for name, table in _toml(path).items()})


@cache
def load_codebook(path: Path = KINDS_FILE) -> Mapping[str, Kind]:
    """The kinds by name, in the order of the file. Raises BadCodebook naming file, kind and key."""
    return MappingProxyType({name: _kind(path, name, table) for name, table in _toml(path).items()})


@cache
def load_triggers(path: Path = TRIGGERS_FILE) -> Triggers:
    """The rows by (lemma, part of speech), in the order of the file: the more specific stands first."""
    found: dict[tuple[str, str], list[TriggerRow]] = {}
    taken: dict[str, int] = {}
    classes_path = path.with_name(CLASSES_NAME)
    classes = load_word_classes(classes_path) if classes_path.exists() else {}
    named: set[str] = set()
    for where, cells in _rows(path):
        row = _trigger(where, cells, taken, classes)
        named.update(re.findall(CLASS_SIGN + r"(\w+)", cells["conditions"]))
        found.setdefault((row.lemma, row.pos), []).append(row)
    for name in classes:
        if name not in named:
            raise BadCodebook(f"{_line_of(classes_path, name)}: no condition uses the class {name!r}")
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})


@cache
def load_word_classes(path: Path = DATA / CLASSES_NAME) -> WordClasses:
    """The lemmas of each class by its name, in the order of the file. Raises BadCodebook naming file and line."""
    return MappingProxyType({name: _words(path, name, words) for name, words in _toml(path).items()})


def coding_of(row: TriggerRow, kinds: Mapping[str, Kind]) -> Coding:
    """How the row codes what it finds: its own way where it has one, else as its kind."""
    return row.coding or kinds[row.kind].coding


def planned_coding(row: TriggerRow, kinds: Mapping[str, Kind], roots: Mapping[str, Root]) -> Coding:
    """The coding of the same act while it is only intended."""
    if row.coding is None or row.coding.plover is None:
        return kinds[row.kind].planned
    return roots[row.coding.plover].planned


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadCodebook(f"{path.name}: cannot be read: {error}") from error


def _words(path: Path, name: str, words: object) -> tuple[str, ...]:
    if not isinstance(words, list) or not all(isinstance(word, str) and _is_word(word) for word in words):
        raise BadCodebook(f"{_line_of(path, name)}: {name}: a list of single words is wanted, not {words!r}")
    if len(words) < 2 or len(set(words)) < len(words):
        raise BadCodebook(f"{_line_of(path, name)}: {name}: two words or more are wanted, none of them twice")
    return tuple(words)


def _is_word(text: str) -> bool:
    """Whether a condition could hold `text` as one value."""
    return bool(text) and not any(sign.isspace() or sign in (",", "|", CLASS_SIGN) for sign in text)


def _line_of(path: Path, key: str) -> str:
    """`file:line` of a key at the outermost level of a TOML file; the bare file where the key is written otherwise."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.partition("=")[0].strip() == key:
            return f"{path.name}:{number}"
    return path.name


def _root(path: Path, name: str, table: Mapping[str, Any]) -> Root:
    where = f"{path.name}: [{name}]"
    return Root(
        name=name,
        quad=_take(where, table, "quad", int),
        goldstein=float(_take(where, table, "goldstein", float)),
        planned=_coding(f"{where} planned", _take(where, table, "planned", dict)),
        negated=_coding(f"{where} negated", _take(where, table, "negated", dict)),
    )


def _kind(path: Path, name: str, table: Mapping[str, Any]) -> Kind:
    where = f"{path.name}: [{name}]"
    examples = _take(where, table, "examples", list)
    if len(examples) != 2 or not all(isinstance(example, str) and example for example in examples):
        raise BadCodebook(f"{where} examples: two sentences are wanted")
    return Kind(
        name=name,
        label=_take(where, table, "label", str),
        definition=_take(where, table, "definition", str),
        source_role=_take(where, table, "source_role", str),
        target_role=_take(where, table, "target_role", str),
        coding=_coding(where, table),
        planned=_coding(f"{where} planned", _take(where, table, "planned", dict)),
        examples=tuple(examples),
        near_miss=_take(where, table, "near_miss", str),
    )


def _coding(where: str, table: Mapping[str, Any]) -> Coding:
    coding = Coding(
        plover=_take(where, table, "plover", str, empty=True) or None,
        mode=_take(where, table, "mode", str, empty=True),
        cameo=_take(where, table, "cameo", str),
        quad=_take(where, table, "quad", int),
        goldstein=float(_take(where, table, "goldstein", float)),
    )
    if not 0 <= coding.quad <= 4 or (coding.quad == 0) != (coding.plover is None):
        raise BadCodebook(f"{where} quad: {coding.quad} does not go with plover {coding.plover!r}")
    if not (coding.cameo.isdigit() and 3 <= len(coding.cameo) <= 4):
        raise BadCodebook(f"{where} cameo: three or four digits are wanted, not {coding.cameo!r}")
    return coding


def _take(where: str, table: Mapping[str, Any], key: str, wanted: type, *, empty: bool = False) -> Any:
    """The value under `key`, of the type wanted; an int passes for a float, an empty text only if `empty`."""
    value = table.get(key)
    accepted = (int, float) if wanted is float else (wanted,)
    if not isinstance(value, accepted) or (wanted is str and not value and not empty):
        raise BadCodebook(f"{where} {key}: a {wanted.__name__} is wanted, not {value!r}")
    return value


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """(`file:line`, cells by column) for each row; trailing empty cells may be left out."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        where = f"{path.name}:{number}"
        if not 4 <= len(cells) <= len(COLUMNS):
            raise BadCodebook(f"{where}: {len(cells)} columns, wanted {len(COLUMNS)}: {' '.join(COLUMNS)}")
        yield where, dict(zip(COLUMNS, cells + [""] * (len(COLUMNS) - len(cells)), strict=True))


def _trigger(where: str, cells: Mapping[str, str], taken: dict[str, int], classes: WordClasses) -> TriggerRow:
    lemma, pos, kind = cells["lemma"], cells["pos"], cells["kind"]
    if not lemma or pos not in PARTS_OF_SPEECH:
        raise BadCodebook(f"{where}: a lemma and one of V, N, A are wanted, not {lemma!r} {pos!r}")
    if kind not in load_codebook():
        raise BadCodebook(f"{where}: unknown kind {kind!r}")
    name = f"{lemma}.{pos}.{kind}"
    taken[name] = taken.get(name, 0) + 1
    return TriggerRow(
        rule=name if taken[name] == 1 else f"{name}#{taken[name]}",
        lemma=lemma,
        pos=pos,
        kind=kind,
        source=_slot(where, cells["source"]),
        target=_slot(where, cells["target"]),
        object=_slot(where, cells["object"]),
        conditions=_conditions(where, cells["conditions"], classes),
        coding=_override(where, cells["plover"], cells["cameo"], kind),
    )


def _slot(where: str, text: str) -> Slot:
    required = text.endswith("!")
    paths = tuple(path for path in text.removesuffix("!").split(",") if path and path != NONE)
    for path in paths:
        for hop in path.split("."):
            if hop not in RELATIONS and hop not in PREPOSITIONS:
                raise BadCodebook(f"{where}: unknown path {hop!r} in {text!r}")
    if required and not paths:
        raise BadCodebook(f"{where}: nothing to require in {text!r}")
    return _once(Slot(paths, required))


def _conditions(where: str, text: str, classes: WordClasses) -> tuple[Condition, ...]:
    """Those first that hold least often: most rows of a word are left at their first condition."""
    found = [_condition(where, each, classes) for each in text.split(",") if each]
    return tuple(sorted(found, key=lambda condition: condition.name not in RARELY_HELD))


def _condition(where: str, text: str, classes: WordClasses) -> Condition:
    name, colon, values = text.partition(":")
    if name in BARE_CONDITIONS and not colon:
        return _once(Condition(name))
    if name in LISTED_CONDITIONS and values:
        return _once(Condition(name, _written_out(where, values, classes)))
    raise BadCodebook(f"{where}: unknown condition {text!r}")


def _written_out(where: str, values: str, classes: WordClasses) -> frozenset[str]:
    """The lemmas, with the words of a class (`@name`) in the place of its name."""
    lemmas: set[str] = set()
    for value in values.split("|"):
        name = value.removeprefix(CLASS_SIGN)
        if name == value:
            lemmas.add(intern(value))
        elif name in classes:
            lemmas.update(classes[name])
        else:
            raise BadCodebook(f"{where}: unknown class {value!r} in {values!r}")
    return _once(frozenset(lemmas))


def _once(thing: Shared) -> Shared:
    """The same object for what is equal: many rows share a condition, a list of words, the paths to an argument."""
    shared: Shared = _SHARED.setdefault(thing, thing)
    return shared


_SHARED: dict[Hashable, Any] = {}


def _override(where: str, plover: str, cameo: str, kind: str) -> Coding | None:
    """The row's own coding, or None. An empty cell keeps the kind's value; `-` means no PLOVER type."""
    if not plover and not cameo:
        return None
    own = load_codebook()[kind].coding
    root = own.plover if not plover else None if plover == NONE else plover
    if root is None:
        return Coding(None, "", cameo or own.cameo, 0, 0.0)
    if root not in load_roots():
        raise BadCodebook(f"{where}: unknown PLOVER type {root!r}")
    if cameo and not (cameo.isdigit() and 3 <= len(cameo) <= 4):
        raise BadCodebook(f"{where}: a CAMEO code has three or four digits, not {cameo!r}")
    known = load_roots()[root]
    mode = own.mode if root == own.plover else ""
    return Coding(root, mode, cameo or own.cameo, known.quad, known.goldstein)
