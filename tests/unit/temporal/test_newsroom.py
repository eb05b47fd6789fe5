"""Sentences of many desks: wire, money, wars, sports, lives, reports, British and American copy, feasts."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.temporal import tag

Told = list[tuple[str, str]]

# Thursday 12 March 2015
WIRE: list[tuple[str, Told]] = [
    ("Two soldiers were killed Wednesday when a roadside bomb went off.", [("Wednesday", "2015-03-11")]),
    ("The ministry said late Tuesday that the ship had docked.", [("late Tuesday", "2015-03-10")]),
    ("Gunmen stormed the hotel shortly before dawn on Saturday.", [("dawn on Saturday", "2015-03-07TMO")]),
    ("Voters go to the polls next Sunday.", [("next Sunday", "2015-03-15")]),
    ("The president is to address parliament on Monday.", [("Monday", "2015-03-16")]),
    ("The envoys are due to meet again on 20 March.", [("20 March", "2015-03-20")]),
    ("He had been held since last Friday.", [("last Friday", "2015-03-06")]),
    ("Clashes broke out overnight Monday.", [("overnight Monday", "2015-03-09TNI")]),
    ("The strike, now in its third week, has shut the port.", [("now", "PRESENT_REF")]),
    ("The curfew runs from 9 p.m. to 5 a.m.", [("9 p.m.", "2015-03-12T21:00"), ("5 a.m.", "2015-03-12T05:00")]),
    ("The cabinet met twice last week.", [("last week", "2015-W10")]),
    ("Police arrested 14 people in dawn raids on Feb. 27.", [("Feb. 27", "2015-02-27")]),
    ("The ceasefire was to take effect at midnight Sunday.", [("midnight Sunday", "2015-03-15T24:00")]),
    ("Earlier this month he flew to Geneva.", [("Earlier this month", "2015-03")]),
    ("The trial opens later this year.", [("later this year", "2015")]),
    ("A verdict is expected by the end of April.", [("the end of April", "2015-04")]),
    ("Ten days ago the rebels took the airport.", [("Ten days ago", "2015-03-02")]),
    ("Three people died, two days after a similar attack.", [("two days", "P2D")]),
    ("The talks, set for March 25-27, will be held in Vienna.", [("March 25", "2015-03-25"), ("27", "2015-03-27")]),
    ("Nobody has seen her for three weeks.", [("three weeks", "P3W")]),
    ("The outgoing premier leaves office on April 1.", [("April 1", "2015-04-01")]),
    ("She was sworn in on January 20, 2013.", [("January 20, 2013", "2013-01-20")]),
    ("The two leaders last met in November.", [("November", "2014-11")]),
    ("The envoy will fly to Cairo in the coming days.", [("the coming days", "PXD")]),
    ("In recent months the rebels have lost ground.", [("recent months", "PXM")]),
    ("Troops have until noon on Friday to leave.", [("noon on Friday", "2015-03-13T12:00")]),
    ("The quake struck at 4:32 a.m. local time.", [("4:32 a.m. local time", "2015-03-12T04:32")]),
    ("It was the worst attack since the 1980s.", [("the 1980s", "198")]),
    ("The governor resigned the following day.", [("the following day", "2015-03-13")]),
    (
        "Elections were held in May 2014 and a new cabinet formed two months later.",
        [("May 2014", "2014-05"), ("two months later", "2014-07")],
    ),
    ("On Monday, 15 were killed.", [("Monday", "2015-03-09")]),
    ("The truce will last six months.", [("six months", "P6M")]),
    ("The twenty-first century began badly.", [("The twenty-first century", "20")]),
    ("Call 555 1999 or +44 20 7946 1958.", []),
    (
        "Troops attacked in August 2008. Ten days later they withdrew.",
        [("August 2008", "2008-08"), ("Ten days later", "XXXX-XX-XX")],
    ),
    ("Clashes broke out over the weekend.", [("the weekend", "2015-W10-WE")]),
    ("Talks will resume at the weekend.", [("the weekend", "2015-W11-WE")]),
    ("The envoy will return on Saturday week.", [("Saturday week", "2015-03-21")]),
    ("The minister arrived on the 3rd.", [("the 3rd", "2015-03-03")]),
    ("Rebels shelled the port overnight on Feb. 17.", [("overnight on Feb. 17", "2015-02-17TNI")]),
    ("The port was hit overnight on 17 February 2014.", [("overnight on 17 February 2014", "2014-02-17TNI")]),
    ("It signed in June 1994, officials said here March 8.", [("June 1994", "1994-06"), ("March 8", "2015-03-08")]),
    (
        "In November 1998 both agreed to a truce. In February the army attacked.",
        [("November 1998", "1998-11"), ("February", "1999-02")],
    ),
    ("In June 1998 he fled. In May he had been sentenced.", [("June 1998", "1998-06"), ("May", "1998-05")]),
]

# Friday 31 January 2014
FINANCE: list[tuple[str, Told]] = [
    ("Net income rose 12% in the fourth quarter.", [("the fourth quarter", "2013-Q4")]),
    ("Sales fell to $2.1 billion from $2.4 billion a year earlier.", [("a year earlier", "2013")]),
    ("The firm expects a profit in the second half of 2014.", [("the second half of 2014", "2014-H2")]),
    ("For the year ended Dec. 31, 2013, it lost $5 million.", [("the year", "P1Y"), ("Dec. 31, 2013", "2013-12-31")]),
    ("Shares have gained 30% over the past 12 months.", [("the past 12 months", "P12M")]),
    ("The bond matures in 2043.", [("2043", "2043")]),
    ("A five-year loan at 3.5% was signed on Thursday.", [("five-year", "P5Y"), ("Thursday", "2014-01-30")]),
    ("Dividends are paid quarterly.", [("quarterly", "P1Q")]),
    ("The bank will report results on Feb. 13.", [("Feb. 13", "2014-02-13")]),
    ("Inflation slowed in December.", [("December", "2013-12")]),
    ("Output grew 0.7 percent in the October-December period.", [("October", "2013-10"), ("December", "2013-12")]),
    (
        "The fund lost a third of its value in the first nine months of 2013.",
        [("the first nine months", "P9M"), ("2013", "2013")],
    ),
    ("The budget for fiscal year 2013-14 was cut.", [("fiscal year 2013-14", "2013/2014")]),
    ("Q1 revenue will be flat.", [("Q1", "2014-Q1")]),
    ("Three-month copper fell $40.", [("Three-month", "P3M")]),
    ("The yield on 10-year notes rose.", [("10-year", "P10Y")]),
    ("The deal is expected to close in mid-2014.", [("mid-2014", "2014")]),
    ("It cut 1,400 jobs in the last two years.", [("the last two years", "P2Y")]),
    ("Trading volume was 1987 shares.", []),
    ("The Nikkei 225 ended at 14,914.", []),
    ("Brent crude for March delivery fell 80 cents.", [("March", "2014-03")]),
    ("The chief executive retires at the end of the year.", [("the end of the year", "2014")]),
    ("Orders in the first week of January beat forecasts.", [("the first week of January", "2014-W01")]),
    ("The company was founded in 1898.", [("1898", "1898")]),
    ("Sales in the latest quarter were flat.", [("the latest quarter", "2013-Q4")]),
    ("The rate was raised on Jan. 28 from 4.5 percent.", [("Jan. 28", "2014-01-28")]),
    ("Half-year profit doubled.", [("Half-year", "P6M")]),
    ("The regulator gave the bank 90 days to sell the unit.", [("90 days", "P90D")]),
    ("Prices rise every spring.", [("every spring", "XXXX-SP")]),
    ("Exports in 2012-2013 fell.", [("2012", "2012"), ("2013", "2013")]),
]

# Wednesday 17 September 2014
WARS: list[tuple[str, Told]] = [
    ("Shelling resumed on the night of 14 September.", [("the night of 14 September", "2014-09-14TNI")]),
    ("The town fell on or about June 10.", [("June 10", "2014-06-10")]),
    ("Fighting raged from 3 to 7 August.", [("3", "2014-08-03"), ("7 August", "2014-08-07")]),
    ("The siege lasted 872 days.", [("872 days", "P872D")]),
    (
        "The pact was signed on 5 September in Minsk; twelve days later it was in tatters.",
        [("5 September", "2014-09-05"), ("twelve days later", "2014-09-17")],
    ),
    ("Nearly two years into the war, no end is in sight.", [("Nearly two years", "P2Y")]),
    ("Rebels of the May 24 Brigade crossed Route 1.", []),
    ("The 2nd Battalion held the line.", []),
    ("They fired 2014 shells and took 1,914 prisoners.", []),
    ("An An-26 and a MiG-29 were lost.", []),
    ("The so-called Black September group was disbanded.", []),
    ("In the summer of 1944 the front moved west.", [("the summer of 1944", "1944-SU")]),
    ("At 0400 hours on 6 June 1944 the landing began.", [("0400 hours on 6 June 1944", "1944-06-06T04:00")]),
    ("The war of 1914-18 killed millions.", [("1914", "1914"), ("18", "1918")]),
    ("During the 1990s and early 2000s the army shrank.", [("the 1990s", "199"), ("early 2000s", "200")]),
    ("The truce held for less than 48 hours.", [("less than 48 hours", "PT48H")]),
    ("The convoy left at dawn.", [("dawn", "2014-09-17TMO")]),
    (
        "On the eve of the vote of 7 September two bridges were blown up.",
        [("the eve of the vote of 7 September", "2014-09-06")],
    ),
    ("Between late June and mid-July, 300 people fled.", [("late June", "2014-06"), ("mid-July", "2014-07")]),
    ("The offensive, launched six weeks ago, has stalled.", [("six weeks ago", "2014-W32")]),
    ("By then the bridge had been destroyed.", []),
    ("Resolution 2166 was adopted on July 21.", [("July 21", "2014-07-21")]),
    ("He was captured in 1943 and freed the next year.", [("1943", "1943"), ("the next year", "1944")]),
    ("The treaty expired at the end of 1999.", [("the end of 1999", "1999")]),
    (
        "In the early morning hours of August 24 the column was hit.",
        [("the early morning hours of August 24", "2014-08-24TMO")],
    ),
]

# Monday 9 July 2012
SPORTS: list[tuple[str, Told]] = [
    ("He beat the Swiss 6-4, 7-6 on Sunday.", [("Sunday", "2012-07-08")]),
    ("The Games open on July 27.", [("July 27", "2012-07-27")]),
    ("She won gold in 2004 and 2008.", [("2004", "2004"), ("2008", "2008")]),
    ("The 24-year-old scored in the 89th minute.", []),
    ("United won 3-1 at home.", []),
    ("He last won here in the 2009-10 season.", [("2009", "2009"), ("10", "2010")]),
    ("The tour starts next month.", [("next month", "2012-08")]),
    ("He ran the 1500 metres in 3:29.", []),
    ("The club was promoted two seasons ago.", []),
    ("The March Madness final drew 20 million viewers.", []),
    ("He signed a four-year contract last summer.", [("four-year", "P4Y"), ("last summer", "2011-SU")]),
    ("The second Test starts on Thursday.", [("Thursday", "2012-07-12")]),
    ("He was out for the rest of the season.", []),
    ("The race is held on the first Sunday in May.", [("the first Sunday in May", "2012-05-06")]),
]

# Saturday 8 October 2011
OBITUARIES: list[tuple[str, Told]] = [
    ("She died on Tuesday, aged 84.", [("Tuesday", "2011-10-04")]),
    ("Born on 12 February 1927, he was raised in Leeds.", [("12 February 1927", "1927-02-12")]),
    ("He served as mayor from 1979 to 1987.", [("1979", "1979"), ("1987", "1987")]),
    ("In his later years he painted.", [("years", "PXY")]),
    ("He wrote the novel in the late fifties.", [("the late fifties", "195")]),
    ("They married in 1951; a daughter was born a year later.", [("1951", "1951"), ("a year later", "1952")]),
    ("She retired at 65 after four decades at the bench.", [("four decades", "P4E")]),
    ("He joined the RAF in the spring of 1940.", [("the spring of 1940", "1940-SP")]),
    ("For half a century she ran the shop.", [("half a century", "P50Y")]),
    ("He was 30 when war broke out in September 1939.", [("September 1939", "1939-09")]),
    ("He turned down a knighthood in either 1976 or 1977.", [("1976", "1976"), ("1977", "1977")]),
    ("At the turn of the century his father kept pigs.", [("the turn of the century", "2000")]),
    ("A memorial service will be held on October 22.", [("October 22", "2011-10-22")]),
    ("A decade ago she was still teaching.", [("A decade ago", "200")]),
    ("He had been ill for some time.", []),
]

# Tuesday 22 April 2003
REPORTS: list[tuple[str, Told]] = [
    (
        "The Council, by its resolution 1472 (2003) of 28 March 2003, extended the mandate.",
        [("2003", "2003"), ("28 March 2003", "2003-03-28")],
    ),
    ("The mandate ends on 30 June 2003.", [("30 June 2003", "2003-06-30")]),
    (
        "During the reporting period, from 1 January to 31 March 2003, 12 staff left.",
        [("1 January", "2003-01-01"), ("31 March 2003", "2003-03-31")],
    ),
    ("As at 15 April 2003, contributions stood at $4 million.", [("15 April 2003", "2003-04-15")]),
    ("The panel shall report within 60 days.", [("60 days", "P60D")]),
    ("Its fifty-seventh session ended in December 2002.", [("December 2002", "2002-12")]),
    ("The biennium 2002-2003 saw cuts.", [("2002", "2002"), ("2003", "2003")]),
    ("No later than 1 May 2003 all staff shall return.", [("1 May 2003", "2003-05-01")]),
    (
        "On the night of 7 to 8 April a convoy was stopped.",
        [("the night of 7", "2003-04-07TNI"), ("8 April", "2003-04-08")],
    ),
    ("At its 4726th meeting, on 26 March 2003, the Council heard 60 speakers.", [("26 March 2003", "2003-03-26")]),
    ("In paragraph 1998 of the annex, item 12 is struck.", []),
    (
        "The first and second quarters of 2003 were calm.",
        [("The first", "2003-Q1"), ("second quarters of 2003", "2003-Q2")],
    ),
    ("The cease-fire of 4 December 2002 has held since then.", [("4 December 2002", "2002-12-04")]),
    ("The mission was set up in 1991 and closed five years later.", [("1991", "1991"), ("five years later", "1996")]),
    ("A review takes place every six months.", [("every six months", "P6M")]),
    ("A second survey is planned for the second week of May.", [("the second week of May", "2003-W19")]),
    ("In the last week of March the border was shut.", [("the last week of March", "2003-W13")]),
]

# Friday 6 May 2005; a British daily
BRITISH: list[tuple[str, Told]] = [
    ("The Prime Minister called the poll a month ago.", [("a month ago", "2005-04")]),
    ("Polling was on Thursday 5 May.", [("Thursday 5 May", "2005-05-05")]),
    ("The Bill had its second reading on the 14th of March.", [("the 14th of March", "2005-03-14")]),
    ("The inquiry will sit on Tuesday fortnight.", [("Tuesday", "2005-05-10")]),
    ("The Commons rose on 7th April.", [("7th April", "2005-04-07")]),
    (
        "The meeting, at half past three yesterday afternoon, was brief.",
        [("half past three yesterday afternoon", "2005-05-05T15:30")],
    ),
    ("Mrs May and Mr March spoke first.", []),
    (
        "The tube was shut from half past eight until noon.",
        [("half past eight", "2005-05-06T08:30"), ("noon", "2005-05-06T12:00")],
    ),
    ("A bank holiday falls on 30 May.", [("30 May", "2005-05-30")]),
    ("The last election was four years ago, in June 2001.", [("four years ago", "2001"), ("June 2001", "2001-06")]),
    ("He arrived at 18.30 on Wednesday.", [("18.30 on Wednesday", "2005-05-04T18:30")]),
    ("The ban, from 1 July 2007, covers pubs.", [("1 July 2007", "2007-07-01")]),
    ("This time last year she was a minister.", [("last year", "2004")]),
    ("The autumn term begins on 5 September.", [("The autumn", "2005-FA"), ("5 September", "2005-09-05")]),
    ("She told the Sunday Telegraph she might stand.", []),
    ("In the small hours of Friday the count ended.", [("the small hours of Friday", "2005-05-06TMO")]),
]

# Monday 3 December 2007; an American daily
AMERICAN: list[tuple[str, Told]] = [
    ("He was indicted on Nov. 15, 2007, in Brooklyn.", [("Nov. 15, 2007", "2007-11-15")]),
    ("The primary is Jan. 8.", [("Jan. 8", "2008-01-08")]),
    ("She has served since January.", [("January", "2007-01")]),
    ("Call 555-1998 or fax 202-555-2007.", []),
    ("The storm hit early Monday morning.", [("early Monday morning", "2007-12-03TMO")]),
    ("The show airs weeknights at 9 p.m. Eastern.", [("9 p.m. Eastern", "2007-12-03T21:00")]),
    ("A Boeing 737 slid off the runway at 7:15 p.m. EST Sunday.", [("7:15 p.m. EST Sunday", "2007-12-02T19:15")]),
    ("The memo, dated 11/20/2007, was leaked.", [("11/20/2007", "2007-11-20")]),
    ("By Thanksgiving the plan was dead.", [("Thanksgiving", "2007-11-22")]),
    ("The Memorial Day weekend was wet.", [("Memorial Day", "2007-05-28")]),
    ("Since Sept. 11, 2001, security has been tight.", [("Sept. 11, 2001", "2001-09-11")]),
    ("The law takes effect Jan. 1.", [("Jan. 1", "2008-01-01")]),
    ("On the second Tuesday of March 2008 the board will vote.", [("the second Tuesday of March 2008", "2008-03-11")]),
    ("Turnout was the lowest in a generation.", []),
    ("The two met May 3 or 4.", [("May 3", "2007-05-03"), ("4", "2007-05-04")]),
    ("He may march in May.", [("May", "2008-05")]),
    ("The hearing was put off until after the holidays.", []),
    ("Back in 1998, he was a prosecutor.", [("1998", "1998")]),
    ("The mayor-elect takes office at noon Jan. 2.", [("noon Jan. 2", "2008-01-02T12:00")]),
    ("Some 2,007 delegates will gather in Room 1984.", []),
    ("He was paroled Oct. 3 and rearrested Oct. 19.", [("Oct. 3", "2007-10-03"), ("Oct. 19", "2007-10-19")]),
]

# Sunday 10 January 2016: feasts and calendars of others
FEASTS: list[tuple[str, Told]] = [
    ("They marked Orthodox Christmas.", [("Orthodox Christmas", "2016-01-07")]),
    ("The truce began on Orthodox Easter Sunday 2015.", [("Orthodox Easter Sunday 2015", "2015-04-12")]),
    ("Diwali was quiet.", [("Diwali", "2015-11-11")]),
    ("Hanukkah began in snow.", [("Hanukkah", "2015-12-07/2015-12-14")]),
    ("Holi 2015 saw clashes.", [("Holi 2015", "2015-03-06")]),
    ("On Good Friday 1998 the accord was signed.", [("Good Friday 1998", "1998-04-10")]),
    ("They fasted during Ramadan 2015.", [("Ramadan 2015", "2015-06-18/2015-07-17")]),
    ("They kept Purim 2015.", [("Purim 2015", "2015-03-05")]),
]

DESKS = (
    (date(2015, 3, 12), WIRE),
    (date(2014, 1, 31), FINANCE),
    (date(2014, 9, 17), WARS),
    (date(2012, 7, 9), SPORTS),
    (date(2011, 10, 8), OBITUARIES),
    (date(2003, 4, 22), REPORTS),
    (date(2005, 5, 6), BRITISH),
    (date(2007, 12, 3), AMERICAN),
    (date(2016, 1, 10), FEASTS),
)
SENTENCES = [(published, text, told) for published, desk in DESKS for text, told in desk]


@pytest.mark.parametrize(("published", "text", "told"), SENTENCES, ids=[text for _, text, _ in SENTENCES])
def test_a_sentence_of_the_day_is_read(published: date, text: str, told: Told) -> None:
    assert [(found.quote, found.timex_value) for found in tag(text, published)] == told
