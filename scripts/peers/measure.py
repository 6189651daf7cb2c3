"""Measures PAT in its peers and in Circascope, alternating, on this machine.

Standard library only: the driver must stay small, since a child's ru_maxrss begins
with its parent's. scripts/peers/run.sh makes the Python environments and calls it.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from catalogue import PEERS
from machine import machine, versions
from ours import Ours
from process import Failed, Team

BATCHES = (1, 2, 4, 8, 16)
# Processes times threads: two threads on a batch, one process a core with its share of
# the weeks; and one thread alone, for single weeks only, since two of it do twice the work.
LAYOUTS = ((1, 2), (2, 1), (1, 1))
SAME = 0.99  # settings this near the best are as fast; of them the smallest batch is taken
GIVE_UP = 0.8  # of the best rate of smaller batches: larger ones are not tried
TOLERANCE = {"float32": 5e-5, "bfloat16": 5e-2}


@dataclass
class Setting:
    """A way to run one peer, and the weeks a second it reached in the sweep."""

    variant: str
    processes: int
    threads: int
    batch: int
    rate: float = 0.0


@dataclass
class Contestant:
    """A peer at one size: what was tried, what is best, what it reached."""

    id: str
    name: str
    precision: str
    versions: dict
    error: float = 0.0  # largest difference from the reference embeddings
    settings: list[Setting] = field(default_factory=list)
    best: Setting | None = None
    single_best: Setting | None = None
    rounds: list[float] = field(default_factory=list)  # weeks a second
    single_rounds: list[float] = field(default_factory=list)  # seconds, median of a round
    peak_mb: float | None = None  # of all its processes together


@dataclass
class Plan:
    """How long everything takes."""

    sizes: list[str]
    peers: list[str]
    batches: list[int]
    rounds: int
    sweep_seconds: float
    turn_seconds: float


def main() -> None:
    args = arguments()
    plan = planned(args)
    with tempfile.TemporaryDirectory(prefix="bench-peers-") as home:
        measure(plan, args, Ours(args.pat.resolve(), args.reference, Path(home)))


def measure(plan: Plan, args: argparse.Namespace, ours: Ours) -> None:
    """All sizes, into the JSON."""
    result = {
        "schema": 1,
        "started": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "machine": machine(),
        "note": args.note,
        "circascope": ours.version(),
        "plan": asdict(plan),
        "sizes": {},
        "refused": [],
    }
    begun = time.monotonic()
    for size in plan.sizes:
        result["sizes"][size] = measured(size, plan, args, ours, result["refused"])
        result["seconds"] = round(time.monotonic() - begun)
        args.output.parent.mkdir(parents=True, exist_ok=True)
        args.output.write_text(json.dumps(result, indent=1, default=asdict) + "\n")  # a cut run keeps its sizes
    say(f"{args.output}: done in {result['seconds']} s")


def arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--environments", type=Path, required=True, help="folder of the Python environments")
    p.add_argument("--reference", type=Path, required=True, help="folder with weights/, inputs/ and ref/")
    p.add_argument("--pat", type=Path, required=True, help="Circascope's command line, bin/pat")
    p.add_argument("--output", type=Path, required=True, help="the JSON")
    p.add_argument("--sizes", default="S,M,L")
    p.add_argument("--peers", default="all", help="names from peers.py, or all")
    p.add_argument("--rounds", type=int, default=7)
    p.add_argument("--quick", action="store_true", help="fewer batches, three rounds, shorter turns: to see that it works")
    p.add_argument("--note", default="", help="a sentence kept with the figures, such as 'the machine was busy'")
    return p.parse_args()


def planned(a: argparse.Namespace) -> Plan:
    peers = list(PEERS) if a.peers == "all" else a.peers.split(",")
    for p in peers:
        if p not in PEERS:
            sys.exit(f"no peer {p!r}: choose from {', '.join(PEERS)}")
    sizes = a.sizes.split(",")
    if not set(sizes) <= {"S", "M", "L"}:
        sys.exit(f"--sizes {a.sizes}: want S, M or L, with commas between")
    if a.rounds < 1:
        sys.exit(f"--rounds {a.rounds}: want at least 1")
    if a.quick:
        return Plan(sizes, peers, [1, 4], min(a.rounds, 3), 0.2, 0.6)
    return Plan(sizes, peers, list(BATCHES), a.rounds, 0.4, 1.2)


def measured(size: str, plan: Plan, args, ours: Ours, refused: list) -> dict:
    """One size: every peer is checked and swept, then the best settings alternate."""
    contestants = []
    for peer in plan.peers:
        started = time.monotonic()
        try:
            c = swept(peer, size, plan, args)
        except Failed as e:
            say(f"PAT-{size} {peer}: left out: {e}")
            refused.append({"size": size, "peer": peer, "reason": str(e)})
            continue
        contestants.append(c)
        b = c.best
        say(f"PAT-{size} {c.name}: {b.rate:.1f} weeks/s with {b.processes} x {b.threads} threads, batch {b.batch}, "
            f"{b.variant} (error {c.error:.1e}; sweep {time.monotonic() - started:.0f} s)")
    return alternated(size, contestants, plan, args, ours)


def swept(peer: str, size: str, plan: Plan, args) -> Contestant:
    """Checks a peer and tries every setting of it."""
    info = PEERS[peer]
    c = Contestant(peer, info.name, info.precision, versions(args.environments, info))
    for variant in info.variants:
        for processes, threads in LAYOUTS:
            with Team(peer, size, processes, threads, variant, args) as team:
                error = team.check()
                if not error <= TOLERANCE[info.precision]:
                    raise Failed(f"wrong: an embedding differs by {error:.2g} from the reference, "
                                 f"more than {TOLERANCE[info.precision]:g} ({variant}, {threads} threads)")
                c.error = max(c.error, error)
                alone = processes * threads == 1
                c.settings += batches_tried(team, [1] if alone else info.batches or plan.batches, plan.sweep_seconds)
    top = max(s.rate for s in c.settings)
    c.best = min((s for s in c.settings if s.rate >= SAME * top), key=lambda s: s.batch * s.processes)
    c.single_best = max((s for s in c.settings if s.batch == 1 and s.processes == 1), key=lambda s: s.rate)
    return c


def batches_tried(team: Team, batches: list[int], seconds: float) -> list[Setting]:
    """A setting for each batch, from the smallest up until it is clearly slower."""
    tried: list[Setting] = []
    for batch in batches:
        rate = team.tried(batch, seconds)
        tried.append(Setting(team.variant, len(team.workers), team.threads, batch, rate))
        if rate < GIVE_UP * max(s.rate for s in tried):
            break
    return tried


def alternated(size: str, contestants: list[Contestant], plan: Plan, args, ours: Ours) -> dict:
    """The rounds: all take turns, and each round begins with another one."""
    own = {p: {"precision": p, "rounds": [], "single_rounds": [], "peak_mb": 0.0} for p in ours.precisions()}
    teams = {}
    try:
        for c in contestants:
            teams[c.id] = opened(c, c.best, size, args)
        for n in range(plan.rounds):
            turns = [lambda c=c: c.rounds.append(teams[c.id].turn(c.best.batch, plan.turn_seconds, c.best.rate)) for c in contestants]
            turns += [lambda p=p: ours.turn(size, p, plan.turn_seconds, own[p]) for p in own]
            in_turn(turns, n)
        for c in contestants:
            c.peak_mb = teams[c.id].peak_mb()
        close(teams)
        for c in contestants:
            teams[c.id] = opened(c, c.single_best, size, args)
        for n in range(plan.rounds):
            turns = [lambda c=c: c.single_rounds.append(teams[c.id].single(plan.turn_seconds / 2, c.single_best.rate)) for c in contestants]
            turns += [lambda p=p: ours.single(size, p, plan.turn_seconds / 2, own[p]) for p in own]
            in_turn(turns, n)
    finally:
        close(teams)
    for p, o in own.items():
        say(f"PAT-{size} Circascope, {p}: {statistics.median(o['rounds']):.1f} weeks/s, "
            f"one week {1e3 * statistics.median(o['single_rounds']):.2f} ms, {o['peak_mb']:.0f} MB")
    return {"circascope": own, "peers": [asdict(c) for c in contestants]}


def opened(c: Contestant, s: Setting, size: str, args) -> Team:
    team = Team(c.id, size, s.processes, s.threads, s.variant, args)
    team.warm(s.batch)
    team.pause()
    return team


def close(teams: dict) -> None:
    for team in teams.values():
        team.close()
    teams.clear()


def in_turn(turns: list, n: int) -> None:
    k = n % len(turns)
    for turn in turns[k:] + turns[:k]:
        turn()


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except Failed as e:
        sys.exit(f"a peer failed between its rounds: {e}")
    except KeyboardInterrupt:
        sys.exit("interrupted; sizes that were done are in the JSON")
