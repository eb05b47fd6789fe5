"""UTF-8 that was read as something else is told by its first wrong word; sound text of any kind is left alone."""

from __future__ import annotations

import pytest

from app.domain.documents import Document
from app.domain.errors import RefusedDocument
from app.services.encodings import Misread, misread
from app.services.receiving import check
from tests.unit.services.test_receiving import TEXT, TODAY

SOUND = "Russia’s army … visité the place"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("windows-1252", "Windows-1252"), ("windows-1251", "Windows-1251"), ("mac_roman", "Mac Roman")],
)
def test_the_wrong_encoding_is_named_with_the_first_wrong_word(encoding: str, name: str) -> None:
    wrong = SOUND.encode().decode(encoding)
    assert misread(wrong) == Misread("Russia’s".encode().decode(encoding), "Russia’s", name)


@pytest.mark.parametrize(
    "text",
    [
        "Russia’s army … visitÃ© the place",
        "It was on fire.\nThe cafÃ© opened again.",
        "He paid Â£5 million",
        "â€œNo,â€\x9d he said",
        "ÐŸÑƒÑ‚Ð¸Ð½ said so",
    ],
)
def test_one_wrong_word_is_enough(text: str) -> None:
    assert misread(text)


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        "L’été à Paris – VOILÀ “tout”",
        "Müller’s “naïve” façade — œuvre, 20 °C ± 5, £5 m, 10 €–20 €",
        "Он пришёл в Женеву",
        "Çalışma Bakanı, Łódź, Škoda, Ångström, São Paulo",
        "He said \x93no\x94 on Monday.",
        "caf\ufffd de la gare",
        "北京 тоже ÄÖÜ",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert misread(text) is None


def test_a_document_of_such_text_is_refused_with_the_mend() -> None:
    says = "decoded with the wrong encoding.*“Russiaâ€™s” for “Russia’s”.*read as Windows-1252.*as UTF-8"
    with pytest.raises(RefusedDocument, match=f"the text was {says}"):
        check(Document(f"Russiaâ€™s army came. {TEXT}"), TODAY)
    with pytest.raises(RefusedDocument, match=f"the title was {says}"):
        check(Document(TEXT, title="Russiaâ€™s army"), TODAY)
