"""The language of a text: English is read, anything else is kept and left alone."""

from __future__ import annotations

import pytest

from app.extraction.parsing import language_of

ENGLISH = [
    "Kenya's president met Nigerian officials in Abuja on Monday to discuss trade.",
    "Kim Jong Un met Moon Jae-in in Panmunjom on Friday.",
    "Boko Haram attacked Maiduguri and Damaturu in Borno on Sunday.",
    "Somali pirates seized MV Sirius Star off Mombasa, Kenya.",
    "Hamas fired rockets at Ashkelon, Sderot and Tel Aviv on Tuesday.",
    "US strikes kill 12",
    "Putin in Minsk",
]
OTHERS = {
    "USA sanktionieren Iran, Iran protest": "de",
    "Der russische Präsident traf am Freitag seinen Amtskollegen in Moskau.": "de",
    "Macron visite Moscou": "fr",
    "Il presidente ha incontrato Putin a Mosca": "it",
    "De president ontmoette Poetin in Moskou": "nl",
    "Türkiye Rusya'dan S-400 aldı": "tr",
    "Президент России встретился с президентом Украины": "ru",
    "التقى الرئيس الروسي الرئيس الأوكراني في موسكو يوم الجمعة": "ar",
}


@pytest.mark.parametrize("text", ENGLISH)
def test_english_with_foreign_names_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Russian President Vladimir Putin met Hassan Rouhani on 22 November 2017.",
        "Putin met Rouhani.",
        "Russia sold Syria missiles.",
        "Merkel meets Erdogan in Ankara",
        "Venezuela frees 12 political prisoners",
    ],
)
def test_a_sentence_of_names_that_no_language_is_likely_for_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(("text", "language"), OTHERS.items())
def test_another_language_is_told_even_in_a_few_words(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "12 345", "\u200b"])
def test_without_letters_there_is_no_language(text: str) -> None:
    assert language_of(text) == "und"
