"""The names in a parsed text: those that the tables know, and runs of proper nouns that they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from app.extraction.actors.things import OPENER, holds_a_state, names_nobody, only_colours
from app.extraction.lexicon import Lexicon, Name, NameKind

PROPER = frozenset({"NNP", "NNPS"})
OF_STATES = frozenset({NameKind.STATE, NameKind.DEMONYM, NameKind.SEAT, NameKind.PROVINCE})
# Inside a name, between its capitalised parts: "Bashar al-Assad", "Ursula von der Leyen".
_PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "de",
        "da",
        "do",
        "del",
        "van",
        "von",
        "der",
        "den",
        "la",
        "du",
        "di",
        "ul",
        "ur",
    }
)
_CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "thurs",
        "fri",
        "sat",
        "sun",
    ]
)
_LONGEST_LABEL = 4
_LONGEST_TITLE = 5
_LONGEST_PERSON = 4
_LONGEST_SYLLABLE = 5


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in a text, tokens `start` up to `end`. `kind` None: not in the tables.

    `readings` are those of the tables; `titles` the lower-case title words before it; `body` tells that its last word
    is one for an organisation; `personal` that a title or forename shows a person.
    """

    start: int
    end: int
    text: str
    kind: NameKind | None = None
    readings: tuple[Name, ...] = ()
    titles: tuple[str, ...] = ()
    body: bool = False
    personal: bool = False

    @property
    def names_state(self) -> bool:
        return self.kind in OF_STATES

    @property
    def names_person(self) -> bool:
        return self.kind is NameKind.PERSON or (self.kind is None and self.personal)


def find_names(doc: Doc, lexicon: Lexicon) -> list[Entity | None]:
    """For each token of `doc` the name that it lies in, None outside names."""
    return _Finder(doc, lexicon).find()


def add_surnames(docs: Sequence[Doc], found: Sequence[list[Entity | None]]) -> None:
    """ "Basayev freed the captives": a surname that opens a sentence, taken for a common noun, where the article gives
    the person's full name elsewhere."""
    full = {entity.text.split()[-1] for names in found for entity in names if entity is not None and _is_full(entity)}
    for doc, names in zip(docs, found, strict=True):
        for sentence in doc.sents:
            first = sentence.start
            if names[first] is None and doc[first].text in full and doc[first].dep_ not in ("amod", "compound"):
                names[first] = Entity(first, first + 1, doc[first].text)


def _is_full(entity: Entity) -> bool:
    return entity.names_person and entity.end - entity.start > 1


