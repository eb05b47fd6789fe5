"""An English time tagger and document dater: a string and a date in, dated expressions out. See docs/time.md."""

from app.extraction.temporal.calendar import Grain, Period
from app.extraction.temporal.documents import date_document
from app.extraction.temporal.expressions import TimeExpression
from app.extraction.temporal.offices import OfficeTerm, office_term
from app.extraction.temporal.tagging import TaggedBlock, annotate, tag, tag_blocks
from app.extraction.temporal.values import Modifier, TimeValue, TimexType, edtf_one_of

__all__ = [
    "Grain",
    "Modifier",
    "OfficeTerm",
    "Period",
    "TaggedBlock",
    "TimeExpression",
    "TimeValue",
    "TimexType",
    "annotate",
    "date_document",
    "edtf_one_of",
    "office_term",
    "tag",
    "tag_blocks",
]
