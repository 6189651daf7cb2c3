"""Measures Circascope's command line on this machine: whether time grows evenly with
the number of weeks and memory not at all, how long loading, the first embedding and
a cancel take, and what a service would quote. Standard library only.

    scripts/bench/measure.py --pat bin/pat --reference ../shared/reference/pat --output product.json
"""

import argparse
import array
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "peers"))
from machine import machine  # noqa: E402  (the other scripts' folder)
from ours import Ours, at_home  # noqa: E402

MINUTES = 10080
SIZES = ("S", "M", "L")


class Pat:
    """bin/pat with a home of its own, so that nothing kept from elsewhere helps."""

    def __init__(self, program: Path, reference: Path, home: Path):
        self.program, self.reference, self.home = program.resolve(), reference.resolve(), home

    def weights(self, size: str) -> Path:
        return self.reference / "weights" / f"PAT-{size}_weights.h5"

    def forget(self) -> None:
        """As before the first start."""
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir()

    def start(self, *arguments) -> subprocess.Popen:
        command = [self.program, "--json", *map(str, arguments)]
        return subprocess.Popen(command, env=at_home(self.home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *arguments) -> dict:
        """The report, the seconds from start to exit and the most memory."""
        started = time.perf_counter()
        with self.start(*arguments) as p:
            out, said = p.stdout.read(), p.stderr.read()
            _, status, used = os.wait4(p.pid, 0)
            p.returncode = os.waitstatus_to_exitcode(status)
        if p.returncode != 0:
            sys.exit(f"pat {' '.join(map(str, arguments))}: status {p.returncode}: {said.strip()[-500:]}")
        return {"report": json.loads(out), "wall": time.perf_counter() - started, "peak_mb": used.ru_maxrss / 1024}

    def embed(self, size: str, weeks: Path) -> dict:
        return self.run("embed", "--weights", self.weights(size), "--input", weeks, "--output", self.home / "out.npy")


class Weeks:
    """Files of standardised weeks: the eight of the reference, over and over."""

    def __init__(self, reference: Path, folder: Path):
        self.folder = folder
        raw = (reference / "inputs/weeks8.npy").read_bytes()
        self.eight = raw[-8 * MINUTES * 4 :]

    def file(self, n: int) -> Path:
        path = self.folder / f"{n}.npy"
        if not path.exists():
            header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({n}, {MINUTES}), }}"
            header += " " * (-(len(header) + 11) % 64) + "\n"
            with path.open("wb") as f:
                f.write(b"\x93NUMPY\x01\x00" + array.array("H", [len(header)]).tobytes() + header.encode())
                whole, rest = divmod(n, 8)
                for _ in range(whole):
                    f.write(self.eight)
                f.write(self.eight[: rest * MINUTES * 4])
        return path


def linearity(pat: Pat, weeks: Weeks, plan: list[tuple[int, int]]) -> list[dict]:
    """PAT-S over numbers of weeks: (weeks, repetitions), in alternation."""
    rows = [{"weeks": n, "seconds": [], "wall": [], "peak_mb": 0.0} for n, _ in plan]
    for i in range(max(times for _, times in plan)):
        for row, (n, times) in zip(rows, plan, strict=True):
            if i < times:
                got = pat.embed("S", weeks.file(n))
                row["seconds"].append(got["report"]["seconds"])
                row["wall"].append(got["wall"])
                row["peak_mb"] = max(row["peak_mb"], got["peak_mb"])
                say(f"PAT-S, {n} weeks: {got['report']['seconds']:.2f} s, {got['peak_mb']:.0f} MB")
    return rows


def memory(pat: Pat, weeks: Weeks, numbers: list[int]) -> dict[str, list[dict]]:
    """Peak memory of each size over numbers of weeks."""
    found = {}
    for size in SIZES:
        found[size] = [{"weeks": n, "peak_mb": pat.embed(size, weeks.file(n))["peak_mb"]} for n in numbers]
        say(f"PAT-{size}, memory: " + ", ".join(f"{r['weeks']}: {r['peak_mb']:.0f} MB" for r in found[size]))
    return found