class _Finder:
    """One doc's search: names of the tables first, then runs of what is left."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.doc = doc
        # By number and through the table of strings: making each token costs twice as much.
        strings = doc.vocab.strings
        forms = doc.to_array(["ORTH", "TAG"]).tolist()
        self.words = [strings[orth] for orth, _ in forms]
        self.tags = [strings[tag] for _, tag in forms]
        self.found: list[Entity | None] = [None] * len(self.words)
        capitals = sum(word.isupper() for word in self.words if word.isalpha())
        self.shouting = capitals * 2 > len(self.words)

    def find(self) -> list[Entity | None]:
        self._known()
        for start, end in list(self._runs()):
            self._name_run(start, end)
        return self.found

    def _put(self, entity: Entity) -> None:
        for position in range(entity.start, entity.end):
            self.found[position] = entity

    def _text(self, start: int, end: int) -> str:
        return str(self.doc[start:end].text)

    # -- names of the tables --------------------------------------------------------------------

    def _known(self) -> None:
        position = 0
        while position < len(self.words):
            hit = self.lexicon.match(self.words, position) or self._hyphenated(position)
            if hit is None or not self._stands(position, *hit):
                position += 1
                continue
            end, readings = hit
            kind = readings[0].kind
            titles = self._titles_before(position) if kind is NameKind.PERSON else ()
            self._put(Entity(position, end, self._text(position, end), kind, readings, titles))
            position = end

    def _hyphenated(self, position: int) -> tuple[int, tuple[Name, ...]] | None:
        """A compound that the tokenizer leaves whole: "U.S.-backed"."""
        first, hyphen, _ = self.words[position].partition("-")
        if not hyphen or not first.endswith("."):
            return None
        hit = self.lexicon.match([first], 0)
        return (position + 1, hit[1]) if hit else None

    def _stands(self, start: int, end: int, readings: Sequence[Name]) -> bool:
        """Whether a known name stands for itself here, and is not a part of a longer, unknown one."""
        if readings[0].kind is NameKind.PERSON and end < len(self.words) and self._past_particles(end) is not None:
            return False  # "Prince Mohammed" + "bin Salman"
        sorts, seat = self.lexicon.name_words, readings[0].kind is NameKind.SEAT
        if only_colours(self.words, end, sorts):
            return False
        if readings[0].kind in OF_STATES and holds_a_state(self.words, start, end, sorts, seat=seat):
            return False
        if end - start > 1 or readings[0].kind is NameKind.WEAPON:
            return True
        word, kind = self.words[start], readings[0].kind
        if kind in (NameKind.PERSON, NameKind.BODY):
            if self.tags[start] not in PROPER and word[0].isupper() and not word.isupper():
                return False
            return kind is NameKind.BODY or not self._continues_name(start)
        if (
            start > 0
            and self.found[start - 1] is None
            and (self._is_forename(start - 1) or self.words[start - 1] == "New")
        ):
            return False  # "Michael Jordan", "New Mexico"
        return not (self._is_forename(start) and self._plain_name(start + 1))

    def _continues_name(self, start: int) -> bool:
        """Whether the token before is the forename of another person of this surname."""
        return start > 0 and self.found[start - 1] is None and self._plain_name(start - 1)

    def _is_forename(self, position: int) -> bool:
        return position >= 0 and (
            self.words[position] in self.lexicon.male or self.words[position] in self.lexicon.female
        )

    def _plain_name(self, position: int) -> bool:
        """Whether the token is a proper noun that is no title, no word for a body and no day."""
        if position >= len(self.words) or self.tags[position] not in PROPER or not self.words[position][0].isupper():
            return False
        return not self._is_role_word(position) and self.words[position].lower() not in _CALENDAR

    def _is_role_word(self, position: int) -> bool:
        return self.words[position].lower().rstrip(".") in self.lexicon.roles

    def _titles_before(self, start: int) -> tuple[str, ...]:
        first = start
        while first > 0 and start - first < _LONGEST_TITLE and self._is_title(first - 1):
            first -= 1
        return tuple(word.lower().rstrip(".") for word in self.words[first:start] if word != ".")

    def _is_title(self, position: int) -> bool:
        word = self.words[position].lower().rstrip(".")
        if not word:  # a lone full stop, as in "Lt" "." "Gen."
            return position > 0 and self._is_title(position - 1)
        return any(self.lexicon.has_note(word, note) for note in ("title", "person", "qualifier"))

    def _is_group(self, position: int) -> bool:
        word = self.words[position].lower()
        return self.lexicon.has_note(word, "group") and not self._is_forename(position)

    def _is_qualifier(self, position: int) -> bool:
        """Whether the word only belongs to titles ("deputy", "foreign"), and says nothing alone: "New York"."""
        word = self.words[position].lower().rstrip(".")
        return self.lexicon.has_note(word, "qualifier") and not self.lexicon.has_note(word, "person")

    # -- runs of proper nouns -------------------------------------------------------------------

    def _in_run(self, position: int) -> bool:
        if self.found[position] is not None or self.tags[position] not in PROPER:
            return False
        word = self.words[position]
        if not word[0].isupper() or word.lower().rstrip(".") in _CALENDAR:
            return False
        opens = self.doc[position].is_sent_start and self.lexicon.name_words.get(word) == OPENER
        return not opens and not self._labels_speech(position)

    def _labels_speech(self, position: int) -> bool:
        """ "WN: Why did ...", "((WN)) Why did ...": the initials before a question in an interview."""
        if not self.words[position].isupper() or len(self.words[position]) > _LONGEST_LABEL:
            return False
        after = self.words[position + 1] if position + 1 < len(self.words) else ""
        if position == 0:
            return after == ":"
        return self.words[position - 1].endswith("((") or (self.words[position - 1] == "(" and after in (")", "))"))

    def _runs(self) -> Iterator[tuple[int, int]]:
        position, size = 0, len(self.words)
        while position < size:
            if not self._in_run(position):
                position += 1
                continue
            end = position + 1
            while end < size:
                if self._in_run(end):
                    end += 1
                elif end - position > 1 and self._second_syllable(end):
                    end += 2
                elif (after := self._past_particles(end)) is not None:
                    end = after
                else:
                    break
            yield position, end
            position = end

    def _past_particles(self, position: int) -> int | None:
        """The index past particles, hyphens and the capitalised word after them, None if none follow."""
        end = position
        while end < len(self.words) and (self.words[end].lower() in _PARTICLES or self._inner_hyphen(end)):
            end += 1
        if end == position or end >= len(self.words) or not self.words[end][0].isupper() or self.found[end] is not None:
            return None
        return end + 1 if self.tags[end] in PROPER or self.words[end - 1] == "-" else None

    def _second_syllable(self, position: int) -> bool:
        """Whether a hyphen and a small-lettered syllable go on with a name: "Lee Nak" + "-yon"."""
        after = position + 1
        if after >= len(self.words) or not self._inner_hyphen(position) or not self.words[after].islower():
            return False
        return self.tags[after] in ("NN", "NNP", "FW") and len(self.words[after]) <= _LONGEST_SYLLABLE

    def _inner_hyphen(self, position: int) -> bool:
        return (
            self.words[position] == "-"
            and position > 0
            and not self.doc[position - 1].whitespace_
            and not self.doc[position].whitespace_
        )

    def _past_department(self, start: int, end: int) -> int:
        """ "Secretary of Defense Caspar W. Weinberger": where the person's name begins in a run after such a title."""
        if start < 2 or self.words[start - 1] != "of" or not self._is_title(start - 2):
            return start
        names = range(start + 1, end - 1)
        return next((at for at in names if self._is_forename(at) or self._is_initial(at + 1)), start)

    def _is_initial(self, position: int) -> bool:
        return len(self.words[position]) == 2 and self.words[position].endswith(".")

    def _name_run(self, start: int, end: int) -> None:
        start = self._past_department(start, end)
        if self._joins_body(start, end) or self._text(start, end) in self.lexicon.no_actors:
            return
        sorts = self.lexicon.name_words
        if only_colours(self.words, end, sorts) or names_nobody(
            self.words, start, end, sorts, forename=self._is_forename(start)
        ):
            return
        last = self.words[end - 1].lower()
        if self.lexicon.has_note(last, "organisation") and not self._is_forename(start):
            self._name_body(start, end)
            return
        if self.lexicon.has_note(last, "person") and not self._is_forename(start):
            return  # "Senate President": an office, read as a role noun
        first = self._past_titles(start, end)
        self._name_place_before_title(start, first)
        if first == end or (end - first == 1 and self._is_role_word(first)):
            return
        titles = self._titles_before(first)
        if self._joins_person(first, end) or self._known_but_for_initials(first, end, titles):
            return
        acronym = (
            end - first == 1 and self.words[first].isupper() and 1 < len(self.words[first]) <= 6 and not self.shouting
        )
        personal = bool(titles) or (end - first <= _LONGEST_PERSON and end - first > 1 and self._is_forename(first))
        self._put(
            Entity(
                first,
                end,
                self._text(first, end),
                titles=titles,
                body=acronym and not titles,
                personal=personal and not acronym,
            )
        )

    def _joins_body(self, start: int, end: int) -> bool:
        """A part hyphenated to a known body belongs to its name: "DEBKA" + "-Net-Weekly"."""
        before = self.found[start - 2] if start > 1 and self._inner_hyphen(start - 1) else None
        if before is None or before.kind is not NameKind.BODY:
            return False
        self._put(replace(before, end=end, text=self._text(before.start, end)))
        return True

    def _name_body(self, start: int, end: int) -> None:
        """ "Foreign Ministry", "Ministry of Foreign Affairs", "Bank of England"; a single "Army" is a role noun."""
        extended = self._past_of(end)
        if end - start == 1 and extended == end:
            return
        self._put(Entity(start, extended, self._text(start, extended), body=True))

    def _past_of(self, end: int) -> int:
        """The index past "of Foreign Affairs"; `end` where no such phrase follows."""
        if end + 1 >= len(self.words) or self.words[end] not in ("of", "for") or not self._in_run(end + 1):
            return end
        after = end + 1
        while after < len(self.words) and self._in_run(after):
            after += 1
        return after

    def _past_titles(self, start: int, end: int) -> int:
        """Where the name proper begins in a run: after its last word for a person's office, and after titles."""
        first = start
        if end - start > 1 and self.doc[start].is_sent_start and self._is_group(start):
            first = start + 1  # "Activist Joshua Wong was arrested."
        for position in range(start, end - 1):
            word = self.words[position].lower().rstrip(".")
            if self.lexicon.has_note(word, "person") or self.lexicon.has_note(word, "title"):
                first = position + 1
        titled = first
        while titled < end and self._is_title(titled):
            titled += 1
        if all(self._is_qualifier(position) for position in range(first, titled)):
            return first
        return titled

    def _name_place_before_title(self, start: int, end: int) -> None:
        """ "Boston" in "Boston Mayor" + name: what stands before the first title word of a run is a name of its own."""
        place = start
        while place < end and not self._is_role_word(place):
            place += 1
        if start < place < end:
            self._put(Entity(start, place, self._text(start, place)))

    def _known_but_for_initials(self, start: int, end: int, titles: tuple[str, ...]) -> bool:
        """ "Mikhail S. Gorbachev" is known as Mikhail Gorbachev."""
        words = self.words[start:end]
        without = [word for word in words if not (len(word) == 2 and word.endswith("."))]
        if not 1 < len(without) < len(words):
            return False
        hit = self.lexicon.match(without, 0)
        if hit is None or hit[0] != len(without) or hit[1][0].kind is not NameKind.PERSON:
            return False
        self._put(Entity(start, end, self._text(start, end), NameKind.PERSON, hit[1], titles))
        return True

    def _joins_person(self, start: int, end: int) -> bool:
        """A further forename before a known full name becomes part of it: "Mohammad" + "Javad Zarif"."""
        after = self.found[end] if end < len(self.words) else None
        if (
            after is None
            or after.kind is not NameKind.PERSON
            or after.end - after.start < 2
            or not self._is_forename(start)
        ):
            return False
        self._put(replace(after, start=start, text=self._text(start, after.end)))
        return True
