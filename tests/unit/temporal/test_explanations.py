"""How an expression says where its days come from."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.spans import TimeSpan
from app.extraction.temporal import tag

_PUBLISHED = date(2015, 5, 6)
_NEAR = "counted from 6 May 2015, the day of publication; it is the one close by"


@pytest.mark.parametrize(
    ("text", "quote", "sentence"),
    [
        (
            "Three days after the 25 April quake, help came.",
            "Three days",
            f"counted from 25 April 2015, the date told with it; that date is {_NEAR}, so 28 April 2015.",
        ),
        (
            "They marked the tenth anniversary of the 1991 coup.",
            "the tenth anniversary",
            "counted from 1991, the date told with it, so 2001.",
        ),
        (
            "The week before 3 May 2014 he left.",
            "The week before 3 May 2014",
            "counted from 3 May 2014, the date told with it, so 26 April 2014 to 2 May 2014.",
        ),
        (
            "On the eve of 1 March they met.",
            "the eve of 1 March",
            f"the day before 1 March 2015; that date is {_NEAR}, so 28 February 2015.",
        ),
        (
            "In 1994 he left. The next day he came back.",
            "The next day",
            "counted from 1994, the last date told, so 2 January 1994 to 1 January 1995.",
        ),
        (
            "On 3 May 1994 he left. The next day he came back.",
            "The next day",
            "counted from 3 May 1994, the last day told, so 4 May 1994.",
        ),
        ("He spoke of 9/11 again.", "9/11", "a day known by that name, so 11 September 2001."),
        ("It was in 2003 or 2004.", "2004", "the text gives it as one of several, so either 2003 or 2004."),
        ("It lasted nine weeks.", "nine weeks", "a length of time, which tells no day."),
        ("He comes every Tuesday.", "every Tuesday", "it comes again and again, on no single day."),
        ("He left recently.", "recently", "by itself it tells no day."),
        ("He left on 3 May 2014.", "3 May 2014", "as it stands, so 3 May 2014."),
    ],
)
def test_an_expression_says_what_it_is_counted_from(text: str, quote: str, sentence: str) -> None:
    told = {one.quote: one.derivation().explain() for one in tag(text, _PUBLISHED)}
    assert told[quote] == f"“{quote}”: {sentence}"


def test_a_choice_that_no_longer_fills_its_span_is_told_as_the_span() -> None:
    last = tag("It was in 2003 or 2004.", _PUBLISHED)[-1].derivation()
    assert last.moved(lambda _: TimeSpan.of_year(2003), "until then").explain().endswith("so 2003.")
