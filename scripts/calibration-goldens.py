#!/usr/bin/env python3
"""Writes actigraphy/raw/measure/testdata/skdh.json: calibration and ENMO of a made-up recording.

For developers, with the reference installed:
python3 -m pip install scikit-digital-health==0.17.18
The recording is made of integers, so that the Go test makes the same one: 72 hours at
4 samples a second, lying still in a new position every minute, with a known error of
offset, scale and temperature, and moved in every seventh minute.
"""

import json
import pathlib
from importlib.metadata import version

import numpy as np
from skdh.activity.metrics import metric_enmo
from skdh.preprocessing import CalibrateAccelerometer

RATE, MINUTES = 4, 72 * 60
OFFSET, SCALE, DRIFT = (0.03, -0.02, 0.015), (1.02, 0.985, 1.01), (0.0008, -0.0005, 0.0003)


class Generator:
    """Knuth's linear congruential generator, the upper 31 bits."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def position(g):
    """A direction: integers normalised by one division each, the same in Go."""
    while True:
        v = [g.below(2001) - 1000 for _ in range(3)]
        n = v[0] * v[0] + v[1] * v[1] + v[2] * v[2]
        if n > 250000:
            return [c / np.sqrt(float(n)) for c in v]


def recording():
    g = Generator(7)
    accel = np.empty((MINUTES * 60 * RATE, 3))
    temperature = np.empty(MINUTES * 60 * RATE)
    i = 0
    for minute in range(MINUTES):
        p, degrees = position(g), 20 + g.below(150) / 10
        moved = minute % 7 == 0
        for _ in range(60 * RATE):
            for k in range(3):
                noise = (g.below(2001) - 1000) / 1000 * (0.5 if moved else 0.005)
                true = p[k] + noise
                accel[i, k] = (true - (degrees - 25) * DRIFT[k]) / SCALE[k] - OFFSET[k]
            temperature[i] = degrees
            i += 1
    return accel, temperature


def main():
    accel, temperature = recording()
    time = np.arange(len(accel)) / RATE
    out = {"made_by": f"skdh {version('scikit-digital-health')}, numpy {np.__version__}"}
    for name, t in (("without temperature", None), ("with temperature", temperature)):
        r = CalibrateAccelerometer(min_hours=72).predict(time=time, accel=accel, fs=float(RATE), temperature=t)
        enmo = metric_enmo(r["accel"], wlen=60 * RATE)
        out[name] = {
            "offset": r["offset"].tolist(), "scale": r["scale"].tolist(), "drift": np.ravel(r["temperature scale"]).tolist(),
            "enmo_first": enmo[:20].tolist(), "enmo_mean": float(enmo.mean()),
        }
    out["uncalibrated"] = {"enmo_first": metric_enmo(accel, wlen=60 * RATE)[:20].tolist()}
    path = pathlib.Path(__file__).parent.parent / "actigraphy/raw/measure/testdata/skdh.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(out, indent=1) + "\n")


main()
