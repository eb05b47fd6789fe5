"""What whole sentences tell: the day of an event, of its telling, days to come, and whether it was done at all."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.actors import Naming
from app.domain.documents import Document
from app.domain.events import Mention, Modality
from app.domain.spans import TimeSpan
from app.extraction.reading import ArticleReader, load_reader

PUBLISHED = TimeSpan.of_day(date(2015, 5, 6))  # a Wednesday


@pytest.fixture(scope="module")
def reader() -> ArticleReader:
    return load_reader()


def read(reader: ArticleReader, sentence: str, kind: str) -> Mention:
    (found,) = reader.read_many([Document(sentence, published=PUBLISHED)])
    return next(mention for mention in found.mentions if mention.kind == kind)


def days(mention: Mention) -> tuple[str, str | None, str | None]:
    """When it happened, when it was told, for when it is planned: EDTF, None where no such day is told."""
    told = (mention.reported, mention.planned)
    return (mention.date.span.edtf(), *(one.span.edtf() if one else None for one in told))


@pytest.mark.parametrize(
    ("sentence", "kind", "expected"),
    [
        ("Iran said on Sunday it had tested a missile.", "test", ("../2015-05-03", "2015-05-03", None)),
        ("Iran said Sunday it had tested a missile.", "test", ("../2015-05-03", "2015-05-03", None)),
        ("Iran tested a missile on Sunday, officials said on Monday.", "test", ("2015-05-03", "2015-05-04", None)),
        ("Police said on Monday gunmen killed two men on Saturday.", "attack", ("2015-05-02", "2015-05-04", None)),
        ("The minister told reporters on Tuesday Israel had bombed a convoy.", "attack",
         ("../2015-05-05", "2015-05-05", None)),
        ("The ministry said on Tuesday it would release three prisoners.", "release",
         ("2015-05-05/..", "2015-05-05", "2015-05-05/..")),
    ],
)  # fmt: skip
def test_the_day_right_after_a_verb_of_saying_is_that_of_the_saying(
    reader: ArticleReader, sentence: str, kind: str, expected: tuple[str, ...]
) -> None:
    assert days(read(reader, sentence, kind)) == expected


@pytest.mark.parametrize(
    ("sentence", "kind", "days_told"),
    [
        ("Turkey bombed camps on Monday, two days after rebels had signed a truce.", "ceasefire", "2015-05-02"),
        ("Israel bombed Gaza on 4 May, a week before it signed a truce with Hamas.", "ceasefire", "../2015-05-06"),
        (
            "The attack, which took place on Monday, killed ten people, a spokesman said on Tuesday.",
            "attack",
            "2015-05-04",
        ),
        ("Rebels had attacked the town until April.", "attack", "../2015-04-30"),
        ("Iran attacked a ship in March, state television reported.", "statement", "../2015-05-06"),
        ("Japan condemned on Monday a missile test planned for 3 September.", "test", "2015-09-03"),
        ("Japan protested on Monday against a visit to Moscow planned for 3 September.", "visit", "2015-09-03"),
    ],
)
def test_what_lies_before_after_or_ahead_of_the_news_does_not_take_its_day(
    reader: ArticleReader, sentence: str, kind: str, days_told: str
) -> None:
    assert read(reader, sentence, kind).date.span.edtf() == days_told


@pytest.mark.parametrize(
    ("sentence", "kind", "first"),
    [
        ("Iran vowed on Monday to attack Israel.", "attack", "2015-05-04/.."),
        ("Russia agreed on Friday to sell missiles to Iran.", "sale", "2015-05-01/.."),
        ("Rebels promised on Sunday to release the hostages.", "release", "2015-05-03/.."),
        ("Ukraine asked Russia on Monday to withdraw its troops.", "withdrawal", "2015-05-04/.."),
    ],
)
def test_the_day_of_a_vow_begins_the_time_of_what_is_vowed(
    reader: ArticleReader, sentence: str, kind: str, first: str
) -> None:
    mention = read(reader, sentence, kind)
    assert days(mention) == (first, None, first)
    assert "was ahead of it" in mention.date.explain()


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("Iran denied that it attacked Iraq in March.", "denial", "../2015-05-06"),
        ("Iran denied that it attacked Iraq in March.", "attack", "2015-03"),
        ("France condemned the attack of 12 April.", "accusation", "../2015-05-06"),
        ("France condemned the attack of 12 April.", "attack", "2015-04-12"),
        ("The president attended Monday's meeting with Iran.", "meeting", "2015-05-04"),
    ],
)
def test_what_is_spoken_of_keeps_its_day_to_itself(reader: ArticleReader, sentence: str, kind: str, day: str) -> None:
    assert read(reader, sentence, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("sentence", "kind", "modality", "day", "planned"),
    [
        ("The minister cancelled a visit to Moscow on 20 May.", "visit", "negated", "2015-05-06", "2015-05-20"),
        ("Talks due on 20 May were called off.", "talks", "negated", "2015-05-06", "2015-05-20"),
        ("Russia called off a delivery of missiles to Iran in June.", "delivery", "negated", "2015-05-06", "2015-06"),
        ("Iran had called off the talks in April.", "talks", "conditional", "2015-04", None),
        ("Turkey banned imports of Russian fruit from 1 June.", "sanction", "asserted", "../2015-05-06", None),
        ("The EU imposed sanctions on Russia from 1 June.", "sanction", "asserted", "../2015-05-06", None),
        ("The army cancelled exercises with Egypt in December.", "exercise", "negated", "2014-12", None),
        ("On 20 May rebels attacked the base.", "attack", "asserted", "2014-05-20", None),
        ("Rebels may have attacked the base in April.", "attack", "conditional", "2015-04", None),
    ],
)
def test_what_is_called_off_or_begins_later_is_not_of_the_year_before(
    reader: ArticleReader, sentence: str, kind: str, modality: str, day: str, planned: str | None
) -> None:
    mention = read(reader, sentence, kind)
    assert (mention.modality, days(mention)) == (modality, (day, None, planned))


@pytest.mark.parametrize(
    ("sentence", "kind", "modality"),
    [
        ("No one was killed in the attack.", "attack", "asserted"),
        ("No talks were held between Iran and Israel.", "talks", "negated"),
        ("Iran fired no missiles at Israel.", "attack", "negated"),
        ("None of the hostages was released.", "release", "negated"),
        ("The attack did not deter tourists.", "attack", "asserted"),
        ("The talks did not take place.", "talks", "negated"),
        ("The delivery has not begun.", "delivery", "negated"),
        ("The siege has not ended.", "attack", "asserted"),
        ("The agreement was not signed.", "agreement", "negated"),
        ("Russia did not condemn the attack on Aleppo.", "attack", "asserted"),
        ("Russia did not carry out any attack on Aleppo.", "attack", "negated"),
        ("The Pentagon could not confirm the attack on the base.", "attack", "alleged"),
        ("Israel asked Russia not to deliver missiles to Iran.", "delivery", "conditional"),
        ("Iran has not attacked Israel.", "attack", "negated"),
    ],
)
def test_what_is_not_done_about_an_event_leaves_it_as_it_is(
    reader: ArticleReader, sentence: str, kind: str, modality: str
) -> None:
    assert read(reader, sentence, kind).modality == modality


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It was the deadliest attack on the city since 2003.", "attack"),
        ("He made the first visit to Cairo by a Saudi king since 1987.", "visit"),
        ("The raid was the worst since March.", "attack"),
        ("Rebels launched their biggest offensive since the truce in February.", "attack"),
        ("The first attack since May killed ten.", "attack"),
        ("Police have arrested two men over the murder of a journalist last year.", "arrest"),
    ],
)
def test_what_a_thing_is_compared_with_does_not_date_it(reader: ArticleReader, sentence: str, kind: str) -> None:
    assert read(reader, sentence, kind).date.span.edtf() == "../2015-05-06"


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("Rebels launched their biggest offensive since the truce in February.", "ceasefire", "2015-02"),
        ("Police have arrested two men over the murder of a journalist last year.", "attack", "2014"),
        ("The visit, the first by a Cuban leader since 1959, was announced in April.", "statement", "2015-04"),
        ("Iran has tested missiles since March.", "test", "2015-03-01/2015-05-06"),
        ("Ukraine accused Russia on Tuesday of sending tanks across the border since Sunday.", "deployment",
         "2015-05-03/2015-05-06"),
        ("Three people were killed in clashes on Monday and Tuesday.", "clash", "2015-05-04/2015-05-05"),
        ("Iran tested missiles in March and April.", "test", "2015-03-01/2015-04-30"),
        ("Troops shelled the town on Sunday and Tuesday.", "attack", "2015-05-03"),
        ("A report accuses Israel of killing civilians in July.", "attack", "2014-07"),
        ("A report accuses Israel of killing civilians in July.", "accusation", "2015-05-06"),
        ("Kerry called on Iran on Monday to release the journalist held since July.", "request", "2015-05-04"),
    ],
)  # fmt: skip
def test_each_thing_keeps_its_own_date(reader: ArticleReader, sentence: str, kind: str, day: str) -> None:
    assert read(reader, sentence, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("Kenya bombed al-Shabab camps after the attack on April 2.", "attack", "2015-04-02/2015-05-06"),
        ("Jordan executed two prisoners in revenge for the killing of its pilot in January.", "attack",
         "2015-01-01/2015-05-06"),
        ("Kenya vowed to punish Somalia after the attack on April 2.", "threat", "2015-04-02/2015-05-06"),
        ("Iran and France signed a deal after talks in Moscow on Monday.", "agreement", "2015-05-04"),
        ("China will punish Japan for the visit in April.", "visit", "2015-04"),
        ("The UN condemned the killing on Saturday.", "attack", "../2015-05-02"),
        ("The UN condemned the killing on Saturday.", "accusation", "2015-05-02"),
        ("The court will investigate Israel's bombing of Gaza in July.", "attack", "2014-07"),
        ("Friday marks the tenth anniversary of the attack.", "attack", "2005-05-08"),
        ("Thousands marked the first anniversary of the bombing on Saturday.", "attack", "2014-05-02"),
        ("Thousands will mark the anniversary of the coup on Friday.", "attack", "../2015-05-06"),
        ("Iran marked a year since the attack on Tuesday.", "attack", "2014-05-05"),
    ],
)  # fmt: skip
def test_an_answer_comes_after_what_it_answers(reader: ArticleReader, sentence: str, kind: str, day: str) -> None:
    mention = read(reader, sentence, kind)
    assert mention.date.span.edtf() == day
    assert mention.modality is Modality.ASSERTED


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("Merkel arrived in Moscow on Tuesday ahead of Saturday's meeting with Putin.", "meeting", "2015-05-09"),
        ("Russia is holding a parade on Saturday, the ministry said.", "statement", "../2015-05-06"),
        ("He was arrested and is to be deported to Iran on Friday.", "expulsion", "2015-05-08"),
        ("Russia, which invaded Ukraine in 2014, said on Tuesday it would hold exercises in Belarus in September.",
         "exercise", "2015-09"),
        ("In 1994, on April 6, rebels attacked Kigali.", "attack", "1994-04-06"),
        ("Russia attacked Ukraine on Monday and Tuesday last week.", "attack", "2015-04-27"),
        ("China warned Japan on Tuesday not to visit the shrine in August.", "visit", "2015-08"),
        ("Ukraine has until Friday to withdraw its troops.", "withdrawal", "2015-05-06/2015-05-08"),
        ("France postponed talks with Iran to Friday.", "talks", "2015-05-08"),
        ("Talks are set for Thursday, Friday and next Tuesday.", "talks", "2015-05-07/2015-05-08"),
        ("The summit was moved from Thursday to Saturday.", "meeting", "2015-05-09"),
        ("The court will investigate Israel's bombing of Gaza in July.", "accusation", "2015-05-06/.."),
    ],
)  # fmt: skip
def test_what_lies_ahead_is_planned_for_its_own_day(reader: ArticleReader, sentence: str, kind: str, day: str) -> None:
    assert read(reader, sentence, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("sentence", "kind", "source", "target"),
    [
        ("Iran blamed Israel for the attack on Monday.", "attack", "ISR", "IRN"),
        ("Venezuela's president accused Colombia of an attack on Monday.", "attack", "COL", "VEN"),
        ("Iran blamed the attack on Israel.", "attack", "ISR", ""),
        ("Officials attributed the attack to Hezbollah on Monday.", "attack", "hezbollah", ""),
        ("Iran held Israel responsible for the attack.", "attack", "ISR", "IRN"),
        ("Iran condemned Israel for the bombing of Damascus.", "attack", "ISR", "SYR"),
        ("France thanked Qatar for the release of the hostages.", "release", "QAT", "hostage"),
        ("Iran-backed rebels attacked a base in Marib on Monday.", "attack", "rebel", "YEM"),
        ("Turkish-backed fighters seized the town on Tuesday.", "seizure", "fighter", ""),
        ("A German-born man was arrested in Cairo on Monday.", "arrest", "EGY", "man"),
        ("Meanwhile Putin met Merkel in Moscow on Monday.", "meeting", "vladimir-putin", "angela-merkel"),
        ("A jury in Portland ruled against Horsley on Monday.", "refusal", "USA", ""),
    ],
)  # fmt: skip
def test_who_is_blamed_has_done_it_and_who_only_colours_a_noun_has_not(
    reader: ArticleReader, sentence: str, kind: str, source: str, target: str
) -> None:
    mention = read(reader, sentence, kind)
    assert [party.id for party in mention.source] == [source]
    assert not target or [party.id for party in mention.target] == [target]


@pytest.mark.parametrize(
    "sentence",
    [
        "Last year's results were hurt by restructuring charges.",
        "The dollar rose against the yen on Monday.",
        "Sales rose 6.7 percent in the third quarter.",
        "Pakistan poses a threat to India.",
        "He attributed the decline to higher costs.",
        "He had a heart attack in March.",
        "GM closed down $1.875 on Monday.",
        "Typhoon Haiyan killed 6,000 people in the Philippines.",
        "A bus crash near Lima killed 12 people on Monday. It injured 30 more.",
    ],
)
def test_figures_dangers_and_accidents_are_no_deeds(reader: ArticleReader, sentence: str) -> None:
    (article,) = reader.read_many([Document(sentence, published=PUBLISHED)])
    assert [mention.kind for mention in article.mentions] == []


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("Troops rescued a girl abducted by Boko Haram in April last year.", "aid", "../2015-05-06"),
        ("Serbia arrested a general accused of killing 8,000 men in 1995.", "arrest", "../2015-05-06"),
        ("Serbia arrested a general accused of killing 8,000 men in 1995.", "attack", "1995"),
        ("The army freed two hostages kidnapped on Friday.", "release", "../2015-05-06"),
        ("Ukraine accused Russia of violating a truce signed on February 12.", "accusation", "../2015-05-06"),
        ("Troops withdrew from a town captured by rebels in February.", "withdrawal", "../2015-05-06"),
        ("Gunmen attacked a hotel on Friday, weeks after rebels kidnapped two tourists.", "attack", "2015-05-01"),
        ("Israel freed 20 prisoners on Tuesday and will free 30 more.", "release", "2015-05-05"),
        ("Kerry welcomed Lavrov on Monday and will visit Zarif.", "visit", "2015-05-06/.."),
        ("Russia seized Crimea in March 2014 and has sent troops to Donetsk.", "deployment", "../2015-05-06"),
        ("Al-Shabaab threatened on Monday to attack Kenya unless it withdraws.", "withdrawal", "2015-05-06/.."),
        ("The UN said Thursday's talks on Yemen would be held in Geneva.", "talks", "2015-05-07"),
        ("Police arrested activists before the elections on June 7.", "arrest", "../2015-05-06"),
        ("Rebels shelled Donetsk on Tuesday despite a ceasefire that took effect on February 15.", "ceasefire",
         "2015-02-15"),
        ("Gunmen attacked a bus in the early hours of Saturday morning.", "attack", "2015-05-02"),
        ("Parliament voted on Monday to send troops to Mali.", "deployment", "2015-05-04/.."),
        ("Iran signed a contract to deliver ten planes to Syria in October.", "delivery", "2015-10"),
        ("Iran signed a contract to deliver ten planes to Syria in October.", "agreement", "../2015-05-06"),
        ("Libya's parliaments were to meet in Morocco on Friday.", "meeting", "2015-05-08"),
        ("The minister said on Friday that the vote would be held on Monday.", "vote", "2015-05-04"),
        ("Obama meets Netanyahu in this October 1, 2014 file photo.", "meeting", "2014-10-01"),
        ("In this Monday, May 4, 2015 photo, police arrest a protester in Baltimore.", "arrest", "2015-05-04"),
        ("Israel has not bombed Gaza this year.", "attack", "2015-01-01/2015-05-06"),
        ("Turkey will hold an election before the end of the month.", "election", "2015-05-06/2015-05-31"),
        ("Ukraine accused Russia on Tuesday of sending troops to Donetsk.", "deployment", "../2015-05-05"),
        ("France signed a deal on Monday to sell 24 jets to Qatar.", "sale", "2015-05-04/.."),
        ("Police on Monday freed a girl abducted by rebels.", "attack", "2015-05-04~"),
        ("The opposition boycotted the talks ahead of the vote on May 24.", "suspension", "../2015-05-06"),
        ("The governor announced his resignation shortly before midnight on Monday.", "resignation", "2015-05-04"),
        ("The strike will begin on Friday, two days after the talks failed.", "refusal", "../2015-05-06"),
        ("Israel refused to release the prisoners by Thursday.", "release", "../2015-05-06"),
        ("The row erupted on April 11, when Larijani was a guest at the dacha of Putin.", "visit", "2015-04-11"),
    ],
)  # fmt: skip
def test_a_date_is_of_its_own_clause_alone(reader: ArticleReader, sentence: str, kind: str, day: str) -> None:
    assert read(reader, sentence, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Israel bombed Gaza on Monday, two days after Hamas fired rockets. The jets killed three militants.", "killed",
         "2015-05-04"),
        ("Russia expelled two Estonians on Tuesday after Estonia expelled two Russians last month. "
         "Estonia denounced the move.", "denounced", "2015-05-05"),
        ("Hezbollah fired rockets on January 28. Ten days before that, Israel killed six fighters.", "killed",
         "2015-01-18"),
    ],
)  # fmt: skip
def test_a_story_goes_on_from_its_news_and_not_from_what_led_to_it(
    reader: ArticleReader, text: str, trigger: str, day: str
) -> None:
    (article,) = reader.read_many([Document(text, published=PUBLISHED)])
    told = [m for m in article.mentions if text[slice(*m.evidence.trigger)] == trigger]
    assert [mention.date.span.edtf() for mention in told] == [day]


def test_what_one_is_wanted_for_is_alleged(reader: ArticleReader) -> None:
    mention = read(reader, "France extradited a man wanted for an attack in Lyon in 2014.", "attack")
    assert (mention.modality, mention.planned) == (Modality.ALLEGED, None)


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("Saudi Arabia has been bombing Yemen for six weeks.", "attack", "2015-03-25/2015-05-06"),
        ("Israel has bombed Gaza for three days, officials said.", "attack", "2015-05-03/2015-05-06"),
        ("The two sides have been negotiating for 18 months.", "talks", "2013-11-06/2015-05-06"),
        ("The country has not held an election for ten years.", "election", "2005-05-06/2015-05-06"),
        ("Fighting broke out on Sunday and continued until Tuesday.", "clash", "2015-05-03/2015-05-05"),
        ("The siege of the town began in March and ended in April.", "attack", "2015-03-01/2015-04-30"),
        ("The two countries fought a war from 1998 to 2000.", "attack", "1998-01-01/2000-12-31"),
    ],
)
def test_what_has_gone_on_fills_its_time(reader: ArticleReader, sentence: str, kind: str, day: str) -> None:
    found = read(reader, sentence, kind).date
    assert (found.span.edtf(), found.lasting) == (day, True)


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("He has been jailed for three years.", "arrest", "../2015-05-06"),
        ("Every Friday protesters clash with police in Bilin.", "clash", "../2015-05-06"),
        ("Police clash with protesters every Friday.", "clash", "../2015-05-06"),
        ("He visits Moscow twice a year.", "visit", "../2015-05-06"),
        ("India and Pakistan have fought three wars since independence in 1947.", "attack", "1947-01-01/2015-05-06"),
        ("In the week to May 1 police arrested 40 people.", "arrest", "2015-04-25/2015-05-01"),
        ("In the 12 months to March police arrested 400 people.", "arrest", "2014-04-01/2015-03-31"),
    ],
)
def test_lengths_of_sentences_habits_and_periods_are_no_day(
    reader: ArticleReader, sentence: str, kind: str, day: str
) -> None:
    found = read(reader, sentence, kind).date
    assert (found.span.edtf(), found.lasting) == (day, False)


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("The European Union lifted sanctions against Iran on Monday.", "sanction", "../2015-05-04"),
        ("Leaders called on Monday for an end to the blockade of Gaza.", "attack", "../2015-05-04"),
        ("The rebels suspended peace talks on Monday.", "talks", "../2015-05-04"),
        ("Talks resumed on Tuesday after the attack.", "attack", "../2015-05-05"),
        ("Troops returned home on Tuesday after months of negotiations.", "talks", "../2015-05-05"),
    ],
)
def test_what_came_before_the_news_is_asserted_and_bounded_by_it(
    reader: ArticleReader, sentence: str, kind: str, day: str
) -> None:
    mention = read(reader, sentence, kind)
    assert (mention.date.span.edtf(), mention.modality) == (day, Modality.ASSERTED)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Iran postponed his visit to Baghdad.", "2015-05-06/.."),
        ("Putin delayed a trip to Paris until October.", "2015-10"),
        ("Putin's visit to Turkey was put off on Monday.", "2015-05-04/.."),
        ("Diplomats postponed a visit to Iran to Friday.", "2015-05-08"),
    ],
)
def test_what_is_put_off_is_still_to_come(reader: ArticleReader, sentence: str, day: str) -> None:
    mention = read(reader, sentence, "visit")
    assert (mention.date.span.edtf(), mention.modality) == (day, Modality.PLANNED)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Soldiers raped villagers in Darfur.", "attack"),
        ("The newspaper attacked the policy of the government.", "accusation"),
        ("Farmers blockaded roads to Athens.", "protest"),
        ("Teachers staged a sit-in outside the ministry.", "protest"),
        ("The coast guard shadowed a Chinese survey ship.", "deployment"),
        ("Gunmen seized Terry Waite in Beirut.", "attack"),
        ("Inmates refused food at the prison.", "protest"),
        ("Moscow stood by Damascus.", "statement"),
    ],
)
def test_deeds_of_common_verbs_are_told_by_what_they_are_done_to(
    reader: ArticleReader, sentence: str, kind: str
) -> None:
    assert read(reader, sentence, kind).kind == kind


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("North Korea, under U.N. sanctions since 2006, fired three missiles.", "attack", "../2015-05-06"),
        ("North Korea, under U.N. sanctions since 2006, fired three missiles.", "sanction", "2006-01-01/2015-05-06"),
        ("U.S. troops, who have been in Afghanistan since 2001, killed three fighters.", "attack", "../2015-05-06"),
        ("Thousands protested in Tunis on Sunday, the 25th day of the strike.", "protest", "2015-05-03"),
        ("Protesters clashed with police on Monday, the 20th anniversary of the massacre.", "clash", "2015-05-04"),
        ("Protesters clashed with police on Monday, the 20th anniversary of the massacre.", "attack", "1995-05-04"),
        ("The U.N. will send more monitors to Syria after suspending its mission in June.", "suspension", "2014-06"),
        ("The U.N. will send more monitors to Syria after suspending its mission in June.", "aid", "2015-05-06/.."),
        ("France will withdraw its troops in June after killing a rebel leader in December.", "attack", "2014-12"),
        ("Lavrov was arrested on Monday after attacking police.", "attack", "../2015-05-04"),
        ("U.S. forces overthrew the Taliban after the Sept. 11, 2001, attacks.", "attack", "2001-09-11"),
        ("Guinea's military seized power on Tuesday.", "seizure", "2015-05-05"),
        ("Russia signed a contract in December 2014, and deliveries are to continue until April 2020.", "delivery",
         "2015-05-06"),
        ("Police have arrested 300 people since Friday, officials said on Monday.", "arrest", "2015-05-01/2015-05-06"),
        ("Bombs ripped through trains in Madrid on Tuesday, three days before Spain's general election.", "election",
         "2015-05-08"),
        ("Merkel called Putin on Tuesday, ahead of Foreign Minister Lavrov's visit to Berlin on Friday.", "visit",
         "2015-05-08"),
    ],
)  # fmt: skip
def test_a_deed_takes_no_day_of_what_stands_beside_it(
    reader: ArticleReader, sentence: str, kind: str, day: str
) -> None:
    assert read(reader, sentence, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("text", "trigger", "days"),
    [
        ("Gunmen attacked India's parliament on Sunday. India accused militants of the attack on Tuesday.",
         "attack", ["2015-05-03"]),
        ("A chemical attack near Damascus on Apr. 21 killed hundreds. Inspectors will leave on Saturday, the United "
         "Nations said.", "said", ["../2015-05-06"]),
    ],
)  # fmt: skip
def test_what_is_said_of_an_older_thing_is_of_its_own_time(
    reader: ArticleReader, text: str, trigger: str, days: list[str]
) -> None:
    (article,) = reader.read_many([Document(text, published=PUBLISHED)])
    told = [mention for mention in article.mentions if text[slice(*mention.evidence.trigger)] == trigger]
    assert [mention.date.span.edtf() for mention in told] == days


def test_what_one_has_to_face_is_still_to_come(reader: ArticleReader) -> None:
    mention = read(reader, "Bush gave Saddam Hussein 48 hours to leave Iraq or face attack.", "attack")
    assert mention.modality is Modality.PLANNED


@pytest.mark.parametrize(
    ("published", "sentence", "source"),
    [
        (date(2008, 3, 4), "Prime Minister Brown criticised Belgium.", "gordon-brown"),
        (date(2015, 5, 6), "President Park criticised Belgium.", "park-geun-hye"),
        (date(2015, 5, 6), "Prime Minister Abe criticised Belgium.", "shinzo-abe"),
        (date(2002, 5, 6), "Foreign Secretary Straw criticised Belgium.", "jack-straw"),
        (date(2003, 5, 6), "Defence Minister Ivanov criticised Belgium.", "sergei-ivanov"),
    ],
)
def test_an_office_and_a_surname_name_whoever_held_it_on_the_day(
    reader: ArticleReader, published: date, sentence: str, source: str
) -> None:
    (article,) = reader.read_many([Document(sentence, published=TimeSpan.of_day(published))])
    assert [party.id for mention in article.mentions for party in mention.source] == [source]


def test_one_whom_no_table_knows_is_not_of_the_state_that_he_acts_upon(reader: ArticleReader) -> None:
    mention = read(reader, "Foreign Minister Zorkin criticised Belgium.", "accusation")
    assert [(party.id, party.state) for party in mention.source] == [("zorkin", None)]


@pytest.mark.parametrize(
    ("sentence", "kind", "modality"),
    [
        ("Israel did not apologise but released the prisoners.", "release", Modality.ASSERTED),
        ("Russia will not attend and has summoned the ambassador of Sweden.", "accusation", Modality.ASSERTED),
        ("Iran did not bomb Israel or kill its scientists.", "attack", Modality.NEGATED),
        ("The talks ended without an agreement.", "agreement", Modality.NEGATED),
        ("Bush left Beijing without signing the treaty.", "agreement", Modality.NEGATED),
        ("Russia was on the verge of signing a deal with Iran.", "agreement", Modality.CONDITIONAL),
        ("The UN stopped short of imposing sanctions on Iran.", "sanction", Modality.NEGATED),
        ("Bahrain became the fourth Arab state to recognise Israel.", "recognition", Modality.ASSERTED),
        ("Israel tried to persuade Russia to stop delivering missiles to Iran.", "delivery", Modality.CONDITIONAL),
        ("Moscow was forced to stop delivering missiles to Iran.", "delivery", Modality.NEGATED),
        ("Jordan was the latest country to expel the Syrian ambassador.", "expulsion", Modality.ASSERTED),
    ],
)
def test_a_cue_reaches_no_further_than_its_clause(
    reader: ArticleReader, sentence: str, kind: str, modality: Modality
) -> None:
    assert read(reader, sentence, kind).modality is modality


@pytest.mark.parametrize(
    ("sentence", "kind", "source"),
    [
        ("The UN called on Sudan to disarm the militias.", "withdrawal", ["SDN"]),
        ("Clinton called on China to free Liu Xiaobo.", "release", ["CHN"]),
        ("Tokyo denounced Pyongyang, accusing it of abducting its citizens.", "attack", ["PRK"]),
        ("Chad severed ties with Sudan, accusing it of backing rebels.", "aid", ["SDN"]),
        ("A British national has been sentenced to death in China.", "arrest", ["CHN"]),
        ("An Iranian nuclear scientist was assassinated in Tehran.", "attack", []),
        ("Seven Chinese engineers have been freed in Pakistan.", "release", ["PAK"]),
        ("A car bomb killed 30 people in Baghdad.", "attack", []),
        ("Missiles struck Odessa, killing two people.", "attack", []),
        ("Khartoum condemned the attack, which killed 39 people.", "attack", []),
    ],
)
def test_who_is_called_upon_acts_and_victims_and_places_do_not(
    reader: ArticleReader, sentence: str, kind: str, source: list[str]
) -> None:
    (article,) = reader.read_many([Document(sentence, published=PUBLISHED)])
    told = [[party.id for party in m.source] for m in article.mentions if m.kind == kind]
    assert told
    assert all(one == source for one in told)


def test_he_who_speaks_is_not_the_one_he_speaks_of(reader: ArticleReader) -> None:
    (article,) = reader.read_many([Document("He said Israel had bombed the town.", published=PUBLISHED)])
    assert [mention.kind for mention in article.mentions] == ["attack"]


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("A few hours before the summit opened in Cairo on Monday, rebels fired rockets at the airport.", "attack",
         "2015-05-04"),
        ("Hours after the truce collapsed on Tuesday, Israel bombed Gaza.", "attack", "2015-05-05"),
        ("Israel bombed Gaza shortly before the truce took effect on Tuesday.", "attack", "2015-05-05"),
        ("Three days after the truce collapsed on April 13, Israel bombed Gaza.", "attack", "2015-04-16"),
        ("Two days before the truce collapsed on April 13, Israel bombed Gaza.", "attack", "2015-04-11"),
        ("Johnson became prime minister after Theresa May resigned on April 24.", "appointment",
         "2015-04-24/2015-05-06"),
        ("Police have arrested a man after the mayor was stabbed to death on Tuesday.", "arrest", "2015-05-05"),
    ],
)  # fmt: skip
def test_a_dated_time_clause_dates_the_deed_above_it(reader: ArticleReader, sentence: str, kind: str, day: str) -> None:
    assert read(reader, sentence, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("Brown said he is to resign next month on June 2.", "resignation", "2015-06-02"),
        ("The ministers met on Monday in Athens to sign an agreement on the pipeline.", "agreement", "2015-05-04"),
        ("On Monday the ministry announced it had expelled two diplomats, accusing them of spying.", "accusation",
         "2015-05-04"),
        ("On Monday the ministry announced it had expelled two diplomats, accusing them of spying.", "expulsion",
         "../2015-05-04"),
        ("Turkey is going ahead with buying the S-400 system from Russia.", "purchase", "2015-05-06"),
        ("Iran will go ahead with selling oil to China.", "sale", "2015-05-06/.."),
    ],
)  # fmt: skip
def test_what_goes_with_a_verb_is_of_its_day(reader: ArticleReader, sentence: str, kind: str, day: str) -> None:
    assert read(reader, sentence, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("Previously Lavrov visited Cairo.", "visit", "../2015-05-06"),
        ("In the past Iran denied the report.", "denial", "../2015-05-06"),
        ("The envoy visited Cairo before the talks.", "visit", "../2015-05-06"),
        ("For several days Iran denied the report.", "denial", "../2015-05-06"),
        ("Troops clashed with rebels for three weeks.", "clash", "../2015-05-06"),
        ("The country had twelve years of civil war.", "clash", "../2015-05-06"),
        ("Troops regularly bombed the town.", "attack", "../2015-05-06"),
        ("Rebels would often attack the town.", "attack", "../2015-05-06"),
        ("The release followed two weeks of protests in the capital.", "protest", "2015-04-20/2015-05-04"),
        ("The truce came after three weeks of clashes between the army and rebels.", "clash", "2015-04-13/2015-05-04"),
    ],
)  # fmt: skip
def test_what_lasted_came_again_or_lay_before_is_not_put_on_the_day_of_the_news(
    reader: ArticleReader, sentence: str, kind: str, day: str
) -> None:
    told = read(reader, f"On Monday Iran tested a missile. {sentence}", kind)
    assert (told.date.span.edtf(), told.modality) == (day, Modality.ASSERTED)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ('"We warn the Saudis that our targets will keep expanding," the spokesman said.', "threat"),
        ('"We condemn the attack," the spokesman said.', "accusation"),
    ],
)
def test_what_a_quotation_says_is_said_with_the_news(reader: ArticleReader, sentence: str, kind: str) -> None:
    told = read(reader, f"On Monday Iran tested a missile. {sentence}", kind)
    assert told.date.span.edtf() == "2015-05-04~"


def test_the_perfect_of_the_first_paragraph_was_done_since_the_news(reader: ArticleReader) -> None:
    told = read(reader, "A bomb exploded in Cairo on Monday. Police have arrested three men.", "arrest")
    assert told.date.span.edtf() == "2015-05-04/2015-05-06"


@pytest.mark.parametrize(
    ("sentence", "kind", "sides"),
    [
        ("Rebels captured and later released three Turkish engineers.", "arrest", ("rebel", "engineer")),
        ("Gunmen attacked and killed four soldiers in Mali.", "attack", ("gunman", "soldier")),
        ("Police arrested two Russians wanted by Interpol.", "arrest", ("police", "RUS")),
        ("Hundreds of riot police fanned out across Cairo.", "deployment", ("EGY", "")),
        ("Russia and Ukraine signed a truce in Minsk.", "ceasefire", ("RUS", "UKR")),
        ("John Kerry and Sergei Lavrov met in Geneva. Both ministers signed a deal on Syria.", "agreement",
         ("john-kerry", "sergei-lavrov")),
        ("Syria was accused of arming Hezbollah.", "accusation", ("", "SYR")),
        ("A rebel spokesman accused Sudan of bombing the village.", "accusation", ("rebel", "SDN")),
        ('"We attacked the village," a rebel spokesman said.', "attack", ("rebel", "")),
        ('"We attacked the village," a police spokesman said.', "attack", ("police", "")),
    ],
)  # fmt: skip
def test_sides_are_those_that_the_clause_names(
    reader: ArticleReader, sentence: str, kind: str, sides: tuple[str, str]
) -> None:
    told = read(reader, sentence, kind)
    assert tuple(",".join(party.id for party in side) for side in (told.source, told.target)) == sides


@pytest.mark.parametrize(
    ("sentence", "kind", "modality"),
    [
        ("Germany ruled out recognising Palestine.", "recognition", Modality.NEGATED),
        ("The EU appealed for the release of Navalny.", "release", Modality.CONDITIONAL),
        ("France called for a boycott of Israel after the attack on Gaza.", "attack", Modality.ASSERTED),
        ("Rebels would often attack the town.", "attack", Modality.ASSERTED),
    ],
)
def test_a_stance_is_that_of_the_words_above(
    reader: ArticleReader, sentence: str, kind: str, modality: Modality
) -> None:
    assert read(reader, sentence, kind).modality is modality


@pytest.mark.parametrize(
    ("after", "modality"),
    [
        ("Russia agreed to sell Iran S-300 missiles.", Modality.PLANNED),
        ("Iran denied selling missiles to Syria.", Modality.DENIED),
        ("Iran sold missiles to Syria.", Modality.ASSERTED),
    ],
)
def test_what_points_back_is_as_it_was_put(reader: ArticleReader, after: str, modality: Modality) -> None:
    (found,) = reader.read_many([Document(f"{after} The sale alarmed Israel.", published=PUBLISHED)])
    assert [mention.modality for mention in found.mentions if mention.kind == "sale"] == [modality, modality]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The Red Cross handed out blankets to refugees.", "aid"),
        ("Russia and China opened a joint gas field.", "cooperation"),
        ("ISIL enslaved Yazidi women.", "attack"),
        ("North Korea moved artillery closer to the border with South Korea.", "deployment"),
        ("Israel eased travel curbs on Palestinians.", "concession"),
    ],
)
def test_common_deeds_are_of_their_kind(reader: ArticleReader, sentence: str, kind: str) -> None:
    assert read(reader, sentence, kind).kind == kind


@pytest.mark.parametrize(
    ("sentence", "kind", "sides"),
    [
        ("Myanmar's military seized power on Monday and detained Aung San Suu Kyi.", "arrest",
         ("MMR", "aung-san-suu-kyi")),
        ("The United States and more than 20 other countries expelled over 130 Russian diplomats on Monday over the "
         "poisoning of Sergei Skripal.", "expulsion", ("USA", "RUS")),
        ("Riyadh had for two weeks denied that Jamal Khashoggi was killed.", "denial", ("SAU", "jamal-khashoggi")),
        ("The U.N. Security Council, which slapped sanctions on Iraq on Monday, was due to vote on a blockade.", "vote",
         ("un-security-council", "IRQ")),
        ("Saudi Arabia, Egypt, the United Arab Emirates and Bahrain severed ties with Qatar on Monday.", "suspension",
         ("SAU,EGY,ARE,BHR", "QAT")),
        ("Saudi Arabia, Egypt and Bahrain severed ties with Qatar. The three countries gave Qatar two weeks to comply.",
         "ultimatum", ("SAU,EGY,BHR", "QAT")),
        ("Polish, Spanish and Italian troops left Najaf.", "withdrawal", ("POL,ESP,ITA", "IRQ")),
        ("French, British and U.S. forces struck targets in Libya on Saturday.", "attack", ("FRA,GBR,USA", "LBY")),
        ("Saudi Arabia cut ties with Qatar on Monday. The kingdom expelled Qatari diplomats.", "expulsion",
         ("SAU", "QAT")),
        ("Russia agreed to sell India 40 Su-30 fighters.", "agreement", ("RUS", "IND")),
        ("North Korea fired a missile on Monday. Japan is considering further sanctions.", "sanction", ("JPN", "PRK")),
        ("With the help of U.S. and British forces, Iraqi troops retook Basra.", "aid", ("USA,GBR", "IRQ")),
    ],
)  # fmt: skip
def test_lists_keep_their_members_and_subjects_are_found_where_they_stand(
    reader: ArticleReader, sentence: str, kind: str, sides: tuple[str, str]
) -> None:
    told = read(reader, sentence, kind)
    assert tuple(",".join(party.id for party in side) for side in (told.source, told.target)) == sides


@pytest.mark.parametrize(
    ("text", "kind", "doer"),
    [
        ("Two soldiers were shot dead in Kirkuk on Tuesday. The Turkish government condemned the killing.", "attack",
         ""),
        ("Rafik al-Hariri was killed by a huge bomb in Beirut on Monday. The opposition blamed Syria.", "attack", ""),
        ("A Malaysia Airlines plane was shot down over eastern Ukraine.", "attack", ""),
        ("The Taliban kidnapped seven South Korean volunteers in July. Two of the hostages were shot dead.", "attack",
         "taliban"),
        ("Five protesters were arrested in Minsk on Tuesday. Washington criticised the arrests.", "arrest", "BLR"),
    ],
)  # fmt: skip
def test_nobody_is_named_as_the_doer_of_violence_that_no_text_lays_on_him(
    reader: ArticleReader, text: str, kind: str, doer: str
) -> None:
    assert ",".join(party.id for party in read(reader, text, kind).source) == doer


@pytest.mark.parametrize(
    ("sentence", "kind", "day", "modality"),
    [
        ("Russia proposed on Monday that Syria hand over its weapons.", "offer", "2015-05-04", Modality.ASSERTED),
        ("France recalled its ambassador, and Britain expelled two diplomats on Monday.", "expulsion", "2015-05-04~",
         Modality.ASSERTED),
        ("Israeli commandos stormed a ship carrying aid to Gaza on Monday.", "attack", "2015-05-04",
         Modality.ASSERTED),
        ("The leaders will meet on Friday to discuss the bombing of the pipeline.", "attack", "../2015-05-06",
         Modality.ASSERTED),
        ("Britain had no choice but to impose sanctions on Iran.", "sanction", "../2015-05-06", Modality.ASSERTED),
        ("Israel has neither confirmed nor denied the strike.", "denial", "../2015-05-06", Modality.NEGATED),
        ("The group had been planning attacks on American diplomats in Iraq.", "attack", "2015-05-06/..",
         Modality.PLANNED),
        ("Kiev accused pro-Russian militants of downing the jet.", "attack", "../2015-05-06", Modality.ALLEGED),
        ("Qatar was told to close its base. Egypt gave Qatar two weeks to comply.", "concession", "2015-05-06/..",
         Modality.PLANNED),
        ("Iraq's prime minister recommended that Turkey withdraw its troops.", "withdrawal", "2015-05-06/..",
         Modality.PLANNED),
        ("Germany's parliament on Tuesday approved the deployment of missiles to Turkey.", "deployment", "2015-05-05",
         Modality.PLANNED),
        ("Rwanda accused Uganda of backing rebels, a charge Kampala denies.", "accusation", "../2015-05-06",
         Modality.ASSERTED),
        ("Iran and Saudi Arabia agreed on Monday to restore ties after talks in Beijing.", "talks", "../2015-05-04",
         Modality.ASSERTED),
        ("Parliament took the party off the list of terrorists, paving the way for peace talks.", "talks",
         "2015-05-06/..", Modality.CONDITIONAL),
        ("Iran cut ties with Saudi Arabia in 2014 after the kingdom executed a cleric.", "attack", "../2014-12-31",
         Modality.ASSERTED),
        ("Moscow did not comment on the sale of missiles to Iran.", "sale", "../2015-05-06", Modality.ASSERTED),
        ("The president was re-elected in April after a vote that the opposition called a sham.", "election",
         "2015-04", Modality.ASSERTED),
        ("Troops raided a school on Monday. A teacher was freed a day after the raid.", "release", "2015-05-05",
         Modality.ASSERTED),
    ],
)  # fmt: skip
def test_days_and_stances_are_those_of_the_words_that_stand_with_the_deed(
    reader: ArticleReader, sentence: str, kind: str, day: str, modality: Modality
) -> None:
    told = read(reader, sentence, kind)
    assert (told.date.span.edtf(), told.modality) == (day, modality)


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("India tested a Russian-made missile.", ["test"]),
        ("Russia signed a contract to sell S-300 systems to Iran.", ["agreement", "sale"]),
        ("India set off five nuclear devices in May.", ["test"]),
        ("Turkish jets violated Greek air space on Tuesday.", ["deployment"]),
        ("Gaddafi ordered an end to military operations.", ["ceasefire"]),
        ("Amnesty International has called for an investigation into the shooting by police.",
         ["request", "accusation", "attack"]),
        ("North Korea fired a missile over Japan.", ["test"]),
    ],
)  # fmt: skip
def test_deeds_are_of_their_kind_and_nothing_else(reader: ArticleReader, sentence: str, kinds: list[str]) -> None:
    (found,) = reader.read_many([Document(sentence, published=PUBLISHED)])
    assert [mention.kind for mention in found.mentions] == kinds


@pytest.mark.parametrize(
    ("sentence", "kind", "speaker"),
    [
        ("The rebels denied attacking the village.", "attack", "The rebels"),
        ("Turkey denied that its troops had entered Syria.", "deployment", "Turkey"),
        ("Iran denied a role in the attack on Riyadh.", "attack", "Iran"),
    ],
)
def test_who_denies_is_told_with_what_is_denied(reader: ArticleReader, sentence: str, kind: str, speaker: str) -> None:
    told = read(reader, sentence, kind)
    assert (told.modality, told.attribution) == (Modality.DENIED, speaker)


@pytest.mark.parametrize(
    ("sentence", "kind", "sides"),
    [
        ("The bombing of the mosque was condemned by Iran.", "attack", ("", "")),
        ("The bombing of the mosque was condemned by France and Germany.", "attack", ("", "")),
        ("The murder was investigated by Turkish police.", "attack", ("", "")),
        ("The shelling was witnessed by UN monitors.", "attack", ("", "")),
        ("The strikes were conducted by French jets.", "attack", ("FRA", "")),
        ("Iran condemned the attack claimed by the Islamic State.", "attack", ("islamic-state", "")),
        ("The US-led invasion of Iraq was opposed by France.", "attack", ("USA", "IRQ")),
        ("A coup led by General Burhan was denounced by the African Union.", "attack",
         ("abdel-fattah-al-burhan", "SDN")),
        ("China condemned the visit.", "visit", ("", "")),
        ("The offer was turned down by Serbia.", "offer", ("", "SRB")),
        ("The request was rejected by Iran.", "request", ("", "IRN")),
        ("The accusation was dismissed by Iran as baseless.", "accusation", ("", "IRN")),
        ("Serbia accepted the offer.", "offer", ("", "SRB")),
        ("The call by Turkey was ignored by Syria.", "request", ("TUR", "SYR")),
        ("The attack Iran condemned was the third this year.", "attack", ("", "")),
        ("Iran's condemnation of the attack came on Tuesday.", "attack", ("", "")),
        ("The visit drew criticism from China.", "visit", ("", "")),
        ("The deal was signed despite objections from Russia.", "agreement", ("", "")),
        ("At the request of Iraq, Turkey withdrew its troops.", "request", ("IRQ", "TUR")),
        ("France recalled its envoy in protest at the arrest.", "protest", ("FRA", "")),
        ("Talks mediated by Egypt between Israel and Hamas collapsed.", "talks", ("ISR", "hamas")),
        ("Israel carried out a raid with American approval.", "attack", ("ISR", "")),
    ],
)  # fmt: skip
def test_who_answers_a_deed_has_not_done_it(
    reader: ArticleReader, sentence: str, kind: str, sides: tuple[str, str]
) -> None:
    told = read(reader, sentence, kind)
    assert tuple(",".join(party.id for party in side) for side in (told.source, told.target)) == sides


@pytest.mark.parametrize(
    ("sentence", "kind", "day", "modality"),
    [
        ("The ministers were to meet on Friday to discuss the crisis.", "talks", "2015-05-08", Modality.PLANNED),
        ("The ministers did not meet to discuss the crisis.", "talks", "../2015-05-06", Modality.NEGATED),
        ("Russia denied sending troops to attack Kiev.", "attack", "../2015-05-06", Modality.DENIED),
        ("Obama refused to fly to Riyadh to meet King Salman.", "meeting", "../2015-05-06", Modality.NEGATED),
        ("Police used boats to rescue the hostages.", "aid", "../2015-05-06", Modality.ASSERTED),
        ("They were convicted of conspiring to kill the prime minister.", "attack", "../2015-05-06", Modality.PLANNED),
        ("The men were jailed for planning to attack a mosque in Paris.", "attack", "../2015-05-06", Modality.PLANNED),
    ],
)  # fmt: skip
def test_what_is_meant_is_as_certain_as_the_deed_that_serves_it(
    reader: ArticleReader, sentence: str, kind: str, day: str, modality: Modality
) -> None:
    told = read(reader, sentence, kind)
    assert (told.date.span.edtf(), told.modality) == (day, modality)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("A lawsuit filed by Greenpeace on Monday accuses Shell of fraud.", "2015-05-04"),
        ("Lawsuits filed by Greenpeace on Monday were rejected.", "2015-05-04"),
    ],
)
def test_a_noun_and_the_participle_that_tells_of_it_are_one_deed(
    reader: ArticleReader, sentence: str, day: str
) -> None:
    (found,) = reader.read_many([Document(sentence, published=PUBLISHED)])
    filed = [mention for mention in found.mentions if mention.evidence.trigger.start < sentence.index("by")]
    assert [mention.date.span.edtf() for mention in filed] == [day]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Navalny's arrest in January led to protests.", "arrest", ("RUS", "alexei-navalny")),
        ("The Khashoggi murder angered Turkey.", "attack", ("", "jamal-khashoggi")),
        ("His assassination was condemned by Iran.", "accusation", ("IRN", "")),
        ("Iran condemned the killing of Ismail Haniyeh by Israel.", "accusation", ("IRN", "ISR")),
        ("Dilma Rousseff's removal from office was called a coup.", "expulsion", ("", "dilma-rousseff")),
        ("Turkey's arrest of 20 journalists was condemned by Germany.", "arrest", ("TUR", "journalist")),
        ("Police charged Alexei Navalny with killing a man.", "attack", ("alexei-navalny", "man")),
        ("A court found two policemen guilty of raping a tourist.", "attack", ("policeman", "tourist")),
        ("The man accused by Turkey of killing the ambassador was shot dead.", "accusation", ("TUR", "man")),
    ],
)  # fmt: skip
def test_whose_arrest_or_murder_it_is_has_suffered_it(
    reader: ArticleReader, text: str, kind: str, sides: tuple[str, str]
) -> None:
    told = read(reader, text, kind)
    stated = [[party.id for party in side if party.basis is not Naming.INFERRED] for side in (told.source, told.target)]
    assert told.source or not sides[0]
    assert tuple(",".join(ids) for ids in stated)[1] == sides[1]


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Fields was sentenced on Monday to life in prison for driving a car into a crowd.", "attack", "../2015-05-04"),
        ("A court on Monday found two policemen guilty of raping a tourist.", "attack", "../2015-05-04"),
        ("The envoy came on Monday, two days after rebels seized the town.", "seizure", "2015-05-02"),
        ("A 2013 United Nations report accused Sri Lanka of torture.", "accusation", "2013"),
        ('Putin visited Grozny on Sunday. "Today is a great day", said Kadyrov.', "statement", "2015-05-03"),
        ("Rebels seized the mine on Monday.\n\nThe army later arrested three men.", "arrest", "2015-05-04/2015-05-06"),
        ("Two policemen were convicted on Monday.\n\nThe men raped a tourist, the court heard.", "attack",
         "../2015-05-04"),
    ],
)  # fmt: skip
def test_what_is_tried_was_done_before_and_what_came_later_since(
    reader: ArticleReader, text: str, kind: str, day: str
) -> None:
    assert read(reader, text, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Iran on Tuesday rejected the American ultimatum.", "ultimatum", "../2015-05-05"),
        ("The offer was rejected by Iran on Tuesday.", "offer", "../2015-05-05"),
        ("On Tuesday Colombia turned down Venezuela's request.", "request", "../2015-05-05"),
        ("The Kremlin on Monday dismissed the allegations.", "accusation", "../2015-05-04"),
        ("Serbia on Monday issued an ultimatum to Kosovo.", "ultimatum", "2015-05-04"),
        ("Iran on Sunday denied that it had attacked the ship.", "attack", "../2015-05-03"),
        ("Iran on Sunday denied attacking the ship.", "attack", "../2015-05-03"),
        ("Syria on Sunday denied it had bombed the town on Friday.", "attack", "2015-05-01"),
        ("Obama denied that Kim would visit Beijing on May 20.", "visit", "2015-05-20"),
        ("Clinton on Tuesday cancelled her trip to Egypt.", "visit", "../2015-05-06"),
        ("The trip to Paris was called off on Tuesday.", "visit", "../2015-05-06"),
    ],
)  # fmt: skip
def test_what_is_answered_or_denied_was_there_before_and_what_is_cancelled_has_no_day(
    reader: ArticleReader, text: str, kind: str, day: str
) -> None:
    assert read(reader, text, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("text", "kind", "states"),
    [
        ("The opposition held talks in Geneva.", "talks", (None, "CHE")),
        ("Gunmen attacked the Taj Mahal hotel in Mumbai.", "attack", (None, "IND")),
        ("A U.N.-backed court convicted Charles Taylor.", "arrest", (None, "LBR")),
        ("Rebels ambushed a convoy in Mali, wounding four soldiers.", "attack", ("MLI", "MLI")),
        ("Bosnian Serb artillery shelled Tuzla on Monday.", "attack", ("BIH", "BIH")),
    ],
)
def test_a_place_tells_no_home_of_strangers_and_guests(
    reader: ArticleReader, text: str, kind: str, states: tuple[str | None, str]
) -> None:
    told = read(reader, text, kind)
    assert (told.source[0].state, told.target[0].state) == states


def test_who_is_killed_along_with_what_is_bombed_is_of_its_place(reader: ArticleReader) -> None:
    text = "U.S. warplanes bombed a hospital in Kunduz, killing 19 people."
    (found,) = reader.read_many([Document(text, published=PUBLISHED)])
    assert [mention.target[0].state for mention in found.mentions] == ["AFG", "AFG"]


def test_the_bosnian_serbs_are_a_side_of_their_own(reader: ArticleReader) -> None:
    told = read(reader, "NATO bombed Bosnian Serb positions on Monday.", "attack")
    assert [party.id for party in told.target] == ["bosnian-serbs"]


def test_a_sentence_full_of_foreign_names_is_read(reader: ArticleReader) -> None:
    told = read(reader, "The prime minister of Malaysia, Mahathir Mohamad, resigned on Monday.", "resignation")
    assert [party.id for party in told.source] == ["mahathir-mohamad"]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Turkey on Friday denied bombing villages in Syria.", "attack", ("TUR", "SYR")),
        ("Russia and Iran signed a contract for missiles.", "agreement", ("RUS", "IRN")),
        ("India signed a contract with Russia for missiles.", "purchase", ("RUS", "IND")),
        ("Israel and Hamas agreed on a ceasefire, Egypt's minister said.", "ceasefire", ("ISR", "hamas")),
        ("Obama appointed Nikki Haley ambassador to the United Nations.", "appointment",
         ("barack-obama", "nikki-haley")),
        ("Brazilians elected Lula president.", "election", ("BRA", "luiz-inacio-lula-da-silva")),
        ("Zimbabwe was readmitted to the Commonwealth.", "resumption", ("commonwealth-of-nations", "ZWE")),
        ("Niger's junta revoked military accords with France.", "suspension", ("NER", "FRA")),
        ("Australia scrapped its agreement with France.", "suspension", ("AUS", "FRA")),
        ("Modi welcomed Obama to Delhi on Monday.", "visit", ("barack-obama", "narendra-modi")),
        ("A ship carrying 5,000 tonnes of wheat reached Somalia.", "aid", ("", "SOM")),
        ("Angela Merkel called Vladimir Putin to urge him to release sailors.", "request",
         ("angela-merkel", "vladimir-putin")),
        ("Obama called on Iran to release the sailors.", "release", ("IRN", "barack-obama")),
        ("Indonesia executed eight drug convicts on Wednesday.", "attack", ("IDN", "convict")),
    ],
)  # fmt: skip
def test_who_signs_agrees_appoints_welcomes_or_calls(
    reader: ArticleReader, text: str, kind: str, sides: tuple[str, str]
) -> None:
    told = read(reader, text, kind)
    assert tuple(",".join(party.id for party in side) for side in (told.source, told.target)) == sides


@pytest.mark.parametrize(
    ("text", "kind", "object_name"),
    [
        ("Britain and Jordan signed an extradition treaty.", "agreement", "extradition treaty"),
        ("Russia and Egypt signed a deal on 3 million tons of grain.", "agreement", "grain"),
    ],
)
def test_what_is_measured_is_the_object(reader: ArticleReader, text: str, kind: str, object_name: str) -> None:
    assert read(reader, text, kind).object == object_name


def test_an_agreement_that_is_ended_was_there_before(reader: ArticleReader) -> None:
    told = read(reader, "Iraq annulled the treaty with Iran on Monday.", "agreement")
    assert told.date.span.edtf() == "../2015-05-04"


@pytest.mark.parametrize(
    "text", ["Anyone convicted of rape is jailed for life.", "Anyone who attacks a policeman is arrested."]
)
def test_a_rule_for_anybody_is_no_deed(reader: ArticleReader, text: str) -> None:
    (found,) = reader.read_many([Document(text, published=PUBLISHED)])
    assert not found.mentions


@pytest.mark.parametrize(
    ("text", "day", "ids"),
    [
        ("Yugoslavia expelled a diplomat on Monday.", "1999-04-16", "YUG"),
        ("Belgrade expelled a diplomat on Monday.", "1999-04-16", "YUG"),
        ("Belgrade expelled a diplomat on Monday.", "2004-04-16", "SCG"),
        ("Belgrade expelled a diplomat on Monday.", "2015-04-16", "SRB"),
    ],
)
def test_a_capital_stands_for_its_state_of_that_day(reader: ArticleReader, text: str, day: str, ids: str) -> None:
    published = TimeSpan.of_day(date.fromisoformat(day))
    (found,) = reader.read_many([Document(text, published=published)])
    assert [party.id for party in found.mentions[0].source] == [ids]


@pytest.mark.parametrize(
    "text", ["Turkey on Monday denied bombing villages in Syria.", "Turkey denied the attack on Monday."]
)
def test_a_denied_noun_is_before_the_denial(reader: ArticleReader, text: str) -> None:
    assert read(reader, text, "attack").date.span.edtf() == "../2015-05-04"


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("The EU imposed sanctions on Russia in 2014. The measures were lifted on Monday.", "concession",
         ("european-union", "RUS")),
        ("The EU imposed sanctions on Russia in 2014. Russia bombed Aleppo. The embargo was eased on Monday.",
         "concession", ("european-union", "RUS")),
        ("The US imposed sanctions on Iran in 2012. The sanctions, lifted in 2016, were restored later. Iran sued.",
         "concession", ("USA", "IRN")),
    ],
)  # fmt: skip
def test_what_a_state_lays_on_another_keeps_its_sides(
    reader: ArticleReader, text: str, kind: str, sides: tuple[str, str]
) -> None:
    told = read(reader, text, kind)
    assert tuple(",".join(party.id for party in side) for side in (told.source, told.target)) == sides


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("The German foreign minister flew to Moscow. He met his Russian counterpart in Geneva.", ("DEU", "RUS")),
        ("Iran rejected an offer from Russia. They met last month in Vienna.", ("IRN", "RUS")),
        ("Negotiators reached no deal. French ministers met in Oman on Monday.", ("FRA", "")),
        ("Jones, 45, was jailed on Monday. He met Russian officers in Vienna in 2009.", ("", "RUS")),
    ],
)
def test_he_is_who_has_the_office_and_where_several_meet_is_no_side(
    reader: ArticleReader, text: str, sides: tuple[str, str]
) -> None:
    told = read(reader, text, "meeting")
    assert tuple(",".join(party.id for party in side) for side in (told.source, told.target)) == sides


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("It was in 1994 that South Africa signed the treaty.", "agreement", "1994"),
        ("It was not until 1994 that South Africa signed the treaty.", "agreement", "1994"),
        ("Not until 1994 did South Africa sign the treaty.", "agreement", "1994"),
        ("Iran did not sign the treaty until 1994.", "agreement", "1994"),
        ("By the time UN troops arrived in July 1994, militias had killed 800 people.", "attack", "../1994-07-31"),
        ("Since taking office in 2010, Orban has met Putin ten times.", "meeting", "2010-01-01/2015-05-06"),
        ("Before leaving office in January 2013, Obama expelled ten Russian diplomats.", "expulsion", "../2013-01-31"),
        ("Turkey said on Monday it was recalling its ambassador to Paris.", "expulsion", "2015-05-04"),
        ("Washington blames Tehran for attacks on four tankers in May 2014.", "accusation", "2015-05-06"),
        ("Tensions have risen since April, when Japan arrested a Chinese captain.", "arrest", "2015-04"),
        ("Lavrov is to visit Belgrade on May 12, where he will be received by the Serbian president.", "meeting",
         "2015-05-12"),
        ("Crowds were angry at the bombing of the embassy, in which three people died on Saturday.", "attack",
         "2015-05-02"),
        ("The arrests follow the killing of a policeman on Saturday.", "attack", "2015-05-02"),
        ("The opposition called on Sunday for a demonstration on Friday.", "protest", "2015-05-08"),
        ("The opposition on Sunday called for a demonstration on Friday.", "request", "2015-05-03"),
        ("Rebels attacked a convoy on Saturday. Troops were deployed in town the day after the attack.", "deployment",
         "2015-05-03"),
        ("Rebels attacked a convoy on Saturday. A day after the attack, troops were deployed in town.", "deployment",
         "2015-05-03"),
        ("Calm returned to Dakar on Monday, May 4, three days after a minister was sentenced to two years in prison.",
         "arrest", "2015-05-01"),
        ("Rebels seized the town on Monday. The army has since bombed it.", "attack", "2015-05-04/2015-05-06"),
        ("Saudi Arabia bombed Sanaa on Monday. Saudi Arabia has repeatedly denied targeting civilians.", "denial",
         "../2015-05-06"),
        ("Iraq signed the contract in June 1994, Iraqi officials said here May 4.", "statement", "2015-05-04"),
    ],
)  # fmt: skip
def test_a_day_is_found_from_where_the_clause_stands(reader: ArticleReader, text: str, kind: str, day: str) -> None:
    told = read(reader, text, kind)
    assert (told.date.span.edtf(), told.modality is Modality.NEGATED) == (day, False)


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("President Donald Trump met Xi Jinping. Trump threatened Iran.", "threat", ("donald-trump", "IRN")),
        ("Rebel leader Shamil Basayev seized a hospital. Basayev freed two captives.", "release",
         ("shamil-basayev", "captive")),
        ("Ali Hassan was arrested on Wednesday and freed on Thursday.", "release", ("", "ali-hassan")),
        ("Two men were deported to Chad.", "expulsion", ("", "man")),
    ],
)  # fmt: skip
def test_short_sentences_second_passives_and_ways_keep_their_sides(
    reader: ArticleReader, text: str, kind: str, sides: tuple[str, str]
) -> None:
    told = read(reader, text, kind)
    assert tuple(",".join(party.id for party in side) for side in (told.source, told.target)) == sides


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Secretary of Defense Caspar W. Weinberger warned Iran.", "threat", ("caspar-weinberger", "IRN")),
        ("Anti-Japan rallies were held in Guangzhou.", "protest", ("CHN", "JPN")),
        ("Anti-American protests broke out in Cairo.", "protest", ("EGY", "USA")),
    ],
)
def test_offices_and_leanings_are_no_part_of_a_name(
    reader: ArticleReader, text: str, kind: str, sides: tuple[str, str]
) -> None:
    told = read(reader, text, kind)
    assert tuple(",".join(party.id for party in side) for side in (told.source, told.target)) == sides


def test_who_is_named_for_what_he_tells_is_no_side(reader: ArticleReader) -> None:
    told = read(reader, "The Houthis fired on a ship, according to the Pentagon.", "attack")
    assert "USA" not in {party.state for party in (*told.source, *told.target)}


def test_what_crowds_gather_to_protest_against_was_done(reader: ArticleReader) -> None:
    text = "Thousands marched on Monday to protest against the bombing of a mosque."
    assert read(reader, text, "attack").modality is Modality.ASSERTED


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Ministers will discuss the plan when they meet in Warsaw on 19 May.", "talks", "2015-05-19"),
        ("Rebels ambushed a patrol, officials said on Monday, as an envoy urged Iran to hold talks.", "request",
         "2015-05-04"),
        ("The United States bombed Iraq at the start of the 2003 war.", "attack", "2003"),
        ("Chad said on Monday that it was ready to restore ties with Sudan.", "pledge", "2015-05-04"),
        ("Turkey had threatened sanctions if Niger signed a deal with Iran.", "threat", "../2015-05-06"),
    ],
)  # fmt: skip
def test_what_goes_on_beside_is_of_the_same_day(reader: ArticleReader, text: str, kind: str, day: str) -> None:
    assert read(reader, text, kind).date.span.edtf() == day


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Israel's denial that it had bombed Syria came on Monday.", Modality.DENIED),
        ("There is no evidence that Israel bombed Syria.", Modality.DENIED),
        ("It is not true that Israel bombed Syria.", Modality.DENIED),
        ("It is true that Israel bombed Syria.", Modality.ASSERTED),
        ("Reports that Israel had bombed Syria are untrue.", Modality.DENIED),
        ("Israel rejected claims that it had bombed Syria.", Modality.DENIED),
        ("There is evidence that Israel bombed Syria.", Modality.ASSERTED),
        ("Turkey fears that Israel has bombed Syria.", Modality.ALLEGED),
        ("Israel is believed to have bombed Syria.", Modality.ALLEGED),
        ("Israel seems to have bombed Syria.", Modality.ALLEGED),
        ("Israel was about to bomb Syria.", Modality.PLANNED),
    ],
)
def test_what_is_disputed_or_only_believed_is_not_asserted(
    reader: ArticleReader, text: str, modality: Modality
) -> None:
    assert read(reader, text, "attack").modality is modality


def test_what_may_have_been_done_lies_back(reader: ArticleReader) -> None:
    told = read(reader, "Russia may have delivered missiles to Syria.", "delivery")
    assert (told.modality, told.date.span.edtf()) == (Modality.CONDITIONAL, "../2015-05-06")


def test_nobody_who_says_it_is_invented_for_what_is_said_to_have_been_done(reader: ArticleReader) -> None:
    (found,) = reader.read_many([Document("Russia is said to have sold missiles to Syria.", published=PUBLISHED)])
    assert [mention.kind for mention in found.mentions] == ["sale"]


def test_the_day_of_the_month_is_no_quantity(reader: ArticleReader) -> None:
    told = read(reader, "The treaty was signed in Vienna by Iran and Russia on 8 April.", "agreement")
    assert (told.object, told.quantity) == ("treaty", None)


def test_it_is_the_newspaper_that_spoke_last(reader: ArticleReader) -> None:
    text = "The Washington Post reported that Pakistan had moved troops. It said India had shelled a village."
    (found,) = reader.read_many([Document(text, published=PUBLISHED)])
    sayings = [mention for mention in found.mentions if mention.kind == "statement"]
    assert [party.id for mention in sayings for party in mention.source] == ["washington-post"] * 2


@pytest.mark.parametrize("title", ["Talks Fail", "Attacks Resume", "Protesters Strike", "Strikes Kill", "Talks"])
def test_a_headline_that_ends_with_its_verb_loses_no_article(reader: ArticleReader, title: str) -> None:
    text = "Iran expelled a diplomat on Monday."
    (found,) = reader.read_many([Document(text, title=title, published=PUBLISHED)])
    assert "expulsion" in {mention.kind for mention in found.mentions}
