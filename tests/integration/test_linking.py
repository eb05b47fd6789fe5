"""Events over the database: the same whatever the order and the number of processes; decided, denied, read anew."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, permutations
from multiprocessing import get_context
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy import event as sa_event

from app.domain.dates import Offsets
from app.domain.documents import Document, Reading
from app.domain.errors import BadQuery, Merged
from app.domain.events import Mention
from app.domain.queries import Choice, EventQuery
from app.extraction.codebook import load_codebook
from app.extraction.pipeline import ReadDocument
from app.services import claims, deciding, describing, disputing, feed, relating, renewing, reports, rereading
from app.services import documents as documents_service
from app.services import linking as linking_service
from app.services.deciding import Signed
from app.services.ingest import IngestReport, ingest
from app.storage import documents as documents_store
from app.storage import history, past, runs, search
from app.storage import linking as linking_store
from app.storage import relating as relating_store
from app.storage.engine import make_engine, migrate, transactions
from tests.databases import migrated_database, temporary_database
from tests.scripted import ScriptedReader, desk, document

KINDS = load_codebook()
SIGNED = Signed("another year's visit", "A. Archivist")
VISIT = (
    "visit asserted 2016-04-14 IRN,jane-doe>RUS | The envoy came to town and had a long day there with ministers, "
    "bankers and the clergy of both rites."
)
RETOLD = (
    "visit asserted 2016-04-14 IRN,jane-doe>RUS | Yesterday one from the republic stood on our bridge; of the river, "
    "the old debts and two houses they will have talked."
)
THIRD = (
    "visit asserted 2016-04-14 IRN,jane-doe>RUS | Nobody saw a plane land, yet at noon guards were in front of the "
    "hotel where she stays, as all winter."
)
MONTH = "visit asserted 2016-04 IRN,jane-doe>RUS | In April an envoy had come to town."
DENIED = "visit denied 2016-04-14 IRN,jane-doe>RUS | No envoy came, says the ministry."


def take(engine: Engine, *documents: Document, reader: ScriptedReader | None = None) -> IngestReport:
    return ingest(documents, desk(transactions(engine), reader))


TOLD = (
    "id, kind, edtf, modality, source_ids, target_ids, object, title, evidence_text, status, n_reports, n_publishers, "
    "actors, confidence"
)
WHY = (
    "SELECT array_agg(claim || ' ' || coalesce(link ->> 'reasons', '') ORDER BY claim) FROM mention "
    "WHERE event_id = event.id"
)


def events(engine: Engine) -> list[dict[str, Any]]:
    """What an event is, without what tells when and in which order it was recorded."""
    with engine.connect() as conn:
        rows = conn.execute(text(f"SELECT {TOLD}, ({WHY}) AS told FROM event ORDER BY id")).mappings()
        return [dict(row) for row in rows]


def ids(engine: Engine) -> list[str]:
    return [str(one["id"]) for one in events(engine)]


# -- order ----------------------------------------------------------------------------------------


def corpus() -> list[Document]:
    """Documents that merge, bridge, deny and repeat each other."""
    lines = []
    for day in (11, 14, 20):
        for doer in ("IRN,jane-doe", "IRN,john-roe", "IRN"):
            lines.append(f"visit asserted 2016-04-{day} {doer}>RUS | On the {day}th {doer} came to see the president.")
            lines.append(
                f"delivery asserted 2016-04 RUS>{doer} S-300 | Told of {doer} by the {day}th: the first parts."
            )
    lines += [MONTH, DENIED, VISIT, RETOLD]
    lines += [f"visit denied ../2016-05-0{day} IRN,jane-doe>RUS | By the {day}th nobody had come." for day in (2, 7)]
    dealt = random.Random(7)
    denied = document(f"{DENIED}\n{VISIT}", "Paper 9", "2016-05-09")
    return [denied] + [
        document("\n".join(dealt.sample(lines, 3)) + f"\nNumber {n}.", f"Paper {n % 5}", f"2016-05-{1 + n % 9:02}")
        for n in range(16)
    ]


def copies() -> list[Document]:
    """Texts that several print, one of them twice, and one who gives no name or no day."""
    dealt = random.Random(11)
    doers = ("IRN,jane-doe", "IRN,john-roe", "IRN")
    texts = [f"visit asserted yesterday {doer}>RUS | {doer} was here yesterday." for doer in doers]
    texts += [f"{texts[0]}\n{VISIT}", f"{MONTH}\n{texts[1]}", *(one.text for one in corpus()[:4])]
    printers = ("Paper 1", "PAPER 1", "Paper 3", "Paper 4", None, None)
    days = ["2016-04-09", *(f"2016-04-{day}" for day in range(11, 23)), None]
    return [document(one, publisher, dealt.choice(days)) for one in texts for publisher in printers]


def test_the_same_documents_give_the_same_events_in_any_order_at_once_or_one_by_one(server_url: str) -> None:
    seen: list[list[dict[str, Any]]] = []
    printed: list[list[tuple[Any, ...]]] = []
    for seed in range(4):
        documents = corpus() + copies()
        random.Random(seed).shuffle(documents)
        with temporary_database(server_url) as url:
            engine = make_engine(url)
            migrate(engine)
            if seed:
                take(engine, *documents)
            else:
                for one in documents:
                    take(engine, one)
            seen.append(events(engine))
            printed.append(prints(engine))
            engine.dispose()
    assert printed[0] == printed[1] == printed[2] == printed[3]
    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert max(len(one["told"]) for one in seen[0]) > 5
    assert any(one["status"] == "disputed" for one in seen[0])


def prints(engine: Engine) -> list[tuple[Any, ...]]:
    """Whose each text is, and who prints it besides."""
    with engine.connect() as conn:
        asked = text(
            "SELECT sha256, publisher, published_edtf, (SELECT array_agg((r.publisher, r.published_edtf)::text "
            "ORDER BY r.publisher) FROM reprint r WHERE r.document_id = d.id) FROM document d ORDER BY sha256"
        )
        return [tuple(row) for row in conn.execute(asked)]


def work(url: str, share: Sequence[Document]) -> list[str]:
    """What one process does, and what became of its documents."""
    engine = make_engine(url, pool_size=1)
    report = take(engine, *share)
    engine.dispose()
    return [outcome.result.value for outcome in report.outcomes]


def test_four_processes_at_once_lose_nothing_and_make_no_duplicate(own: Engine, server_url: str) -> None:
    documents = corpus() + copies()
    random.Random(5).shuffle(documents)
    url = own.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        results = list(pool.map(work, [url] * 4, [documents[n::4] for n in range(4)]))
    texts = len({one.text for one in documents})
    assert Counter(chain(*results)) == {"read": texts, "known": len(documents) - texts}
    with temporary_database(server_url) as other:
        alone = make_engine(other)
        migrate(alone)
        take(alone, *documents)
        assert (events(own), prints(own)) == (events(alone), prints(alone))
        alone.dispose()
    assert replayed(own) == set(ids(own))


def replayed(engine: Engine) -> set[str]:
    """The events that one knows who has followed the feed, a few changes at a time."""
    known: set[str] = set()
    cursor, numbers = None, []
    with engine.connect() as conn:
        while True:
            records, meta, after = feed.changes(conn, {"limit": 7, **({"cursor": cursor} if cursor else {})})
            for record in records:
                known |= {record["event_id"]} if record["change"] == "created" else set()
                known -= {record["event_id"]} if record["change"] == "merged" else set()
            numbers += [record["number"] for record in records]
            if meta.next_cursor is None:
                break
            cursor = after
    assert numbers == sorted(set(numbers))
    return known


def statements(engine: Engine, *documents: Document) -> list[str]:
    """What linking and keeping asks the database for, beginning and end aside."""
    asked: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    with engine.begin() as conn:
        run = runs.of_version(conn, "script.1")  # asked once for many documents
    done = documents_store.ReadBy(run, claims.linked_by())
    sa_event.listen(engine, "before_cursor_execute", note)
    with engine.begin() as conn:
        for one in documents:
            kept = documents_store.insert(conn, one, status=Reading.READ, read=done)
            [read] = ScriptedReader().read_many([one])
            linking_service.store_mentions(conn, linking_service.Desk(kept.id, run, one, KINDS), read.mentions)
    sa_event.remove(engine, "before_cursor_execute", note)
    return asked


def test_one_new_mention_asks_as_often_whatever_is_kept_and_never_once_an_event(own: Engine) -> None:
    take(own, document(DENIED, "Herald"))
    few = statements(own, document(f"{MONTH}\nFirst.", "Gazette"))
    take(own, *(document(line, f"Paper {n}") for n, line in enumerate(corpus_lines())))
    many = statements(own, document(f"{MONTH.replace('2016-04', '2017-04')}\nSecond.", "Gazette"))
    assert len(many) <= len(few) <= MOST_STATEMENTS, few


MOST_STATEMENTS = 9  # one for what is kept together, and one for each question


def corpus_lines() -> list[str]:
    day = "visit asserted 2017-{month:02}-14 IRN,jane-doe>RUS | In month {month} came one of whom {month} knew."
    return [day.format(month=month) for month in (1, 2, 3, 6, 7, 8, 9, 10, 11, 12)]


# -- what an event tells --------------------------------------------------------------------------


def test_an_event_told_first_vaguely_takes_the_exact_day_and_its_old_id_names_the_new_one(own: Engine) -> None:
    take(own, document(MONTH, "Gazette", "2016-05-02"))
    [vague] = ids(own)
    take(own, document(VISIT, "Courier", "2016-04-15"))
    [one] = events(own)
    assert one["edtf"] == "2016-04-14"
    assert one["status"] == "corroborated"
    with own.connect() as conn:
        assert history.successor(conn, vague) == one["id"]
        with pytest.raises(Merged) as gone:
            reports.event(conn, vague, KINDS)
    assert gone.value.successor == one["id"]


def test_who_denies_an_event_disputes_it_until_the_denial_is_retracted(own: Engine) -> None:
    take(own, document(VISIT))
    take(own, document(DENIED, "Courier"))
    told = {one["modality"]: one for one in events(own)}
    assert told["asserted"]["status"] == "disputed"
    with own.begin() as conn:
        [relation] = relating.related(conn, told["asserted"]["id"], KINDS)
        assert (relation["type"], relation["from"]) == ("denies", told["denied"]["id"])
        assert relation["evidence"][0]["text"] == DENIED
        deciding.retract(conn, KINDS, told["denied"]["id"], SIGNED)
    told = {one["modality"]: one for one in events(own)}
    assert (told["asserted"]["status"], told["denied"]["status"]) == ("reported", "retracted")
    with own.connect() as conn:
        assert relating.related(conn, told["asserted"]["id"], KINDS) == []
        assert relating.chain(conn, told["asserted"]["id"], KINDS).record["n_events"] == 1


BOMBED = [f"attack asserted 2016-04-{day} TUR>SYR | On the {day}th bombs fell." for day in ("02", "03")]
NOT_BOMBED = "attack denied ../2016-04-05 TUR>SYR | No bombs of ours, says the ministry."


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_denial_without_a_day_disputes_the_nearest_deed_before_it_in_any_order(
    own: Engine, order: tuple[int, ...]
) -> None:
    told = [document(BOMBED[0], "Gazette", "2016-04-04"), document(BOMBED[1], "Post", "2016-04-04")]
    told.append(document(NOT_BOMBED, "Courier", "2016-04-05"))
    for number in order:
        take(own, told[number])
    found = {one["edtf"]: one for one in events(own)}
    assert [found[day]["status"] for day in ("2016-04-02", "2016-04-03")] == ["reported", "disputed"]
    with own.begin() as conn:
        ways = [(one["type"], one["to"]) for one in relating.related(conn, found["../2016-04-05"]["id"], KINDS)]
        assert ways == [("denies", found["2016-04-03"]["id"])]
        assert relating.related(conn, found["2016-04-02"]["id"], KINDS) == []
        deciding.retract(conn, KINDS, found["2016-04-03"]["id"], SIGNED)
    assert {one["edtf"]: one["status"] for one in events(own)}["2016-04-02"] == "disputed"


def test_a_side_that_is_only_inferred_says_so_until_another_report_names_it(own: Engine) -> None:
    line = "delivery asserted 2016-04-12 RUS>{}IRN S-300 | {}"
    take(own, document(line.format("~", "The parts came by sea at dawn."), "Gazette"))
    [one] = events(own)
    assert {actor["id"]: actor["basis"] for actor in one["actors"]} == {"RUS": "stated", "IRN": "inferred"}
    assert (one["title"], one["target_ids"]) == ("Delivery, RUS (S-300)", ["IRN"])
    take(own, document(line.format("", "Two ships with crates were seen in the harbour on Tuesday."), "Courier"))
    [one] = events(own)
    assert {actor["id"]: actor["basis"] for actor in one["actors"]} == {"RUS": "stated", "IRN": "stated"}
    assert one["title"] == "Delivery, RUS → IRN (S-300)"


def test_a_reprint_is_no_second_report_and_does_not_corroborate(own: Engine) -> None:
    story = VISIT + "\nHe came with a letter of his king, and left on the next day without an answer to any of it."
    take(own, document(story, "Gazette"), document(f"{story}\nTaken over.", "Courier"))
    [one] = events(own)
    assert (one["n_reports"], one["n_publishers"], one["status"]) == (1, 2, "reported")


def test_a_report_that_leaves_a_side_out_does_not_corroborate_by_itself(own: Engine) -> None:
    whole = "withdrawal asserted 2016-04-14 RUS>SYR | The last of them left by noon."
    half = "withdrawal asserted 2016-04-14 RUS> | It is said that Moscow has had enough."
    again = "withdrawal asserted 2016-04-14 RUS>SYR | Aeroplanes took whoever was there home."
    take(own, document(whole, "Gazette"), document(half, "Courier"))
    [told] = events(own)
    assert (told["n_publishers"], told["status"]) == (2, "reported")
    take(own, document(again, "Herald"))
    [told] = events(own)
    assert (told["n_publishers"], told["status"]) == (3, "corroborated")


def test_a_text_printed_to_the_letter_by_five_is_one_report_of_five_publishers_in_any_order(server_url: str) -> None:
    papers = [document(VISIT, f"Paper {n}", f"2016-04-{15 + n}") for n in range(5)]
    seen = []
    for order in (papers, papers[::-1]):
        with temporary_database(server_url) as url:
            engine = make_engine(url)
            migrate(engine)
            for one in order:
                take(engine, one)
            again = take(engine, *papers)
            assert {outcome.result.value for outcome in again.outcomes} == {"known"}
            with engine.connect() as conn:
                kept = documents_service.document(conn, 1)
            told = [(one["publisher"], one["published_at"]) for one in kept["reprints"]]
            seen.append((kept["publisher"], kept["published_at"], told, events(engine)))
            engine.dispose()
    assert seen[0] == seen[1]
    assert seen[0][:2] == ("Paper 0", "2016-04-15")
    assert seen[0][2] == [(f"Paper {n}", f"2016-04-{15 + n}") for n in range(1, 5)]
    [one] = seen[0][3]
    assert (one["n_reports"], one["n_publishers"], one["status"]) == (1, 5, "reported")


YESTERDAY = "visit asserted yesterday IRN,jane-doe>RUS | The envoy was in town yesterday."


@pytest.mark.parametrize(
    "printed",
    [
        (("Gazette", "2016-04-18"), ("Gazette", "2016-04-15")),
        (("Gazette", "2016-04-18"), (None, "2016-04-15")),
        (("Gazette", "2016-04-18"), ("Courier", "2016-04-15")),
        (("Gazette", None), (None, "2016-04-15")),
    ],
)
def test_a_text_is_dated_by_its_earliest_print_whichever_comes_first(
    server_url: str, printed: tuple[tuple[str | None, str | None], ...]
) -> None:
    seen = []
    for order in (printed, printed[::-1]):
        with temporary_database(server_url) as url:
            engine = make_engine(url)
            migrate(engine)
            for publisher, day in order:
                last = take(engine, document(YESTERDAY, publisher, day)).outcomes[0]
            [one] = events(engine)
            assert last.event_ids == (one["id"],)
            assert rereading.left(desk(transactions(engine))) == 0
            seen.append((one, prints(engine)))
            engine.dispose()
    assert seen[0] == seen[1]
    assert seen[0][0]["edtf"] == "2016-04-14"


def test_who_prints_a_text_earlier_dates_it_and_it_is_read_anew(own: Engine) -> None:
    take(own, document(VISIT, "Courier", "2016-04-18"))
    take(own, document(VISIT, "Gazette", "2016-04-15"))
    assert rereading.left(desk(transactions(own))) == 0
    take(own, document(VISIT, "Herald", "2016-04-20"))
    found = Choice(("Herald",))
    with own.connect() as conn:
        assert len(search.page(conn, EventQuery(publisher=found)).rows) == 1
        causes = [change["change"] for change in feed.changes(conn, {"limit": 100})[0]]
    assert causes == ["created", "changed", "changed"]


ASKED = "request asserted {day} IRN>RUS {thing}| On {day} they asked for number {day} of what they want."


def test_of_many_events_of_a_pair_the_nearest_are_compared(own: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"{year}-04-10" for year in range(2010, 2021)]
    take(own, *(document(ASKED.format(day=day, thing=""), f"Paper {day}", day) for day in days))
    take(own, document("refusal asserted 2016-04-14 RUS>IRN | No, they said.", "Herald"))
    monkeypatch.setattr(relating_store, "MOST", 2)
    told = {one["kind"]: one["id"] for one in events(own)}
    with own.connect() as conn:
        [relation] = relating.related(conn, told["refusal"], KINDS)
        assert (relation["type"], relation["event"]["date_edtf"]) == ("refuses", "2016-04-10")


def test_a_chain_that_is_cut_holds_what_is_nearest_and_says_so(own: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"{year}-04-10" for year in range(2010, 2021)]
    take(own, *(document(ASKED.format(day=day, thing="S-300 "), f"Paper {day}", day) for day in days))
    middle = next(one["id"] for one in events(own) if one["edtf"] == "2015-04-10")
    with own.connect() as conn:
        whole = relating.chain(conn, middle, KINDS).record
        assert (whole["n_events"], whole["complete"]) == (11, True)
        monkeypatch.setattr(relating, "MOST_IN_CHAIN", 3)
        part, earlier, later = relating.chain(conn, middle, KINDS)
        before, after = _followed(conn, middle, earlier, "earlier"), _followed(conn, middle, later, "later")
        assert before[0].later
        back = relating.chain(conn, middle, KINDS, cursor=before[0].later).record
        with pytest.raises(BadQuery):
            relating.chain(conn, middle, KINDS, cursor="xyz")
    pages = [*(page.record for page in reversed(before)), part, *(page.record for page in after)]
    assert [one["id"] for page in pages for one in page["events"]] == [one["id"] for one in whole["events"]]
    assert [page["n_events"] for page in pages] == [1, 3, 3, 3, 1]
    assert [one["date_edtf"] for one in back["events"]] == [f"{year}-04-10" for year in (2014, 2015, 2016)]
    assert [one["date_edtf"] for one in part["events"]] == ["2014-04-10", "2015-04-10", "2016-04-10"]
    assert not part["complete"]
    assert describing.describe_chain(part).endswith("; those that are farthest off in time are left out.")


def _followed(conn: Connection, event: str, cursor: str | None, way: str) -> list[relating.Chain]:
    """The pages one way, from a cursor on."""
    pages = []
    while cursor:
        pages.append(relating.chain(conn, event, KINDS, cursor=cursor))
        cursor = getattr(pages[-1], way)
    return pages


# -- decisions ------------------------------------------------------------------------------------


def numbers(conn: Connection, event_id: str) -> list[int]:
    return [int(report["id"]) for report in reports.event(conn, event_id, KINDS)["reports"]]


def test_a_split_stays_split_when_more_is_told_and_when_all_is_read_anew(own: Engine) -> None:
    take(own, document(VISIT, "Gazette", "2016-04-15"), document(RETOLD, "Courier", "2016-04-16"))
    [event] = ids(own)
    with own.begin() as conn:
        first, second = sorted(numbers(conn, event))
        made = deciding.split(conn, KINDS, event, [second], SIGNED)
    assert len(made["events"]) == 2
    assert made["reports"][first] == event
    take(own, document(THIRD, "Herald", "2016-04-17"))
    assert sorted(one["n_reports"] for one in events(own)) == [1, 2]
    before = events(own)
    newer = {line: line.replace("visit asserted", "visit alleged") for line in (VISIT, RETOLD)}
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", newer))))
    assert [(one["id"], one["n_reports"]) for one in events(own)] == [(one["id"], one["n_reports"]) for one in before]
    with own.connect() as conn:
        causes = [change["decision"]["name"] for change in feed.of_event(conn, event) if change["decision"]]
    assert causes == ["A. Archivist"]


def test_what_is_split_off_stays_one_event_though_the_rest_held_it_together(own: Engine) -> None:
    days = {"Gazette": "2016-04-14", "Courier": "2016-04-03/2016-04-14", "Herald": "2016-04-14/2016-04-25"}
    take(own, *(document(f"visit asserted {day} IRN>RUS | {name} saw one.", name) for name, day in days.items()))
    [event] = ids(own)
    with own.begin() as conn:
        told = reports.event(conn, event, KINDS)["reports"]
        leaving = [int(one["id"]) for one in told if one["document"]["publisher"] != "Gazette"]
        made = deciding.split(conn, KINDS, event, leaving, SIGNED)
    assert len(made["events"]) == 2
    assert len({made["reports"][number] for number in leaving}) == 1
    before = events(own)
    with own.begin() as conn:
        for one in (1, 2, 3):
            linking_service.link_again(linking_service.begin(conn, KINDS, "test"), one)
    assert events(own) == before
    assert sorted(one["n_reports"] for one in before) == [1, 2]
    with own.begin() as conn:
        deciding.merge(conn, KINDS, made["events"][0], made["events"][1:], SIGNED)
    assert [one["n_reports"] for one in events(own)] == [3]


def test_an_event_that_goes_by_another_id_since_still_shows_what_was_decided(own: Engine) -> None:
    take(own, document(VISIT, "Gazette", "2016-04-15"), document(RETOLD, "Courier", "2016-04-16"))
    [event] = ids(own)
    with own.begin() as conn:
        deciding.split(conn, KINDS, event, [max(numbers(conn, event))], SIGNED)
    before = ids(own)
    take(own, document(THIRD, "Herald", "2016-04-14"))
    [named_anew] = set(ids(own)) - set(before)
    with own.connect() as conn:
        told = [change for change in feed.of_event(conn, named_anew) if change["decision"]]
        [old] = set(before) - set(ids(own))
        assert {change["decision"]["action"] for change in told} == {"split"}
        assert {change["event_id"] for change in told} == {old}


def test_what_is_read_as_another_kind_stands_for_what_it_was(own: Engine) -> None:
    take(own, document(VISIT))
    [event] = ids(own)
    with own.begin() as conn:
        deciding.retract(conn, KINDS, event, SIGNED)
    newer = {VISIT: VISIT.replace("visit asserted", "meeting asserted")}
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", newer))))
    [now_] = ids(own)
    with own.connect() as conn:
        assert history.successor(conn, event) == now_
        assert [one["decision"]["action"] for one in feed.of_event(conn, now_) if one["decision"]] == ["retract"]


def test_a_merge_makes_one_of_two_and_a_later_split_takes_it_back(own: Engine) -> None:
    other = "visit asserted 2016-04-20 IRN,jane-doe>RUS | The envoy came on the 20th."
    take(own, document(VISIT, "Gazette", "2016-04-15"), document(other, "Courier", "2016-04-21"))
    one, two = ids(own)
    with own.begin() as conn:
        made = deciding.merge(conn, KINDS, one, [two], SIGNED)
    [event] = events(own)
    assert made["events"] == [event["id"]]
    assert event["status"] == "disputed"  # two exact days in one event
    with own.begin() as conn:
        record = reports.event(conn, event["id"], KINDS)
        [conflict] = record["conflicts"]
        assert (conflict["field"], {value["value"] for value in conflict["values"]}) == (
            "date",
            {"2016-04-14", "2016-04-20"},
        )
        [leaving] = conflict["values"][1]["reports"]
        deciding.split(conn, KINDS, event["id"], [leaving], SIGNED)
    assert ids(own) == sorted([one, two])


def test_a_split_leaves_together_what_was_merged_before(own: Engine) -> None:
    other = "visit asserted 2016-04-20 IRN,jane-doe>RUS | The envoy came on the 20th."
    take(own, document(VISIT, "Gazette", "2016-04-15"), document(other, "Courier", "2016-04-21"))
    one, two = ids(own)
    with own.begin() as conn:
        [merged] = deciding.merge(conn, KINDS, one, [two], SIGNED)["events"]
    take(own, document(MONTH, "Herald", "2016-05-02"))
    with own.begin() as conn:
        told = reports.event(conn, merged, KINDS)["reports"]
        leaving = [int(report["id"]) for report in told if report["document"]["publisher"] == "Herald"]
        made = deciding.split(conn, KINDS, merged, leaving, SIGNED)
    assert len(made["events"]) == 2
    assert sorted(event["n_reports"] for event in events(own)) == [1, 2]


def test_no_report_brings_a_retracted_event_back(own: Engine) -> None:
    take(own, document(VISIT))
    [event] = ids(own)
    with own.begin() as conn:
        deciding.retract(conn, KINDS, event, SIGNED)
    take(own, document(RETOLD, "Courier", "2016-04-17"))
    assert [(one["id"], one["status"], one["n_reports"]) for one in events(own)] == [(event, "retracted", 2)]


def test_what_is_retracted_again_changes_nothing_and_keeps_the_reason(own: Engine) -> None:
    take(own, document(VISIT))
    [event] = ids(own)
    with own.begin() as conn:
        first = deciding.retract(conn, KINDS, event, SIGNED)
    with own.begin() as conn:
        lines = conn.execute(text("SELECT count(*) FROM change")).scalar_one()
        again = deciding.retract(conn, KINDS, event, Signed("once more", "B. Second"))
        assert conn.execute(text("SELECT count(*) FROM change")).scalar_one() == lines
    assert (again["events"], again["reports"]) == (first["events"], first["reports"])
    assert again["decision"] > first["decision"]


def test_a_decision_holds_when_the_same_words_are_read_as_another_kind(own: Engine) -> None:
    take(own, document(VISIT, "Gazette", "2016-04-15"), document(RETOLD, "Courier", "2016-04-16"))
    [event] = ids(own)
    with own.begin() as conn:
        made = deciding.split(conn, KINDS, event, [max(numbers(conn, event))], SIGNED)
        [other] = set(made["events"]) - {event}
        deciding.retract(conn, KINDS, other, SIGNED)
    newer = {line: line.replace("visit asserted", "meeting asserted") for line in (VISIT, RETOLD)}
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", newer))))
    assert sorted((one["kind"], one["status"]) for one in events(own)) == [
        ("meeting", "reported"),
        ("meeting", "retracted"),
    ]


AS_MEETING = {line: line.replace("visit asserted", "meeting asserted") for line in (VISIT, RETOLD)}


def test_a_later_decision_holds_though_what_it_is_about_is_read_as_it_was_before_the_earlier(own: Engine) -> None:
    take(own, document(VISIT, "Gazette", "2016-04-15"), document(RETOLD, "Courier", "2016-04-16"))
    [event] = ids(own)
    with own.begin() as conn:
        deciding.split(conn, KINDS, event, [max(numbers(conn, event))], SIGNED)
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", AS_MEETING))))
    one, other = ids(own)
    with own.begin() as conn:
        deciding.merge(conn, KINDS, one, [other], SIGNED)
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.3"))))
    assert [(one["kind"], one["n_reports"]) for one in events(own)] == [("visit", 2)]


def test_what_was_restored_stays_so_though_it_is_read_as_it_was_when_retracted(own: Engine) -> None:
    take(own, document(VISIT))
    with own.begin() as conn:
        deciding.retract(conn, KINDS, ids(own)[0], SIGNED)
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", AS_MEETING))))
    with own.begin() as conn:
        deciding.restore(conn, KINDS, ids(own)[0], SIGNED)
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.3"))))
    assert [(one["kind"], one["status"]) for one in events(own)] == [("visit", "reported")]


@dataclass(frozen=True)
class Shifted:
    """A reader that takes other words of a clause for its trigger."""

    reader: ScriptedReader
    by: int

    @property
    def version(self) -> str:
        return self.reader.version

    def read_many(self, documents: Iterable[Document]) -> Iterator[ReadDocument]:
        for read in self.reader.read_many(documents):
            yield replace(read, mentions=tuple(map(self._shifted, read.mentions)))

    def _shifted(self, mention: Mention) -> Mention:
        trigger = mention.evidence.trigger
        other = Offsets(trigger.start + self.by, trigger.end + self.by)
        return replace(mention, evidence=replace(mention.evidence, trigger=other))


@pytest.mark.parametrize("by", [3, 30])
def test_a_decision_holds_when_other_words_of_the_clause_tell_another_kind(own: Engine, by: int) -> None:
    take(own, document(f"{VISIT}\n{DENIED}"))
    event = next(one["id"] for one in events(own) if one["modality"] == "asserted")
    with own.begin() as conn:
        deciding.retract(conn, KINDS, event, SIGNED)
    reader = Shifted(ScriptedReader("script.2", AS_MEETING), by)
    list(rereading.reread(replace(desk(transactions(own)), reader=reader)))
    [now_] = [one for one in events(own) if one["modality"] == "asserted"]
    assert (now_["kind"], now_["status"]) == ("meeting", "retracted")
    with own.connect() as conn:
        assert history.successor(conn, event) == now_["id"]


def test_what_is_merged_with_a_retracted_event_is_retracted_with_it_until_it_is_split_off(own: Engine) -> None:
    other = "visit asserted 2016-04-20 IRN,jane-doe>RUS | The envoy came on the 20th."
    take(own, document(other, "Courier", "2016-04-21"), document(VISIT, "Gazette", "2016-04-15"))
    old, wrong = (next(e["id"] for e in events(own) if e["edtf"] == day) for day in ("2016-04-20", "2016-04-14"))
    with own.begin() as conn:
        deciding.retract(conn, KINDS, wrong, SIGNED)
        [merged] = deciding.merge(conn, KINDS, old, [wrong], SIGNED)["events"]
    assert [(one["id"], one["status"]) for one in events(own)] == [(merged, "retracted")]
    with own.begin() as conn:
        deciding.split(conn, KINDS, merged, [min(numbers(conn, merged))], SIGNED)
    assert {one["edtf"]: one["status"] for one in events(own)} == {"2016-04-20": "reported", "2016-04-14": "retracted"}


def test_a_retracted_claim_draws_no_event_along_that_stood_by_itself(own: Engine) -> None:
    other = VISIT.replace("2016-04-14", "2016-04-20").replace("envoy", "lady")
    take(own, document(VISIT, "Gazette", "2016-04-15"), document(other, "Courier", "2016-04-21"))
    one, two = (next(e["id"] for e in events(own) if e["edtf"] == day) for day in ("2016-04-14", "2016-04-20"))
    with own.begin() as conn:
        deciding.retract(conn, KINDS, two, SIGNED)
    same_day = {other: other.replace("2016-04-20", "2016-04-14")}
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", same_day))))
    assert [(e["id"], e["status"] == "retracted", e["n_publishers"]) for e in events(own)] == [(one, False, 2)]


def test_what_is_read_no_more_and_then_again_is_as_retracted_as_before(own: Engine) -> None:
    take(own, document(VISIT))
    [event] = ids(own)
    with own.begin() as conn:
        deciding.retract(conn, KINDS, event, SIGNED)
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", {VISIT: "nothing any more"}))))
    assert ids(own) == []
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.3"))))
    assert [(one["id"], one["status"]) for one in events(own)] == [(event, "retracted")]
    with own.connect() as conn:
        versions = [change.version for change in history.of_event(conn, event)]
    assert versions == sorted(versions)
    assert versions[-1] == 3


def test_what_is_read_no_more_and_then_again_stays_split_and_stands_for_itself(own: Engine) -> None:
    take(own, document(MONTH, "Gazette", "2016-05-02"))
    [vague] = ids(own)
    take(own, document(VISIT, "Courier", "2016-04-15"), document(RETOLD, "Herald", "2016-04-16"))
    [event] = ids(own)
    with own.begin() as conn:
        assert history.successor(conn, vague) == event
        deciding.split(conn, KINDS, event, [max(numbers(conn, event))], SIGNED)
    apart = events(own)
    gone = dict.fromkeys((MONTH, RETOLD), "nothing any more")
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", gone))))
    assert len(ids(own)) == 1
    elsewhere = {MONTH: MONTH.replace("jane-doe", "john-roe")}
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.3", elsewhere))))
    assert len(ids(own)) == 3
    with own.connect() as conn:
        assert history.successor(conn, vague) is None
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.4"))))
    assert events(own) == apart


def test_a_decision_names_reports_of_the_event_and_has_a_reason_and_a_name(own: Engine) -> None:
    take(own, document(VISIT))
    [event] = ids(own)
    with own.begin() as conn:
        for wrong in ([], numbers(conn, event), [999_999]):
            with pytest.raises(BadQuery, match="some but not all"):
                deciding.split(conn, KINDS, event, wrong, SIGNED)
        with pytest.raises(BadQuery, match="other events"):
            deciding.merge(conn, KINDS, event, [event], SIGNED)
    with pytest.raises(BadQuery, match="1 to 200 characters"):
        Signed("why", " ")


# -- clocks ---------------------------------------------------------------------------------------


def known_at(engine: Engine, instant: Any) -> list[tuple[Any, ...]]:
    with engine.begin() as conn:
        past.look_back(conn, instant)
        rows = conn.execute(
            text(
                "SELECT e.id, e.edtf, e.status, e.n_reports, e.version, (SELECT count(*) FROM mention m "
                "WHERE m.event_id = e.id), (SELECT string_agg(actor_id, ' ' ORDER BY actor_id) FROM event_actor a "
                "WHERE a.event_id = e.id) FROM event e ORDER BY e.id"
            )
        )
        return [tuple(row) for row in rows]


def now(engine: Engine) -> Any:
    with engine.connect() as conn:
        return conn.execute(text("SELECT clock_timestamp()")).scalar()


def test_the_past_is_told_exactly_as_it_was_known_then(own: Engine) -> None:
    steps = (
        lambda: take(own, document(MONTH, "Gazette", "2016-05-02")),
        lambda: take(own, document(VISIT, "Courier", "2016-04-15")),
        lambda: take(own, document(DENIED, "Herald", "2016-04-16")),
        lambda: _retract(own),
    )
    seen = [(now(own), known_at(own, now(own)))]
    for step in steps:
        step()
        seen.append((now(own), known_at(own, now(own))))
    assert len({str(then) for _, then in seen}) == len(seen)
    assert [known_at(own, instant) for instant, _ in seen] == [then for _, then in seen]


def printed_at(engine: Engine, instant: Any) -> tuple[Any, ...]:
    """Whose the first document was, and who printed it besides; and of whom its event was told."""
    with engine.begin() as conn:
        past.look_back(conn, instant)
        kept = documents_service.document(conn, 1)
        [event] = search.page(conn, EventQuery()).rows
        others = [(one["publisher"], one["published_at"]) for one in kept["reprints"]]
        return (kept["publisher"], kept["published_at"], others, event.publisher, event.published_at, event.date_edtf)


def test_who_printed_a_text_is_told_as_it_was_known_then(own: Engine) -> None:
    seen = []
    for publisher, day in (("Courier", 18), ("Gazette", 20), ("Gazette", 19), (None, 16), ("Gazette", 15)):
        take(own, document(YESTERDAY, publisher, f"2016-04-{day}"))
        seen.append((now(own), printed_at(own, now(own))))
    assert [printed_at(own, instant) for instant, _ in seen] == [then for _, then in seen]
    assert [then[:3] for _, then in seen] == [
        ("Courier", "2016-04-18", []),
        ("Courier", "2016-04-18", [("Gazette", "2016-04-20")]),
        ("Courier", "2016-04-18", [("Gazette", "2016-04-19")]),
        (None, "2016-04-16", [("Courier", "2016-04-18"), ("Gazette", "2016-04-19")]),
        ("Gazette", "2016-04-15", [("Courier", "2016-04-18")]),
    ]


def test_what_a_report_was_about_is_told_as_it_was_known_then(own: Engine) -> None:
    take(own, document("delivery asserted 2016-04-12 RUS>IRN S-300 | The parts came."))
    before = now(own)
    with own.begin() as conn:
        [kept] = linking_store.kept_of_document(conn, 1)
        stamp = linking_store.take_turn(conn)
        linking_store.place(conn, linking_store.Placed(int(kept.values["id"]), "S-400", ()), stamp)
    for instant, topic in ((before, "S-300"), (now(own), "S-400")):
        with own.begin() as conn:
            past.look_back(conn, instant)
            assert [one.values["topic"] for one in linking_store.kept_of_document(conn, 1)] == [topic]


def _retract(engine: Engine) -> None:
    event = next(one["id"] for one in events(engine) if one["modality"] == "asserted")
    with engine.begin() as conn:
        deciding.retract(conn, KINDS, event, SIGNED)


def test_an_earlier_merge_keeps_its_reasons_and_its_score(own: Engine) -> None:
    take(own, document(VISIT, "Courier", "2016-04-15"), document(MONTH, "Gazette", "2016-05-02"))
    [event] = ids(own)
    joined = now(own)
    with own.begin() as conn:
        [why] = [one["same_because"] for one in reports.event(conn, event, KINDS)["reports"] if one["same_because"]]
        [leaving] = [one["id"] for one in reports.event(conn, event, KINDS)["reports"] if one["same_because"]]
        deciding.split(conn, KINDS, event, [leaving], SIGNED)
    with own.begin() as conn:
        past.look_back(conn, joined)
        then = [one["same_because"] for one in reports.event(conn, event, KINDS)["reports"]]
    assert why["score"] < 1
    assert why["reasons"]
    assert [one for one in then if one] == [why]


def test_what_stood_for_an_id_then_is_told_as_of_then(own: Engine) -> None:
    take(own, document(MONTH, "Gazette", "2016-05-02"))
    [vague] = ids(own)
    take(own, document(VISIT, "Courier", "2016-04-15"))
    [event] = ids(own)
    merged = now(own)
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", {VISIT: "nothing any more"}))))
    assert ids(own) == [vague]
    with own.begin() as conn:
        assert history.successor(conn, event) == vague
        past.look_back(conn, merged)
        with pytest.raises(Merged) as gone:
            reports.event(conn, vague, KINDS)
    assert gone.value.successor == event


def test_an_old_id_is_followed_to_where_its_claim_went_since(own: Engine) -> None:
    take(own, document(MONTH, "Gazette", "2016-05-02"))
    [vague] = ids(own)
    take(own, document(VISIT, "Courier", "2016-04-15"), document(RETOLD, "Herald", "2016-04-16"))
    [event] = ids(own)
    with own.begin() as conn:
        assert history.successor(conn, vague) == event
        told = reports.event(conn, event, KINDS)["reports"]
        leaving = [int(one["id"]) for one in told if one["document"]["publisher"] != "Courier"]
        made = deciding.split(conn, KINDS, event, leaving, SIGNED)
        [other] = set(made["events"]) - {event}
        assert history.successor(conn, vague) == other
    gone = dict.fromkeys((VISIT, RETOLD, MONTH), "nothing any more")
    list(rereading.reread(desk(transactions(own), ScriptedReader("script.2", gone))))
    with own.connect() as conn:
        assert history.successor(conn, vague) is None
        with pytest.raises(Merged, match="nothing any more"):
            reports.event(conn, vague, KINDS)


# -- reading anew ---------------------------------------------------------------------------------


def test_reading_anew_keeps_the_ids_of_what_stays_and_tells_what_changed(own: Engine) -> None:
    delivery = "delivery asserted 2016-04 RUS>IRN S-300 | The parts came."
    take(own, document(f"{VISIT}\n{delivery}\n{MONTH.replace('visit', 'request')}"))
    before = {one["kind"]: one["id"] for one in events(own)}
    newer = {
        delivery: delivery.replace("2016-04 ", "2016-04-11 "),
        MONTH.replace("visit", "request"): "nothing any more",
    }
    second = desk(transactions(own), ScriptedReader("script.2", newer))
    assert rereading.left(second) == 1
    [read] = rereading.reread(second)
    assert (read.stay, read.new, read.gone) == (1, 1, 2)
    assert rereading.left(second) == 0
    after = {one["kind"]: one for one in events(own)}
    assert after.keys() == {"visit", "delivery"}
    assert after["visit"]["id"] == before["visit"]
    assert (after["delivery"]["id"], after["delivery"]["edtf"]) == (before["delivery"], "2016-04-11")
    with own.connect() as conn:
        last = {change["event_id"]: change for change in feed.changes(conn, {"limit": 100})[0]}
        with pytest.raises(Merged, match="nothing any more"):
            reports.event(conn, before["request"], KINDS)
        told = rereading.differences(conn, "script.1", "script.2")
    assert last[before["delivery"]]["change"] == "changed"
    assert "edtf" in last[before["delivery"]]["fields"]
    assert last[before["request"]]["change"] == "retracted"
    assert last[before["delivery"]]["cause"] == "reading script.2"
    assert rereading.counted(told) == {"changed": 1, "removed": 1}
    assert next(one.fields for one in told if one.newer) == ("edtf",)


def test_two_versions_are_compared_in_what_both_have_read_whichever_is_named_first(own: Engine) -> None:
    first, second = f"{VISIT}\n{DENIED}", f"{VISIT}\nA second text."
    newer = ScriptedReader("script.2", {DENIED: DENIED.replace("2016-04-14", "2016-04-13"), "Nothing.": MONTH})
    take(own, document(first), document("Nothing.", "Herald"))
    list(rereading.reread(desk(transactions(own), newer)))
    take(own, document(second, "Courier"), reader=newer)
    with own.connect() as conn:
        there, back = (
            rereading.differences(conn, *versions) for versions in (("script.1", "script.2"), ("script.2", "script.1"))
        )
    assert rereading.counted(there) == {"changed": 1, "added": 1}
    assert rereading.counted(back) == {"changed": 1, "removed": 1}
    assert [(one.older, one.newer) for one in there] == [(one.newer, one.older) for one in back]
    list(rereading.reread(desk(transactions(own))))
    with own.connect() as conn:
        again = rereading.differences(conn, "script.2", "script.1")
    assert [(one.document_id, one.fields) for one in again] == [(one.document_id, one.fields) for one in back]
    assert rereading.counted(again) == rereading.counted(back)


def test_reading_anew_can_be_stopped_and_goes_on_where_it_was(own: Engine) -> None:
    take(own, *(document(f"{VISIT}\nNumber {n}.") for n in range(3)))
    second = desk(transactions(own), ScriptedReader("script.2", {VISIT: RETOLD}))
    going = rereading.reread(second)
    next(going)
    going.close()  # type: ignore[attr-defined]
    assert rereading.left(second) == 2
    assert [one.new for one in rereading.reread(second)] == [0, 0]
    assert rereading.left(second) == 0
    assert len(events(own)) == 1


def test_other_rules_of_linking_link_anew_what_is_read_already(own: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    delivered = (
        "delivery asserted 2016-04 RUS>IRN S-300 | The first parts came in spring by sea, says one from the port."
    )
    seen = (
        "delivery asserted 2016-04 RUS>IRN S-300 | Somebody saw launchers on lorries at the gate of the old barracks."
    )
    take(own, document(delivered, "Gazette", "2016-05-02"), document(seen, "Courier", "2016-06-01"))
    take(own, document(VISIT), document(DENIED, "Courier"))
    before = events(own)
    deliveries = [one["n_reports"] for one in before if one["kind"] == "delivery"]
    assert rereading.left(desk(transactions(own))) == 0

    present = claims.rules()
    other = replace(
        present, days={**present.days, "delivery": 1}, shared={**present.shared, "object": 1}, version="other"
    )
    for module in (claims, linking_service, disputing, renewing):
        monkeypatch.setattr(module, "rules", lambda: other)
    assert rereading.left(desk(transactions(own))) == 4
    assert [(one.linked, one.new) for one in rereading.reread(desk(transactions(own)))] == [(True, 0)] * 4
    assert rereading.left(desk(transactions(own))) == 0
    after = events(own)
    assert (deliveries, [one["n_reports"] for one in after if one["kind"] == "delivery"]) == ([2], [1, 1])
    untouched = [[one for one in found if one["kind"] == "visit"] for found in (before, after)]
    assert untouched[0] == untouched[1]
    with own.connect() as conn:
        versions = conn.execute(text("SELECT max(version) FROM event WHERE kind = 'visit'")).scalar()
        causes = {change["cause"] for change in feed.changes(conn, {"limit": 100})[0]}
    assert versions == 2  # disputed by the denial, and not written since
    assert f"rules {claims.linked_by()}" in causes
    monkeypatch.undo()
    list(rereading.reread(desk(transactions(own))))
    assert events(own) == before


def test_what_narrower_rules_hold_to_nothing_any_more_stays_told(
    own: Engine, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two about the S-300 were one event; now one of them is of another's, and nothing holds the other to any."""
    days = {"x": "2016-03-20/2016-04-20", "z": "2016-04-01/2016-04-30", "w": "2016-04-25/2016-05-23"}
    things = {"x": "", "z": "S-300 ", "w": "S-300 "}
    told = [
        document(f"delivery asserted {day} RUS>IRN {things[name]}| Ship {name} came.", name, f"2016-06-0{n}")
        for n, (name, day) in enumerate(days.items(), start=1)
    ]
    take(own, *told)
    assert [one["n_reports"] for one in events(own)] in ([1, 2], [2, 1])
    present = claims.rules()
    other = replace(present, shared={**present.shared, "object": 1}, version="other")
    for module in (claims, linking_service, disputing, renewing):
        monkeypatch.setattr(module, "rules", lambda: other)
    list(rereading.reread(desk(transactions(own))))
    with migrated_database(server_url, pool_size=2) as fresh:
        take(fresh, *told)
        assert events(own) == events(fresh)
    assert sum(one["n_reports"] for one in events(own)) == len(told)