def first(pat: Pat, weeks: Weeks, times: int) -> dict[str, dict]:
    """From the start of the program to its end with one week embedded: the first time
    ever, when the HDF5 file is read, and again, from what was kept."""
    found = {}
    for size in SIZES:
        row = {"first_ever": [], "again": [], "check_first": [], "check_again": []}
        for _ in range(times):
            pat.forget()
            row["first_ever"].append(pat.embed(size, weeks.file(1))["wall"])
            row["again"].append(pat.embed(size, weeks.file(1))["wall"])
            pat.forget()
            row["check_first"].append(pat.run("models", "check", pat.weights(size))["wall"])
            row["check_again"].append(pat.run("models", "check", pat.weights(size))["wall"])
        found[size] = row
        say(f"PAT-{size}, one week from start to end: " + ", ".join(f"{k} {statistics.median(v):.2f} s" for k, v in row.items()))
    return found


def cancel(pat: Pat, weeks: Weeks, times: int) -> dict[str, list[float]]:
    """Seconds from an interrupt in the middle of the work to the program's end."""
    found = {}
    for size in SIZES:
        found[size] = []
        for i in range(times):
            output = pat.home / "cancelled.npy"
            with pat.start("embed", "--weights", pat.weights(size), "--input", weeks.file(6400), "--output", output) as p:
                time.sleep(2 + i * 0.137)  # the model is loaded; not always at the same point of a week
                if p.poll() is not None:
                    sys.exit(f"PAT-{size} was done before it could be cancelled: {p.stderr.read()[-300:]}")
                started = time.perf_counter()
                p.send_signal(signal.SIGINT)
                status = p.wait()
                found[size].append(time.perf_counter() - started)
            if status == 0 or output.exists():
                sys.exit(f"PAT-{size}: cancelled, and yet status {status}, output there: {output.exists()}")
        say(f"PAT-{size}, cancel: {statistics.median(found[size]):.3f} s, at worst {max(found[size]):.3f} s")
    return found


def service(pat: Pat, seconds: float) -> dict[str, dict]:
    """What a service would quote: latency of single weeks one after the other, and
    weeks a minute with all cores, with the memory that took."""
    ours = Ours(pat.program, pat.reference, pat.home)
    found = {}
    for size in SIZES:
        report, peak_mb = ours.bench(size, seconds)
        found[size] = {
            "single": ours.single_week(size, seconds),
            "weeks_per_minute": report["weeks_per_minute"],
            "peak_mb": peak_mb,
        }
        p95, rate = 1e3 * found[size]["single"]["p95"], report["weeks_per_minute"]
        say(f"PAT-{size}: p95 {p95:.1f} ms, {rate:.0f} weeks a minute, {peak_mb:.0f} MB")
    return found


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--pat", type=Path, required=True)
    p.add_argument("--reference", type=Path, required=True)
    p.add_argument("--output", type=Path, required=True)
    p.add_argument("--quick", action="store_true", help="fewer and shorter runs: to see that it works")
    p.add_argument("--note", default="", help="a sentence kept with the figures")
    a = p.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pat-bench-") as folder:
        pat = Pat(a.pat, a.reference, Path(folder) / "home")
        pat.forget()
        weeks = Weeks(a.reference, Path(folder))
        result = {
            "schema": 1,
            "started": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
            "machine": machine(),
            "note": a.note,
            "circascope": subprocess.run([pat.program, "--version"], check=True, capture_output=True, text=True).stdout.strip(),
            "linearity": linearity(pat, weeks, [(64, 3), (640, 1)] if a.quick else [(64, 9), (640, 5), (6400, 2)]),
            "memory": memory(pat, weeks, [1, 8, 32] if a.quick else [1, 8, 64, 640]),
            "first": first(pat, weeks, 2 if a.quick else 7),
            "cancel": cancel(pat, weeks, 2 if a.quick else 7),
            "service": service(pat, 1 if a.quick else 10),
        }
    result["seconds"] = round(time.monotonic() - begun)
    a.output.parent.mkdir(parents=True, exist_ok=True)
    a.output.write_text(json.dumps(result, indent=1) + "\n")
    say(f"{a.output}: done in {result['seconds']} s")


if __name__ == "__main__":
    main()
