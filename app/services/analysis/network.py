"""Who acts on whom: nodes with their centralities, and the links between them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from app.exports.chart import Chart, Form, Link, Series
from app.services.analysis.answer import Analysis, Record, possible, unreached
from app.services.asking import Asked, Notice
from app.storage import units
from app.storage.rollups import SUMS

LINK_COLUMNS = ("source", "source_name", "target", "target_name", "n", "sent", "received", "goldstein_mean")
NODE_COLUMNS = (
    "id", "name", "n", "sent", "received", "degree", "strength", "betweenness", "pagerank", "community",
)  # fmt: skip
DRAWN = 40
SEED = 1
METHOD = (
    "A link is a pair of actors of whom one did something to the other ({level}); n counts such events, sent "
    "those from source to target. The {limit} links with most events are shown, and the centralities are of the "
    "network that these make: degree (share of the other nodes that are linked), strength (events of all its "
    "links), betweenness (unweighted, of shortest paths), pagerank (by n, damping 0.85), community (Louvain, "
    "weighted by n, seed {seed})."
)
LEVELS = {"named": "as the reports name them", "state": "states, with what their people and bodies do"}


def network(conn: Connection, asked: Asked, level: str, *, limit: int) -> Analysis:
    query = possible(asked.query)
    found = units.links(conn, query, limit=limit, states=level == "state")
    links = [_link(row, found.names) for row in found.rows]
    links.sort(key=lambda link: (-link["n"], link["source"], link["target"]))
    nodes = _nodes(links, found.names)
    notices = unreached(conn, query)
    if len(links) == limit:
        detail = f"only the {limit} links with most events are shown"
        notices = (*notices, Notice("links_clamped", detail, omits=True))
    title = "Network of states" if level == "state" else "Network of actors"
    return Analysis(
        name="network",
        title=title,
        columns=LINK_COLUMNS,
        records=links,
        n=sum(link["n"] for link in links),
        method=METHOD.format(level=LEVELS[level], limit=limit, seed=SEED),
        source=found.source,
        chart=_chart(title, nodes, links),
        notices=notices,
        data={"nodes": nodes, "links": links},
    )


def _link(row: Any, names: dict[str, str]) -> Record:
    """From the one who did more to the other."""
    _, _, a, b, *values = row
    sums = dict(zip(SUMS, values, strict=True))
    if sums["received"] > sums["sent"]:
        a, b, sums["sent"], sums["received"] = b, a, sums["received"], sums["sent"]
    return {
        "source": a,
        "source_name": names.get(a, a),
        "target": b,
        "target_name": names.get(b, b),
        "n": sums["n"],
        "sent": sums["sent"],
        "received": sums["received"],
        "goldstein_mean": round(sums["goldstein"] / (100 * sums["n"]), 3),
    }


def _nodes(links: list[Record], names: dict[str, str]) -> list[Record]:
    """The ends of the links, the strongest first."""
    import networkx as nx  # a fifth of a second of loading

    if not links:
        return []
    graph = nx.Graph()
    graph.add_weighted_edges_from((link["source"], link["target"], link["n"]) for link in links)
    ends = pd.concat(
        [
            pd.DataFrame([(link["source"], link["sent"], link["received"]) for link in links]),
            pd.DataFrame([(link["target"], link["received"], link["sent"]) for link in links]),
        ]
    )
    totals = ends.groupby(0)[[1, 2]].sum()
    strength = dict(graph.degree(weight="weight"))
    degree, between = nx.degree_centrality(graph), nx.betweenness_centrality(graph)
    rank = nx.pagerank(graph, weight="weight")
    groups = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    groups.sort(key=lambda group: (-sum(strength[name] for name in group), min(group)))
    community = {name: number for number, group in enumerate(groups, start=1) for name in group}
    return [
        {
            "id": name,
            "name": names.get(name, name),
            "n": int(strength[name]),
            "sent": int(totals.loc[name, 1]),
            "received": int(totals.loc[name, 2]),
            "degree": round(degree[name], 4),
            "strength": int(strength[name]),
            "betweenness": round(between[name], 4),
            "pagerank": round(rank[name], 5),
            "community": community[name],
        }
        for name in sorted(graph, key=lambda name: (-strength[name], name))
    ]


def _chart(title: str, nodes: list[Record], links: list[Record]) -> Chart:
    drawn = nodes[:DRAWN]
    known = {node["id"]: node["name"] for node in drawn}
    kept = [link for link in links if link["source"] in known and link["target"] in known]
    return Chart(
        Form.LINKS,
        title,
        tuple(node["name"] for node in drawn),
        (
            Series("events", tuple(node["strength"] for node in drawn)),
            Series("community", tuple(node["community"] for node in drawn)),
        ),
        links=tuple(Link(known[link["source"]], known[link["target"]], link["n"]) for link in kept),
        subtitle=f"The {len(drawn)} strongest of {len(nodes)} nodes." if len(nodes) > len(drawn) else "",
    )
