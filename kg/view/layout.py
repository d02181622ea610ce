"""Where the page draws each node: worked out beforehand, so that the page shows at once and stays where it was.

Connected parts are laid out one by one and packed like paragraphs on a sheet. Within a part, the distance on paper
follows the distance in the graph (stress majorisation: Gansner, Koren, North, Graph Drawing 2004), a large part by
its communities (Louvain). Every node is a box that holds its mark and its name, and boxes are pushed apart until no
two overlap, so that names stay legible.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Box = tuple[float, float]

WHOLE = 150
"""A connected part with more nodes than this is laid out by communities."""
SHEET = 1.6
"""Width by height of the whole drawing: a wide screen."""
GAP = 46.0
"""Room between communities and between connected parts."""


def layout(graph: nx.Graph[str], boxes: Mapping[str, Box]) -> dict[str, tuple[int, int]]:
    """The centre of every node of an undirected `graph`, in whole pixels; `boxes` gives each node's width and height.

    The same graph gives the same positions. An empty graph gives none.
    """
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    placed = [_part(graph.subgraph(part), boxes) for part in parts]
    drawn = [{n: (x, y, *boxes[n]) for n, (x, y) in part.items()} for part in placed]
    sizes = [_extent(part) for part in drawn]
    corners = _pack([(right - left + GAP, bottom - top + GAP) for left, top, right, bottom in sizes])
    centres: dict[str, tuple[int, int]] = {}
    for part, (left, top, _, _), (x0, y0) in zip(placed, sizes, corners, strict=True):
        for node, (x, y) in part.items():
            centres[node] = (round(x - left + x0), round(y - top + y0))
    return centres


def _extent(rectangles: Mapping[str, tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of rectangles given by centre and size."""
    values = rectangles.values()
    return (
        min(x - w / 2 for x, _, w, _ in values),
        min(y - h / 2 for _, y, _, h in values),
        max(x + w / 2 for x, _, w, _ in values),
        max(y + h / 2 for _, y, _, h in values),
    )


def _part(graph: nx.Graph[str], boxes: Mapping[str, Box]) -> dict[str, tuple[float, float]]:
    """Lays out one connected part."""
    nodes = sorted(graph)
    if len(nodes) <= WHOLE:
        return _plain(graph, nodes, boxes)
    ordered: nx.Graph[str] = nx.Graph()  # Louvain follows the order of nodes and edges, which a subgraph does not keep
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges()))
    groups = sorted((sorted(g) for g in nx.community.louvain_communities(ordered, seed=1)), key=lambda g: (-len(g), g))
    inside = [_plain(ordered.subgraph(group), group, boxes) for group in groups]
    extents = [_extent({n: (x, y, *boxes[n]) for n, (x, y) in part.items()}) for part in inside]
    of = {node: i for i, group in enumerate(groups) for node in group}
    between: nx.Graph[str] = nx.Graph()
    between.add_nodes_from(str(i) for i in range(len(groups)))
    between.add_edges_from((str(of[u]), str(of[v])) for u, v in ordered.edges() if of[u] != of[v])
    frames = {str(i): (r - left + GAP, b - t + GAP) for i, (left, t, r, b) in enumerate(extents)}
    centres = _plain(between, sorted(between, key=int), frames)
    return {
        node: (x - (left + right) / 2 + centres[str(i)][0], y - (top + bottom) / 2 + centres[str(i)][1])
        for i, (part, (left, top, right, bottom)) in enumerate(zip(inside, extents, strict=True))
        for node, (x, y) in part.items()
    }


def _plain(graph: nx.Graph[str], nodes: Sequence[str], boxes: Mapping[str, Box]) -> dict[str, tuple[float, float]]:
    """Lays out a few nodes by stress, then pushes their boxes apart."""
    sizes = np.array([boxes[n] for n in nodes], dtype=float)
    stretch = np.array([1.5, 1.0])  # names are wide: think in a space where boxes are nearly square
    points = _stress(_wanted(graph, nodes, sizes / stretch)) * stretch
    points = _apart(points, sizes)
    return {n: (float(x), float(y)) for n, (x, y) in zip(nodes, points, strict=True)}


