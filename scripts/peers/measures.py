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
    for on in args.on.split(","):
        for measure in MEASURES:
            rows.append(alternated(measure, on, peer, ours, args))
            say(rows[-1])
    result = {
        "schema": 1, "started": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "machine": before, "note": args.note,
        "recordings": peer.ready["recordings"], "versions": peer.ready["versions"], "rounds": args.rounds, "rows": rows,
    }
    args.output.write_text(json.dumps(result, indent=1) + "\n")
    args.output.with_suffix(".md").write_text(page(result))
    for on in args.on.split(","):
        print(f"{on}: {total(on, [r for r in rows if r['on'] == on])}", file=sys.stderr)


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


def compared(row):
    return "peer_error" not in row and "ours_error" not in row


def total(on, rows):
    """A sentence: how many times as fast all of it is, and the least."""
    done = [r for r in rows if compared(r)]
    whole = sum(statistics.median(r["peer"]) for r in done) / sum(statistics.median(r["ours"]) for r in done)
    slowest = min(done, key=ratio)
    return f"{len(done)} of {len(rows)} measures, {whole:.0f} times as fast over all; least {ratio(slowest):.1f} times, {slowest['measure']}"


def page(result):
    """The result as a page."""
    m, v, n = result["machine"], result["versions"], result["recordings"]
    names = {"one": "one recording, example_01.AWD, 18,401 epochs", "cohort": f"{n['cohort']} recordings of a week"}
    text = [
        "# Measures beside pyActigraphy\n",
        "Written by `make bench-measures`. Milliseconds of a pass over the recordings, each the median of "
        f"{result['rounds']} rounds in which the two programs alternate; both compute on one core, with the recordings in memory and "
        "after a first call. The ratio is the median of the rounds' ratios. Both sets of numbers are pyActigraphy's definition, and where "
        "a call gives one number the two agree to 1e-6.\n",
        f"{m['cpu']}, {m['system']}; pyActigraphy {v['pyActigraphy']}, NumPy {v['numpy']}, pandas {v['pandas']}; {result['started'][:10]}."
        + (f" {result['note']}" if result["note"] else "") + "\n",
    ]
    for on in dict.fromkeys(r["on"] for r in result["rows"]):
        rows = [r for r in result["rows"] if r["on"] == on]
        text += [f"## On {names[on]}\n", total(on, rows) + ".\n", "| measure | its call | pyActigraphy | Circascope | times as fast |", "|---|---|---:|---:|---:|"]
        for r in rows:
            if not compared(r):
                text.append(f"| {r['measure']} | `{r['call']}` | not compared: {r.get('peer_error') or r.get('ours_error')} | | |")
                continue
            text.append(f"| {r['measure']} | `{r['call']}` | {1e3 * statistics.median(r['peer']):.2f} | {1e3 * statistics.median(r['ours']):.3f} | {ratio(r):.0f} |")
        text.append("")
    return "\n".join(text)


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--python", type=Path, required=True, help="of the environment that has pyActigraphy")
    p.add_argument("--bench", type=Path, required=True, help="the program of internal/measurebench")
    p.add_argument("--reference", type=Path, required=True, help="shared/reference/actigraphy")
    p.add_argument("--output", type=Path, required=True, help="the JSON")
    p.add_argument("--on", default="one,cohort", help="one recording, a cohort of 47, or both")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--seconds", type=float, default=0.2, help="least time of a turn")
    p.add_argument("--note", default="", help="a sentence kept with the figures, such as 'the machine was busy'")
    return p.parse_args()


if __name__ == "__main__":
    main()
