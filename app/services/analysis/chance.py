"""Counts against what chance would give: exact tests, and what many tests at once make of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


def more_than_share(counts: ArrayLike, totals: ArrayLike, shares: ArrayLike) -> Numbers:
    """P(X ≥ count) for X binomial of `totals` trials with `shares`: exact, one-sided."""
    from scipy.special import betainc  # half a second of loading

    k, n, p = (np.asarray(values, dtype=float) for values in (counts, totals, shares))
    with np.errstate(invalid="ignore"):
        tail = betainc(np.maximum(k, 1), np.maximum(n - k + 1, 1e-9), np.clip(p, 0.0, 1.0))
    return np.asarray(np.where(k <= 0, 1.0, tail), dtype=float)


def either_way(counts: ArrayLike, totals: ArrayLike, shares: ArrayLike) -> Numbers:
    """Twice the smaller tail, at most 1."""
    k, n, p = (np.asarray(values, dtype=float) for values in (counts, totals, shares))
    upper = more_than_share(k, n, p)
    lower = more_than_share(n - k, n, 1 - p)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(upper, lower)), dtype=float)


def adjusted(p_values: ArrayLike) -> Numbers:
    """Benjamini and Hochberg's q: the least share of false finds at which each would be one."""
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")
    ranked = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return q
