"""How events stand to each other: a denial to what it denies, a delivery to the contract (the table in rules.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.events import Modality
from app.domain.spans import Precision, TimeSpan
from app.linking.claims import Claim, length, likely
from app.linking.contradictions import contradiction
from app.linking.objects import differ, shared_object, stands_in
from app.linking.rules import RelationRule, Rules
from app.linking.same import agreeing_sides, excludes, same_event, shared

AHEAD = 92  # days in which a plan without an end is looked for
DENIES = ("denied", "negated")
CONTRADICTS = "contradicts"  # either way


@dataclass(frozen=True, slots=True)
class Relation:
    """One event stands to another in this way, for these reasons; `gap` is the least days from the other to the one."""

    type: str
    reasons: tuple[str, ...]
    gap: int = 0


def relations(one: Claim, other: Claim, rules: Rules) -> Iterator[Relation]:
    """Every way in which `one` stands to `other`; each type once."""
    if one.key == other.key or differ(one.thing, other.thing, rules):
        return
    if denial := _denies(one, other, rules):
        yield denial
    if why := contradiction(one, other, rules):
        yield Relation(CONTRADICTS, why)  # and nothing else: of two accounts of one deed neither repeats the other
        return
    seen: set[str] = set()
    for rule in rules.relations:
        if rule.type not in seen and (found := _fits(one, other, rule, rules)):
            seen.add(rule.type)
            yield found


def denies(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether `one` says that what `other` tells did not happen."""
    return denied_after(one, other, rules) is not None


def denied_after(one: Claim, other: Claim, rules: Rules) -> int | None:
    """In how many days `one` denies what `other` tells: 0 where it tells the day itself; None where it does not. Of
    several deeds it denies the nearest."""
    found = _denies(one, other, rules)
    return found.gap if found else None


