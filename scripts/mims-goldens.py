#!/usr/bin/env python3
"""Writes actigraphy/raw/mims/testdata/parts.json: parts of MIMS computed by SciPy.

For developers: python3 -m pip install scipy==1.17.1. This is no reference for MIMS:
it holds the spline, the filter, the area and the smoothing against SciPy's.
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import interpolate, signal


class Generator:
    """Knuth's linear congruential generator, the upper 31 bits."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def noise(n, seed):
    """A smoothed walk within the range, made of integers."""
    g, v, out = Generator(seed), 0, []
    for _ in range(n):
        v += g.below(401) - 200 - v // 8
        out.append(v / 1000)
    return np.array(out)


def areas(rate, seed):
    x = noise(180 * rate, seed)
    t = np.arange(0, len(x) - 1 + 1e-9, rate / 100)
    y = x if rate == 100 else interpolate.CubicSpline(np.arange(len(x)), x, bc_type="natural")(t)
    sos = signal.butter(4, [0.2, 5], "bandpass", fs=100, output="sos")
    f = np.abs(signal.sosfilt(sos, y - y[0]))
    return [float(np.trapezoid(f[i : i + 6000], dx=0.01)) for i in range(0, len(f), 6000)]


def continued(values, weights, ahead):
    w = np.array(weights) * 5 / sum(weights)
    ratio = (w * [0, 53 / 144, 17 / 36, 1 / 36, 0]).sum() / (288 + 512 / 3)
    x = np.linspace(0, 1, 5)
    s = interpolate.make_smoothing_spline(x, values, w=w, lam=ratio * 256 ** (3 * 0.6 - 1))
    return float(s(1) + s.derivative()(1) * ahead / 4)


def main():
    fits = []
    for values, weights, ahead in [
        ([1, 3, 4.5, 6, 7.9], [1, 1, 1, 1, 0.05], 3),
        ([2, 5, 7, 7.5, 7.9], [1, 1, 1, 0.9, 0.03], 2.5),
        ([-1, -3, -4.5, -6, -7.9], [1, 1, 1, 1, 1.97], 10),
    ]:
        fits.append({"values": values, "weights": weights, "ahead": ahead, "want": continued(values, weights, ahead)})
    out = {
        "made_by": f"scipy {scipy.__version__}, numpy {np.__version__}",
        "areas": {str(r): areas(r, r) for r in (25, 30, 80, 100)},
        "fits": fits,
    }
    path = pathlib.Path(__file__).parent.parent / "actigraphy/raw/mims/testdata/parts.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(out, indent=1) + "\n")


main()
