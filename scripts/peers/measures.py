"""Times the measures that pyActigraphy and Circascope both have, alternating.

Standard library only. scripts/peers/measures.sh makes the Python environment and calls it.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from machine import machine
from measures_catalogue import MEASURES

TOLERANCE = 1e-6  # relative: what is timed must be the same measure
HERE = Path(__file__).parent


class Team:
    """A process that times measures on command."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"bench-peers: {self.process.args[0]} ended with status {self.process.wait()}")
        return json.loads(line)

    def time(self, measure, on, seconds):
        print(json.dumps({"measure": measure, "on": on, "seconds": seconds}), file=self.process.stdin, flush=True)
        return self.read()


def main():
    args = arguments()
    files = [args.reference / "files/pyActigraphy/example_01.AWD", args.reference / "nhanes47/act.csv"]
    peer = Team([args.python, HERE / "measures_worker.py", *files])
    ours = Team([args.bench, *files])
    if peer.ready["recordings"] != ours.ready["recordings"]:
        sys.exit(f"bench-peers: the two read other recordings: {peer.ready['recordings']}, {ours.ready['recordings']}")
    before, rows = machine(), []
    for on in ("one", "cohort"):
        for measure in MEASURES:
            rows.append(alternated(measure, on, peer, ours, args))
            say(rows[-1])
    result = {
        "schema": 1, "started": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "machine": before, "note": args.note,
        "recordings": peer.ready["recordings"], "versions": peer.ready["versions"], "rounds": args.rounds, "rows": rows,
    }
    args.output.write_text(json.dumps(result, indent=1) + "\n")
    for on in ("one", "cohort"):
        total(on, [r for r in rows if r["on"] == on])


def alternated(measure, on, peer, ours, args):
    """The rounds of one measure: each begins with the other program."""
    row = {"measure": measure, "on": on, "call": MEASURES[measure], "peer": [], "ours": []}
    for n in range(args.rounds):
        turns = [("peer", peer), ("ours", ours)]
        for name, team in turns[:: 1 if n % 2 else -1]:
            answer = team.time(measure, on, args.seconds)
            if "error" in answer:
                row[f"{name}_error"] = answer["error"]
                return row
            row[name].append(answer["seconds"])
            row[f"{name}_value"] = answer["value"]
    a, b = row["peer_value"], row["ours_value"]
    if a is not None and b is not None:
        row["same"] = abs(a - b) <= TOLERANCE * max(abs(a), abs(b))
    return row


def ratio(row):
    """How many times as fast ours is: the median over the rounds."""
    return statistics.median(p / o for p, o in zip(row["peer"], row["ours"]))


def say(row):
    errors = [f"{n}: {row[n + '_error']}" for n in ("peer", "ours") if n + "_error" in row]
    if errors:
        print(f"{row['on']:7}{row['measure']:20} not compared; {'; '.join(errors)}", file=sys.stderr)
        return
    same = {True: "", False: f"  VALUES DIFFER: {row['peer_value']} and {row['ours_value']}", None: ""}[row.get("same")]
    print(f"{row['on']:7}{row['measure']:20}{1e3 * statistics.median(row['peer']):10.2f} ms{1e3 * statistics.median(row['ours']):10.3f} ms"
          f"{ratio(row):8.1f} times{same}", file=sys.stderr)


def total(on, rows):
    done = [r for r in rows if "peer_error" not in r and "ours_error" not in r]
    whole = sum(statistics.median(r["peer"]) for r in done) / sum(statistics.median(r["ours"]) for r in done)
    slowest = min(done, key=ratio)
    print(f"{on}: {len(done)} of {len(rows)} measures, {whole:.0f} times as fast over all; least {ratio(slowest):.1f} times, {slowest['measure']}", file=sys.stderr)


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--python", type=Path, required=True, help="of the environment that has pyActigraphy")
    p.add_argument("--bench", type=Path, required=True, help="the program of internal/measurebench")
    p.add_argument("--reference", type=Path, required=True, help="shared/reference/actigraphy")
    p.add_argument("--output", type=Path, required=True, help="the JSON")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--seconds", type=float, default=0.2, help="least time of a turn")
    p.add_argument("--note", default="", help="a sentence kept with the figures, such as 'the machine was busy'")
    return p.parse_args()


if __name__ == "__main__":
    main()