def disputes(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether the other cannot stand undisputed beside the one: it is denied, or told in another way."""
    return denies(one, other, rules) or contradiction(one, other, rules) is not None


def tells_both(one: Claim, event: Iterable[Claim]) -> bool:
    """Whether one sentence tells the event both as not done and, among its reports, as done: then it is no account that
    denies what others tell. Who denies in so many words may well name what he denies."""
    return one.stance == "negated" and any(_in_one_sentence(one, other) for other in event)


def _denies(one: Claim, other: Claim, rules: Rules) -> Relation | None:
    """It is the same event, but told as not done; of kinds that tell one act, the same, since "no meeting" is not "no
    talks". Who denies without a day denies what was told of lately."""
    if one.stance not in DENIES or not (other.happened or other.modality is Modality.PLANNED):
        return None
    if one.kind != other.kind and rules.group(one.kind) != "sale":
        return None
    if _in_one_sentence(one, other) or not _is_account(one, rules):
        return None
    if not other.happened:
        return _denies_plan(one, other, rules)
    link = same_event(replace(one, modality=other.modality), other, rules)
    if link:
        return Relation("denies", (f"told as {one.stance}", *link.reasons))
    return _denies_lately(one, other, rules)


def _denies_lately(one: Claim, other: Claim, rules: Rules) -> Relation | None:
    """Nothing but its publication dates the denial: "Turkey has denied bombing Syria" answers what was told of in the
    days before. A plain "not" may be of any time, unless both tell a person, thing or place besides the sides."""
    days = _answered_after(one, other, rules)
    alike = replace(one, modality=other.modality, span=other.span)
    if days is None or excludes(alike, other, rules):
        return None
    sides = agreeing_sides(alike, other, rules)
    if sides is None or (one.stance != "denied" and not any(shared(one, other, rules))):
        return None
    return Relation("denies", (f"told as {one.stance}", other.kind, sides, f"denied {days} days after"), days)


def _denies_plan(one: Claim, other: Claim, rules: Rules) -> Relation | None:
    """ "Ivanov denied that Russia would sell Syria the missiles": both tell a person, thing or place besides the sides,
    or one day, and the plan was told lately."""
    alike = replace(one, modality=other.modality)
    told = one.published and other.published and 0 <= (one.published - other.published).days <= rules.news_days
    if one.stance != "denied" or not told or excludes(alike, other, rules):
        return None
    sides = agreeing_sides(alike, other, rules)
    one_day = one.exact and other.exact
    if sides is None or not (one_day or any(shared(one, other, rules))):
        return None
    return Relation("denies", (f"told as {one.stance}", f"planned {other.kind}", sides))


def _answered_after(denial: Claim, deed: Claim, rules: Rules) -> int | None:
    """The days from the last possible one of a deed to the publication of what denies it without a day; None beyond the
    reach of a denial, or where the deed is told so vaguely that it may lie beyond."""
    span = likely(deed, rules.news_days)
    if denial.span.start is not None or likely(denial, rules.news_days) == denial.room or denial.published is None:
        return None
    if span.start is None or span.last is None or length(span) > rules.news_days or span.start > denial.published:
        return None
    days = max(0, (denial.published - span.last).days)
    return days if days <= rules.denial_days else None


def _is_account(denial: Claim, rules: Rules) -> bool:
    """Whether it says of somebody that he did not do it: of who is only likely nothing is said, and what is forbidden
    or refused may be done all the same."""
    if not (denial.stated_source or denial.stated_target):
        return False
    return denial.stance != "negated" or not rules.no_denial & denial.words


def _fits(one: Claim, other: Claim, rule: RelationRule, rules: Rules) -> Relation | None:
    if one.stance != rule.stance or other.stance not in rule.to_stances:
        return None
    if not _kinds_fit(one, other, rule, rules) or (rule.words and not rule.words & set(one.trigger.split())):
        return None
    if not _things_fit(one, other, rule, rules) or (rule.says and not rule.says & one.words):
        return None
    if rule.acts and not _one_act(one, other, rules):
        return None
    if rule.names and one.words and not rules.names.get(other.kind, frozenset()) & one.words:
        return None
    sides = _sides_fit(one, other, rule)
    here, there = likely(one, rules.news_days), _ahead(likely(other, rules.news_days))
    gap, side = _gap(here, there), "after"
    if gap is None and rule.before:
        gap, side = _gap(there, here), "before"
    if gap is None and rule.object == "shared" and other.span.start is None and here.overlaps(other.span):
        gap = 0  # a contract of which news tells only that it was made before may be as old as what became of it
    if sides is None or gap is None or gap > rule.within or not _later(one, other, gap, rule.after):
        return None
    if not (here.within(there) or there.within(here)) and not gap and rule.within == 0:
        return None  # a year and a plan for its last days have days in common by chance
    days = f"{gap} days {side}" if gap else "on days that may be the same"
    return Relation(rule.type, (f"{one.kind} and {other.kind}", sides, days), gap)


def _later(one: Claim, other: Claim, gap: int, after: str) -> bool:
    """Whether the one surely comes after the other in the way that is asked for."""
    if after == "day":
        return gap > 0
    if after == "last":
        return bool(one.span.last and other.span.last and one.span.last > other.span.last)
    if after == "told":
        first, then = other.published, one.published
        return not (one.document and one.document == other.document) and not (first and then and first > then)
    if after == "another day":
        return gap > 0 or not (one.exact and other.exact)
    return True


def _in_one_sentence(one: Claim, other: Claim) -> bool:
    """One sentence does not say and deny the same: one of the two is read wrongly."""
    return bool(one.document) and (one.document, one.words) == (other.document, other.words)


def _kinds_fit(one: Claim, other: Claim, rule: RelationRule, rules: Rules) -> bool:
    if "*" not in rule.kinds and one.kind not in rule.kinds:
        return False
    return bool(rules.acts(one) & rules.acts(other)) if "=" in rule.to_kinds else other.kind in rule.to_kinds


def _things_fit(one: Claim, other: Claim, rule: RelationRule, rules: Rules) -> bool:
    """Both are about one weapon, or neither is about any. Where `shared` is asked for, it is one: both deal in arms, or
    one of the two names it, since a refusal in a text about a weapon may be of anything."""
    if rule.object == "alike":
        return one.topic == other.topic and _alike(one, other, rules)
    if rule.object != "shared" or not one.topic:
        return one.topic == other.topic and rule.object != "shared"
    sure = {one.kind, other.kind} <= rules.dealings or any(
        claim.thing and rules.family(claim.thing) for claim in (one, other)
    )
    return sure and one.topic == other.topic


def _alike(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether both tell one thing: by their objects, or by that of one and the sentence of the other."""
    if shared_object(one.thing, other.thing, rules):
        return True
    return stands_in(one.thing, other.words, rules) or stands_in(other.thing, one.words, rules)


def _one_act(one: Claim, other: Claim, rules: Rules) -> bool:
    """Whether what was stopped may be what goes on: talks are no aid."""
    acts = [{rules.act_words[word] for word in claim.words if word in rules.act_words} for claim in (one, other)]
    return not all(acts) or bool(acts[0] & acts[1])


def _sides_fit(one: Claim, other: Claim, rule: RelationRule) -> str | None:
    if rule.sides in ("same", "either") and (words := _share(one.source, other.source, one.target, other.target)):
        return words
    if rule.sides == "mirrored":
        return _answers(one, other)
    return _share(one.source, other.target, one.target, other.source) if rule.sides == "either" else None


def _answers(one: Claim, other: Claim) -> str | None:
    """Each does to the other what was done to it. Who is only likely answers within one text, or about one weapon; and
    nobody answers himself, unless people or bodies of one state are told apart."""
    first, second = (one.source, one.target), (other.source, other.target)
    if not (one.topic or (one.document and one.document == other.document)):
        first, second = (one.stated_source, one.stated_target), (other.stated_source, other.stated_target)
    if first[0] & second[1] == first[1] & second[0]:
        return None
    return _share(first[0], second[1], first[1], second[0])


def _share(first: frozenset[str], second: frozenset[str], third: frozenset[str], fourth: frozenset[str]) -> str | None:
    """What each pair of sides has in common, where both are told or neither."""
    left, right = first & second, third & fourth
    if (bool(first), bool(third)) != (bool(second), bool(fourth)):
        return None
    if (first and not left) or (third and not right) or not (left or right):
        return None
    return f"{'|'.join(sorted(left)) or '-'} and {'|'.join(sorted(right)) or '-'}"


def _ahead(span: TimeSpan) -> TimeSpan:
    """A plan that has no end is one for the next months."""
    if span.start is None or span.end is not None or span.start > date.max - timedelta(AHEAD):
        return span
    return TimeSpan(span.start, span.start + timedelta(days=AHEAD), Precision.RANGE)


def _gap(one: TimeSpan, other: TimeSpan) -> int | None:
    """The least days from the other to the one; 0 where they may share a day, None where the one lies before."""
    if one.overlaps(other):
        return 0
    if one.start and other.last and one.start > other.last:
        return (one.start - other.last).days
    return None
