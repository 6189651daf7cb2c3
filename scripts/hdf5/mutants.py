"""Mutates weights files and holds what the weights reader accepts against h5py.

Every mutant is read by pat-h5, as the program runs it, and by h5py in a process of its
own, which may crash or hang. It is a defect if pat-h5 crashes, hangs or grows, if it
gives out a dataset (or a group's name) that differs in any bit from what h5py reads of
the same mutant, and if it gives out what h5py can't read."""

import argparse
import collections
import json
import os
import resource
import signal
import struct
import subprocess
import sys
import tempfile

import h5py
import numpy as np

from mutate import Mutator, Source

SECONDS = 5  # that either reader may take
EQUAL, DIFFERS, UNREADABLE = 0, 11, 12  # how the process that reads with h5py ends


def parse(answer):
    """Reads what pat-h5 writes (package arrays)."""
    n = struct.unpack("<I", answer[8:12])[0]
    header, at = json.loads(answer[12 : 12 + n]), 12 + n
    header["arrays"] = header.get("arrays") or []
    for a in header["arrays"]:
        a["shape"] = tuple(a["shape"] or ())
        if not a.get("problem"):
            size = 4 * int(np.prod(a["shape"], dtype=int))
            a["bytes"], at = answer[at : at + size], at + size
    return header


class Reader:
    """Runs pat-h5 and keeps the slowest and the largest of its runs."""

    def __init__(self, program):
        here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "measured.py")
        self.runner = subprocess.Popen(
            [sys.executable, "-ES", here, program, str(SECONDS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={})
        self.slowest, self.largest, self.spent = 0.0, 0, 0.0

    def read(self, path):
        """Returns how it ended ("read", "hang", "crash ...") and the answer."""
        self.runner.stdin.write(path.encode() + b"\n")
        self.runner.stdin.flush()
        said = json.loads(self.runner.stdout.readline())
        answer = self.runner.stdout.read(said["bytes"])
        self.slowest = max(self.slowest, said["seconds"])
        self.largest = max(self.largest, said["kilobytes"])
        self.spent += said["processor"]
        if said["ended"] == "hang":
            return "hang", None
        if said["ended"] != 0:
            return f"crash {said['ended']}: {said['complaint']}", None
        return "read", parse(answer)


def with_h5py(path, judge):
    """Runs judge on the open file in a process of its own and returns how that ended."""
    pid = os.fork()
    if pid == 0:
        code = UNREADABLE
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
            signal.alarm(4 * SECONDS)
            sys.stderr = open(os.devnull, "w")
            with h5py.File(path) as f:
                code = judge(f)
        except BaseException:  # whatever it is, h5py can't read it
            code = UNREADABLE
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def judge_answer(answer):
    """Compares all that pat-h5 gave out, and says in a file what differed."""

    def judge(f):
        for a in answer["arrays"]:
            if "bytes" not in a:
                continue
            value = np.asarray(f[a["name"]][()])
            with np.errstate(all="ignore"):
                same = value.dtype.kind == "f" and value.shape == a["shape"] and value.astype("<f4").tobytes() == a["bytes"]
            if not same:
                return DIFFERS
        for path, label in (answer.get("labels") or {}).items():
            value = f[path or "/"].attrs["name"]
            if (value.decode() if isinstance(value, bytes) else value) != label:
                return DIFFERS
        return EQUAL

    return judge


def judge_all(paths):
    def judge(f):
        for path in paths:
            np.asarray(f[path][()])
        return EQUAL

    return judge


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--count", type=int, default=10_000)
    p.add_argument("--first", type=int, default=0, help="the number of the first mutant, to go on where a run ended")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--reader", default="bin/pat-h5")
    p.add_argument("--finds", default="finds", help="folder for the mutants that show a defect")
    p.add_argument("files", nargs="+", help="sound HDF5 files")
    o = p.parse_args()
    table = Table(o.finds, o.seed, Reader(o.reader))
    try:
        run(o, [Source(path) for path in o.files], table)
    except KeyboardInterrupt:
        print("interrupted")
    table.show()
    return 1 if any(k.startswith("DEFECT") for k in table.outcomes) else 0


class Table:
    """Counts outcomes, and keeps the mutants that show a defect."""

    def __init__(self, folder, seed, reader):
        self.folder, self.seed, self.reader = folder, seed, reader
        self.outcomes, self.reasons = collections.Counter(), collections.Counter()

    def add(self, i, mutant, outcome, why, done):
        self.outcomes[outcome] += 1
        if outcome == "refused, h5py reads it":
            self.reasons[why] += 1
        if outcome.startswith("DEFECT"):
            os.makedirs(self.folder, exist_ok=True)
            name = f"seed{self.seed}-{i}.h5"
            with open(os.path.join(self.folder, name), "wb") as f:
                f.write(mutant)
            print(f"{outcome}: {name}: {done}: {why}", flush=True)

    def show(self):
        total = max(1, sum(self.outcomes.values()))
        for outcome, n in sorted(self.outcomes.items()):
            print(f"{n:7} {outcome}")
        r = self.reader
        print(f"pat-h5: slowest {r.slowest:.2f} s, {1000 * r.spent / total:.1f} ms of processor time on average, at most {r.largest / 1024:.0f} MB")
        print("\nrefused where h5py reads on, most frequent reasons:")
        for why, n in self.reasons.most_common(12):
            print(f"{n:7} {why}")


def run(o, sources, table):
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        path = os.path.join(folder, "mutant.h5")
        for i in range(o.first, o.first + o.count):
            source = sources[i % len(sources)]
            mutant, done = Mutator(np.random.default_rng([o.seed, i]))(source)
            with open(path, "wb") as f:
                f.write(mutant)
            table.add(i, mutant, *judge(table.reader, path, source), f"of {source.path}: {done}")
            if (i + 1) % 500 == 0:
                print(f"mutant {i + 1}", file=sys.stderr, flush=True)


def judge(reader, path, source):
    """Reads one mutant with both and returns the outcome and the reason."""
    ended, answer = reader.read(path)
    if ended != "read":
        return "DEFECT " + ended.split(":")[0], ended
    given = {a["name"] for a in answer["arrays"] if "bytes" in a}
    if given:
        verdict = with_h5py(path, judge_answer(answer))
        if verdict == DIFFERS:
            return "DEFECT other values than h5py's", ""
        if verdict != EQUAL:
            return "DEFECT h5py can't read what was accepted", f"h5py ended with {verdict}"
    if not answer.get("problem") and given.issuperset(source.paths):
        return "accepted, equal to h5py", ""
    why = answer.get("problem") or next((a["problem"] for a in answer["arrays"] if a.get("problem")), "a dataset is missing")
    if with_h5py(path, judge_all(source.paths)) == EQUAL:
        return "refused, h5py reads it", "".join(c for c in why if not c.isdigit())[:110]
    return "refused, h5py can't read it either", ""


if __name__ == "__main__":
    sys.exit(main())
