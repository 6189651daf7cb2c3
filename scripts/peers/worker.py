"""One process of one peer. It reads a JSON command a line from standard input and
answers each with a line on standard output; what libraries print goes to
standard error.

    {"do": "check"}                          -> {"error": largest difference from the reference}
    {"do": "run", "batch": 4, "weeks": 16}   -> {"weeks": 16}
    {"do": "single", "weeks": 20}            -> {"seconds": [one a week]}
    {"do": "memory"}                         -> {"peak_mb": of the process so far}
"""

import json
import os
import sys
import time
from pathlib import Path

# Commands and answers keep the real input and output to themselves: libraries print,
# and start processes of their own, which would read along.
commands, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.dup2(2, 1)

peer_id, size_name, threads, variant, reference = sys.argv[1:6]
threads, reference = int(threads), Path(reference)
core = int(sys.argv[6]) if len(sys.argv) > 6 else None
if core is not None:
    os.sched_setaffinity(0, {core})
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(threads)
os.environ["TORCHINDUCTOR_COMPILE_THREADS"] = "1"  # no pool of compilers beside the measurement

import numpy as np  # noqa: E402  (after the threads are set)

import builders  # noqa: E402
import pat  # noqa: E402
from catalogue import PEERS  # noqa: E402

size = pat.SIZES[size_name]
weights = pat.read(reference / "weights" / f"PAT-{size_name}_weights.h5", size, np.load(reference / "ref/div_term_tf.npy"))
weeks8 = np.load(reference / "inputs/weeks8.npy")
peer = PEERS[peer_id]
embed = getattr(builders, peer.builder)(weights, threads, variant, **peer.options)


def weeks(batch: int) -> np.ndarray:
    return np.resize(weeks8, (batch, pat.MINUTES))


def check() -> dict:
    """In batches of one and of four: a graph may go wrong with the batch."""
    want = np.load(reference / f"ref/emb_{size_name}.npy")
    worst = 0.0
    for batch in (1, 4):
        got = np.concatenate([embed(weeks8[i : i + batch]) for i in range(0, 8, batch)])
        if got.shape != want.shape or not np.isfinite(got).all():
            return {"error": float("inf")}
        worst = max(worst, float(np.abs(got - want).max()))
    return {"error": worst}


def run(batch: int, weeks_: int) -> dict:
    x = weeks(batch)
    for _ in range(weeks_ // batch):
        embed(x)
    return {"weeks": weeks_}


def single(n: int) -> dict:
    seconds = []
    for i in range(n):
        started = time.perf_counter()
        embed(weeks8[i % 8 : i % 8 + 1])
        seconds.append(time.perf_counter() - started)
    return {"seconds": seconds}


def memory() -> dict:
    """VmHWM counts this program alone; ru_maxrss begins with its parent's."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return {"peak_mb": int(line.split()[1]) / 1024}
    return {"peak_mb": None}


print(json.dumps({"ready": True}), file=answers)
for line in commands:
    command = json.loads(line)
    match command["do"]:
        case "check":
            answer = check()
        case "run":
            answer = run(command["batch"], command["weeks"])
        case "single":
            answer = single(command["weeks"])
        case "memory":
            answer = memory()
        case unknown:
            sys.exit(f"no command {unknown!r}")
    print(json.dumps(answer), file=answers)
