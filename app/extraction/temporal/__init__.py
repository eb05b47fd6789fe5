"""An English time tagger and document dater: a string and a date in, dated expressions out. See docs/time.md."""

from app.extraction.temporal.calendar import Grain, Period
from app.extraction.temporal.expressions import TimeExpression
from app.extraction.temporal.tagging import TaggedBlock, annotate, tag, tag_blocks
from app.extraction.temporal.values import Modifier, TimeValue, TimexType

__all__ = [
    "Grain",
    "Modifier",
    "Period",
    "TaggedBlock",
    "TimeExpression",
    "TimeValue",
    "TimexType",
    "annotate",
    "tag",
    "tag_blocks",
]
