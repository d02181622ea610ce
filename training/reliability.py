"""Whether confidence means what it says: claims in bands of confidence, the error of calibration, and its plot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
FEW = 30
"""A band with fewer claims says little, and is drawn hollow."""


@dataclass(frozen=True)
class Band:
    """The claims whose confidence lies in [low, high), 1.0 being in the last."""

    low: float
    high: float
    claims: int
    mean: float
    """Of their confidence."""
    right: float
    """The share of them that is right."""


def bands(judged: Iterable[tuple[float, bool]]) -> list[Band]:
    """(confidence, right) of claims in bands; empty bands are left out."""
    judged = list(judged)
    found = []
    for low, high in pairwise(EDGES):
        here = [(c, r) for c, r in judged if low <= c < high or c == high == EDGES[-1]]
        if here:
            mean, right = (sum(values) / len(here) for values in zip(*here, strict=True))
            found.append(Band(low, high, len(here), mean, right))
    return found


def calibration_error(found: Iterable[Band]) -> float:
    """The expected calibration error: the bands' distances from share to mean, weighted by their claims."""
    found = list(found)
    return sum(b.claims * abs(b.right - b.mean) for b in found) / max(1, sum(b.claims for b in found))


def plot(found: Iterable[Band], title: str) -> str:
    """The bands as an SVG picture: mean confidence across, share right upwards, a circle's area by its claims."""
    found = list(found)
    most = max((b.claims for b in found), default=1)
    left, top, side = 60, 40, 360

    def x(value: float) -> str:
        return f"{left + side * value:.1f}"

    def y(value: float) -> str:
        return f"{top + side * (1 - value):.1f}"

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="460" height="460" viewBox="0 0 460 460" role="img" '
        f'aria-label="{title}" font-family="sans-serif" font-size="12">',
        '<rect width="460" height="460" fill="#fff"/>',
        f'<text x="{left}" y="24" font-size="14">{title}</text>',
    ]
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        lines += [
            f'<path d="M{x(tick)} {y(0)}V{y(1)}M{x(0)} {y(tick)}H{x(1)}" stroke="#e4e4e4" fill="none"/>',
            f'<text x="{x(tick)}" y="{top + side + 18}" text-anchor="middle">{tick:.1f}</text>',
            f'<text x="{left - 8}" y="{top + side * (1 - tick) + 4:.1f}" text-anchor="end">{tick:.1f}</text>',
        ]
    lines += [
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#888" stroke-dasharray="4 4"/>',
        f'<text x="{left + side / 2}" y="{top + side + 40}" text-anchor="middle">mean confidence 平均置信度</text>',
        f'<text transform="translate(18 {top + side / 2}) rotate(-90)" text-anchor="middle">share right 正确率</text>',
    ]
    for b in found:
        fill = "none" if b.claims < FEW else "#2b6cb0"
        lines.append(
            f'<circle cx="{x(b.mean)}" cy="{y(b.right)}" r="{3 + 11 * (b.claims / most) ** 0.5:.1f}" fill="{fill}" '
            f'fill-opacity="0.75" stroke="#2b6cb0"><title>{b.low:.1f}–{b.high:.1f}: {b.claims} claims, '
            f"mean {b.mean:.2f}, right {b.right:.2f}</title></circle>"
        )
    return "\n".join((*lines, "</svg>", ""))
