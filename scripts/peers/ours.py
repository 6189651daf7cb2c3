"""Circascope's side, through its command line and the JSON it prints."""

import json
import os
import subprocess
import sys
from pathlib import Path


def at_home(folder: Path) -> dict[str, str]:
    """The environment with a home of its own: nothing that was kept or recorded
    elsewhere helps, and nothing is recorded there."""
    folders = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    return {**os.environ, "HOME": str(folder), **folders}


class Ours:
    """bin/pat on the reference weights. A turn is a process of its own; pat measures
    inside it, warm, as the peers are measured."""

    def __init__(self, pat: Path, reference: Path, home: Path):
        self.pat, self.reference, self.environment = pat, reference, at_home(home)
        self.help = self._text("bench", "--help")
        self.alone = "--weeks" in self.help  # measures single weeks apart from throughput

    def version(self) -> str:
        return self._text("--version").strip()

    def precisions(self) -> list[str]:
        """bfloat16 too where this version and this processor have it."""
        if "--precision" not in self.help:
            return ["float32"]
        try:
            self.bench("S", 0.1, "--precision", "bfloat16")
        except subprocess.CalledProcessError as e:
            print(f"Circascope in bfloat16: left out: {e.stderr.strip()[-200:]}", file=sys.stderr)
            return ["float32"]
        return ["float32", "bfloat16"]

    def turn(self, size: str, precision: str, seconds: float, into: dict) -> None:
        """One throughput turn: weeks a second with a worker a core."""
        if self.alone:  # a quarter of the time goes to weeks alone
            seconds *= 4 / 3
        report, peak_mb = self.bench(size, seconds, *self._precision(precision))
        into["rounds"].append(report["weeks_per_minute"] / 60)
        into["peak_mb"] = max(into["peak_mb"], peak_mb)
        into["workers"] = report["workers"]

    def single(self, size: str, precision: str, seconds: float, into: dict) -> None:
        """One latency turn: the median time of a week with nothing beside it."""
        into["single_rounds"].append(self.single_week(size, seconds, *self._precision(precision))["median"])

    def single_week(self, size: str, seconds: float, *more: str) -> dict:
        """The quantiles of a week's time with nothing beside it. Versions of pat that
        measure it do so in a quarter of the time given; others need a single worker."""
        if self.alone:
            report, _ = self.bench(size, 4 * seconds, "--weeks", "1", *more)
            return report["single_week_seconds"]
        report, _ = self.bench(size, seconds, "--workers", "1", *more)
        return report["seconds_per_week"]

    def _precision(self, precision: str) -> list[str]:
        return [] if precision == "float32" else ["--precision", precision]

    def bench(self, size: str, seconds: float, *more: str) -> tuple[dict, float]:
        """The report of 'pat bench', and the most memory of its process."""
        weights = self.reference / "weights" / f"PAT-{size}_weights.h5"
        command = [self.pat, "bench", "--json", "--weights", weights, "--seconds", f"{seconds:g}", *more]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment) as p:
            out, said = p.stdout.read(), p.stderr.read()
            _, status, used = os.wait4(p.pid, 0)
            p.returncode = os.waitstatus_to_exitcode(status)
        if p.returncode != 0:
            raise subprocess.CalledProcessError(p.returncode, command, out, said)
        return json.loads(out), used.ru_maxrss / 1024

    def _text(self, *command: str) -> str:
        return subprocess.run([self.pat, *command], check=True, capture_output=True, text=True).stdout