def _wanted(graph: nx.Graph[str], nodes: Sequence[str], sizes: Array) -> Array:
    """The distances that the drawing should keep. The leaves of a hub get growing distances, so that they fill the
    disc around it as the seeds of a sunflower do instead of crowding on one circle."""
    reach = dict(zip(nodes, np.sqrt((sizes**2).sum(axis=1)) / 2, strict=True))
    seen: dict[str, float] = {}
    lengths: nx.Graph[str] = nx.Graph()
    lengths.add_nodes_from(nodes)
    for u, v in sorted((min(edge), max(edge)) for edge in graph.edges()):
        if u == v:
            continue
        length = reach[u] + reach[v]
        for hub, leaf in ((u, v), (v, u)):
            if graph.degree(leaf) == 1 and graph.degree(hub) > 6:
                seen[hub] = seen.get(hub, reach[hub] ** 2) + (1.05 * reach[leaf]) ** 2
                length = max(length, math.sqrt(seen[hub]))
        lengths.add_edge(u, v, length=length)
    index = {n: i for i, n in enumerate(nodes)}
    far = 2.5 * max(reach.values())
    wanted = np.full((len(nodes), len(nodes)), np.nan)
    for node, distances in nx.all_pairs_dijkstra_path_length(lengths, weight="length"):
        for other, distance in distances.items():
            wanted[index[node], index[other]] = distance
    if np.isnan(wanted).any():  # the communities of a part need not be connected among themselves
        wanted[np.isnan(wanted)] = np.nanmax(wanted) + far
    return wanted


def _stress(wanted: Array, rounds: int = 80) -> Array:
    """Points whose distances come near the `wanted` ones: stress majorisation (SMACOF) with weights d⁻²."""
    count = len(wanted)
    if count == 1:
        return np.zeros((1, 2))
    turn = np.arange(count) * math.pi * (3 - math.sqrt(5))
    points = np.stack([np.cos(turn), np.sin(turn)], axis=1) * np.sqrt(np.arange(count) + 1.0)[:, None]
    points *= wanted.mean() / math.sqrt(count)
    np.fill_diagonal(wanted, 1.0)
    weights = wanted**-2
    np.fill_diagonal(weights, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + np.ones((count, count)) / count)
    for _ in range(rounds):
        apart = points[:, None, :] - points[None, :, :]
        distances = np.sqrt((apart**2).sum(axis=2))
        np.fill_diagonal(distances, 1.0)
        pull = -weights * wanted / np.maximum(distances, 1e-6)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = inverse @ (pull @ points)
    centred: Array = points - points.mean(axis=0)
    return centred


def _apart(points: Array, sizes: Array, rounds: int = 300) -> Array:
    """Moves boxes as little as needed until no two overlap (or the rounds are used up)."""
    points = points.copy()
    half = (sizes[:, None, :] + sizes[None, :, :]) / 2
    above = np.triu(np.ones((len(points), len(points)), dtype=bool), 1)
    for _ in range(rounds):
        apart = points[:, None, :] - points[None, :, :]
        over = half - np.abs(apart)
        both = above & (over > 0.5).all(axis=2)
        if not both.any():
            break
        i, j = np.nonzero(both)
        depth = over[i, j]
        axis = np.argmin(depth / half[i, j], axis=1)
        rows = np.arange(len(i))
        sign = np.where(apart[i, j][rows, axis] >= 0, 1.0, -1.0)
        push = np.zeros((len(i), 2))
        push[rows, axis] = sign * depth[rows, axis] * 0.5
        crowd = np.maximum(np.bincount(i, minlength=len(points)) + np.bincount(j, minlength=len(points)), 1)
        move = np.zeros_like(points)
        np.add.at(move, i, push)
        np.add.at(move, j, -push)
        points += move / np.sqrt(crowd)[:, None]
    return points


def _pack(sizes: Sequence[Box]) -> list[tuple[float, float]]:
    """Upper left corners that set rectangles (the largest first) on shelves within a sheet of the wanted shape."""
    if not sizes:
        return []
    area = sum(w * h for w, h in sizes)
    sheet = max(max(w for w, _ in sizes), math.sqrt(area * SHEET * 1.15))
    order = sorted(range(len(sizes)), key=lambda i: (-sizes[i][1], -sizes[i][0], i))
    corners = [(0.0, 0.0)] * len(sizes)
    # a skyline: the height already used over each stretch of the sheet; every rectangle goes where it lies highest
    sky: list[tuple[float, float, float]] = [(0.0, sheet, 0.0)]
    for i in order:
        width, height = sizes[i]
        best: tuple[float, float] | None = None
        for x, _, _ in sky:
            if x + width > sheet + 1e-6:
                continue
            y = max(top for left, right, top in sky if left < x + width and right > x)
            if best is None or (y, x) < best:
                best = (y, x)
        assert best is not None  # the first stretch starts at 0 and no rectangle is wider than the sheet
        y, x = best
        corners[i] = (x, y)
        kept: list[tuple[float, float, float]] = []
        for left, right, top in sky:
            if left < x:
                kept.append((left, min(right, x), top))
            if right > x + width:
                kept.append((max(left, x + width), right, top))
        sky = sorted([*kept, (x, x + width, y + height)])
    return corners
