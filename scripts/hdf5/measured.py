"""Runs a program once for every path on standard input and says how it went.

It is a process of its own because it is small: what a child is said to have taken
includes what its parent had when it was made. Usage: measured.py PROGRAM SECONDS"""

import json
import os
import selectors
import subprocess
import sys
import time

program, limit = sys.argv[1], float(sys.argv[2])
for line in sys.stdin.buffer:
    start = time.monotonic()
    child = subprocess.Popen(
        [program, line.rstrip(b"\n")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"GOMAXPROCS": "1", "GOTRACEBACK": "none"})
    out, err, hang = [], [], False
    with selectors.DefaultSelector() as s:
        s.register(child.stdout, selectors.EVENT_READ, out)
        s.register(child.stderr, selectors.EVENT_READ, err)
        while s.get_map() and not hang:
            for key, _ in s.select(timeout=max(0, start + limit - time.monotonic())):
                if part := os.read(key.fd, 1 << 20):
                    key.data.append(part)
                else:
                    s.unregister(key.fileobj)
            hang = time.monotonic() > start + limit
    if hang:
        child.kill()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close(), child.stderr.close()
    answer = b"".join(out)
    said = {
        "ended": "hang" if hang else child.returncode, "complaint": repr(b"".join(err)[-300:]), "bytes": len(answer),
        "seconds": time.monotonic() - start, "processor": usage.ru_utime + usage.ru_stime, "kilobytes": usage.ru_maxrss}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + answer)
    sys.stdout.buffer.flush()