@dataclass(frozen=True)
class Interrupted:
    """A reader in whose time something else happens: once, after it has read."""

    reader: ScriptedReader
    meanwhile: list[Callable[[], object]]

    @property
    def version(self) -> str:
        return self.reader.version

    def read_many(self, documents: Iterable[Document]) -> Iterator[ReadDocument]:
        yield from list(self.reader.read_many(documents))
        if self.meanwhile:
            self.meanwhile.pop()()


def test_an_earlier_print_that_comes_while_a_text_is_read_anew_dates_it(own: Engine) -> None:
    take(own, document(YESTERDAY, "Courier", "2016-04-18"))

    def note() -> None:
        with own.begin() as conn:
            linking_service.reprinted(conn, 1, document(YESTERDAY, "Gazette", "2016-04-15"), KINDS)

    reader = Interrupted(ScriptedReader("script.2"), [note])
    second = replace(desk(transactions(own)), reader=reader)
    list(rereading.reread(second))
    assert [one["edtf"] for one in events(own)] == ["2016-04-14"]
    assert rereading.left(second) == 0


def test_versions_that_read_nothing_cannot_be_compared(own: Engine) -> None:
    with own.connect() as conn, pytest.raises(BadQuery, match="no document was read by version"):
        rereading.differences(conn, "script.1", "script.9")


def test_a_reading_that_gives_what_a_fresh_one_gives(own: Engine, server_url: str) -> None:
    """Documents read by the old rules and then anew are as those that the new rules read first."""
    documents = corpus()[:8]
    newer = {line: line.replace("2016-04-14", "2016-04-13") for line in (VISIT, RETOLD, DENIED)}
    reader = ScriptedReader("script.2", newer)
    take(own, *documents)
    list(rereading.reread(desk(transactions(own), reader)))
    with temporary_database(server_url) as url:
        other = make_engine(url)
        migrate(other)
        take(other, *documents, reader=reader)
        assert events(own) == events(other)
        other.dispose()
