"""How much more often two things are named together than chance would have it."""

from math import log


def log_likelihood(both: int, one: int, other: int, total: int) -> float:
    """Dunning's log-likelihood ratio (Accurate methods for the statistics of surprise and coincidence, 1993).

    Args:
        both: articles that name both.
        one: articles that name the one.
        other: articles that name the other.
        total: all articles.

    Returns:
        0 for no more than chance; the larger, the more they belong together.
    """
    if both * total <= one * other:
        return 0.0
    cells = (both, one - both, other - both, total - one - other + both)
    rows, columns = (one, total - one), (other, total - other)
    sums = (rows[0] * columns[0], rows[0] * columns[1], rows[1] * columns[0], rows[1] * columns[1])
    return 2 * sum(cell * log(cell * total / expected) for cell, expected in zip(cells, sums, strict=True) if cell > 0)
