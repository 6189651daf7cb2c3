#!/usr/bin/env python3
"""Writes actigraphy/raw/counts/testdata/agcounts.json: counts of a made-up signal.

For developers, with the reference installed: python3 -m pip install agcounts==0.2.6
The signal is made of integers, so that the Go test makes the same one.
"""

import json
import pathlib

import agcounts
import numpy as np
import scipy
from agcounts.extract import get_counts

SECONDS = 185
RATES = [30, 40, 50, 60, 70, 80, 90, 100]
EPOCHS = [1, 5, 10, 15, 30, 60]
SCALES = [256, 341, 1000]  # steps in one g, one an axis


class Generator:
    """Knuth's linear congruential generator, the upper 31 bits."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def triangle(i, period):
    phase = i % period
    return min(phase, period - phase) * 4 - period  # -period ... period


def axis(rate, scale, seed):
    """Triangles of changing size and period, noise, still stretches and jolts."""
    g, out = Generator(seed), []
    for second in range(SECONDS):
        if second % 6 == 0:
            size, period, kind = g.below(2 * scale), rate // 5 + g.below(2 * rate), g.below(5)
        for i in range(second * rate, (second + 1) * rate):
            v = scale
            if kind > 0:
                v += size * triangle(i, period) // period + g.below(1 + scale // 10)
            if kind == 4 and g.below(rate) == 0:
                v += 6 * scale
            out.append(v / scale)
    return out


def main():
    counts = {}
    for rate in RATES:
        raw = np.array([axis(rate, scale, rate + scale) for scale in SCALES]).T
        counts[rate] = {e: get_counts(raw, rate, e).tolist() for e in EPOCHS}
    made_by = f"agcounts {agcounts.__version__ if hasattr(agcounts, '__version__') else '0.2.6'}, numpy {np.__version__}, scipy {scipy.__version__}"
    path = pathlib.Path(__file__).parent.parent / "actigraphy/raw/counts/testdata/agcounts.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"made_by": made_by, "counts": counts}, separators=(",", ":")) + "\n")


main()
