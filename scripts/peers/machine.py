"""What the figures were taken on and with."""

import json
import os
import platform
import subprocess
from functools import cache
from pathlib import Path

from catalogue import Peer

# CPU features that decide how fast matrix products are.
FEATURES = ("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16")


def machine() -> dict:
    """The processor, the cores to use, memory, system and its load."""
    cpu = _fields("/proc/cpuinfo")
    memory = int(_fields("/proc/meminfo")["MemTotal"].split()[0])
    flags = set(cpu.get("flags", cpu.get("Features", "")).split())
    release = platform.freedesktop_os_release()
    return {
        "cpu": cpu.get("model name", platform.machine()),
        "features": [f for f in FEATURES if f in flags],
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / 2**20, 1),
        "cache": cpu.get("cache size", ""),
        "system": f"{release.get('PRETTY_NAME', 'Linux')}, Linux {platform.release().split('-')[0]}",
        "load_before": os.getloadavg()[0],
    }


def _fields(path: str) -> dict[str, str]:
    """The first value of each name in a file of 'name : value' lines."""
    found: dict[str, str] = {}
    for line in Path(path).read_text().splitlines():
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip(), value.strip())
    return found


def versions(environments: Path, peer: Peer) -> dict[str, str]:
    """The installed versions of a peer's packages."""
    installed = _installed(environments / peer.environment / "bin/python")
    return {p: installed[p] for p in peer.packages}


@cache
def _installed(python: Path) -> dict[str, str]:
    out = subprocess.run([python, "-m", "pip", "list", "--format=json"], check=True, capture_output=True, text=True)
    return {p["name"].lower().replace("_", "-"): p["version"] for p in json.loads(out.stdout)}
