"""Runs pyActigraphy's measures on command, for measures.py.

Usage: measures_worker.py FILE.awd WIDE.csv. A line of standard input is
{"measure": NAME, "on": "one" or "cohort", "seconds": least time}; the answer is
{"seconds": median of a pass, "value": of the last recording, null if it is no number}
or {"error": why}.
"""

import json
import statistics
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import numpy as np
import pandas as pd
import pyActigraphy
from pyActigraphy.analysis import Cosinor
from pyActigraphy.io import BaseRaw

from measures_catalogue import MEASURES


def cosinor(x):
    """The fit with the period held at 24 hours of one-minute epochs."""
    c = Cosinor()
    c.fit_initial_params["Period"].value = 1440
    c.fit_initial_params["Period"].vary = False
    return c.fit(x, nan_policy="omit")


def cohort(path):
    """The recordings of a wide table: ID, Date, MIN1 ... MIN1440, a row a day."""
    table = pd.read_csv(path)
    minutes = [c for c in table.columns if c.startswith("MIN")]
    for person, days in table.groupby("ID", sort=False):
        data = days[minutes].to_numpy(float).ravel()
        start = pd.Timestamp("2006-01-01")  # the table has weekdays in place of dates, which no measure here sees
        index = pd.date_range(start, periods=len(data), freq="1min")
        yield BaseRaw(str(person), str(person), "wide", "mono-axial", start, index[-1] - start, pd.Timedelta("1min"),
                      pd.Series(data, index=index, name="activity"), None)


def number(result):
    """A result as one number to compare: the sleep of a scoring, the first of a list."""
    if isinstance(result, pd.Series) and len(result) > 1000:
        return float(np.nansum(result))
    if isinstance(result, list) and len(result) == 1:
        result = result[0]
    if isinstance(result, pd.Timedelta):
        return result.total_seconds() / 3600
    return float(result) if isinstance(result, (int, float)) else None


def timed(call, recordings, least):
    """Median seconds of a pass over the recordings, and the value of the last one."""
    passes, begun, result = [], time.perf_counter(), None
    while not passes or time.perf_counter() - begun < least:
        start = time.perf_counter()
        for raw in recordings:
            result = eval(call, {"raw": raw, "cosinor": cosinor})
        passes.append(time.perf_counter() - start)
    return {"seconds": statistics.median(passes), "value": number(result)}


def main():
    data = {"one": [pyActigraphy.io.read_raw_awd(sys.argv[1])], "cohort": list(cohort(sys.argv[2]))}
    versions = {"pyActigraphy": pyActigraphy.__version__, "numpy": np.__version__, "pandas": pd.__version__}
    print(json.dumps({"versions": versions, "recordings": {k: len(v) for k, v in data.items()}}), flush=True)
    warm = set()
    for line in sys.stdin:
        order = json.loads(line)
        call, recordings = MEASURES[order["measure"]], data[order["on"]]
        try:
            if call not in warm:  # what is compiled at its first call is not timed
                timed(call, recordings[:1], 0)
                warm.add(call)
            answer = timed(call, recordings, order["seconds"])
        except Exception as e:
            answer = {"error": f"{type(e).__name__}: {e}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
