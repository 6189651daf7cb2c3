"""The processes of one peer, as one team that embeds together."""

import json
import math
import os
import signal
import statistics
import subprocess
import time
from pathlib import Path

from catalogue import PEERS

HERE = Path(__file__).parent


class Failed(Exception):
    """A peer that can't be measured, and why."""


class Worker:
    """One process that runs worker.py; see there for its commands."""

    def __init__(self, peer: str, size: str, threads: int, variant: str, core: int | None, args):
        python = args.environments / PEERS[peer].environment / "bin/python"
        command = [python, HERE / "worker.py", peer, size, str(threads), variant, args.reference]
        command += [str(core)] if core is not None else []
        self.log = args.environments / "logs" / f"{peer}.log"  # of its last process
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)

    def send(self, **command) -> None:
        try:
            print(json.dumps(command), file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass  # answer() tells why

    def answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            last = self.log.read_text(errors="replace").strip().splitlines()[-1:]
            raise Failed(f"its process ended with status {self.process.returncode}: {''.join(last)[:300]} (all of it: {self.log})")
        return json.loads(line)

    def close(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Team:
    """Processes of one peer that share the weeks of every run. Between turns they
    are stopped, so that no thread of theirs spins beside another's turn."""

    def __init__(self, peer: str, size: str, processes: int, threads: int, variant: str, args):
        cores = sorted(os.sched_getaffinity(0))
        pinned = PEERS[peer].pin and threads == 1
        self.variant, self.threads = variant, threads
        self.workers: list[Worker] = []
        self.paused = False
        try:
            for i in range(processes):
                core = cores[i % len(cores)] if pinned else None
                self.workers.append(Worker(peer, size, threads, variant, core, args))
            self._answers()  # ready
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Team":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def _answers(self) -> list[dict]:
        return [w.answer() for w in self.workers]

    def _all(self, **command) -> list[dict]:
        for w in self.workers:
            w.send(**command)
        return self._answers()

    def check(self) -> float:
        """The largest difference of an embedding from the reference."""
        return max(a["error"] for a in self._all(do="check"))

    def warm(self, batch: int) -> None:
        """Runs each process's first batch, which may compile a program."""
        self._all(do="run", batch=batch, weeks=batch)

    def _timed(self, batch: int, batches: int) -> tuple[float, float]:
        """Weeks a second over so many batches a process, and how long they took."""
        started = time.perf_counter()
        done = self._all(do="run", batch=batch, weeks=batch * batches)
        elapsed = time.perf_counter() - started
        return sum(a["weeks"] for a in done) / elapsed, elapsed

    def tried(self, batch: int, seconds: float) -> float:
        """Weeks a second, warm, over about that long or one batch a process."""
        self.warm(batch)
        rate, elapsed = self._timed(batch, 1)
        if elapsed >= seconds:
            return rate
        return self._timed(batch, math.ceil(seconds / elapsed))[0]

    def turn(self, batch: int, seconds: float, expected: float) -> float:
        """Weeks a second of one turn of about that long, planned with the expected
        rate; the team is awake for the turn alone."""
        self._wake()
        rate, _ = self._timed(batch, max(1, math.ceil(expected * seconds / batch / len(self.workers))))
        self.pause()
        return rate

    def single(self, seconds: float, expected: float) -> float:
        """The median time of one week alone, in a team of one."""
        self._wake()
        (answer,) = self._all(do="single", weeks=max(3, math.ceil(expected * seconds)))
        self.pause()
        return statistics.median(answer["seconds"])

    def peak_mb(self) -> float:
        """The most memory of all its processes together."""
        self._wake()
        return sum(a["peak_mb"] for a in self._all(do="memory"))

    def pause(self) -> None:
        for w in self.workers:
            w.process.send_signal(signal.SIGSTOP)
        self.paused = True

    def _wake(self) -> None:
        if self.paused:
            for w in self.workers:
                w.process.send_signal(signal.SIGCONT)
            self.paused = False

    def close(self) -> None:
        for w in self.workers:
            w.close()
