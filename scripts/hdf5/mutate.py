"""Mutates HDF5 files where it matters: in their structure rather than in their numbers."""

import ctypes
import glob
import os
import re

import h5py
import numpy as np

_LIBRARY = ctypes.CDLL(glob.glob(os.path.join(os.path.dirname(h5py.__file__), "..", "h5py.libs", "libhdf5-*.so*"))[0])
_LIBRARY.H5_checksum_lookup3.restype = ctypes.c_uint32

SIGNATURES = re.compile(b"TREE|SNOD|HEAP|GCOL|FRHP|FHDB|FHIB|BTHD|BTLF|BTIN|FAHD|FADB|EAHD|EAIB|EADB|EASB|OHDR|OCHK|\x89HDF\r\n\x1a\n")


def checksum(data):
    return _LIBRARY.H5_checksum_lookup3(bytes(data), ctypes.c_size_t(len(data)), ctypes.c_uint32(0))


class Source:
    """A sound file: its bytes, where its structure is, and what it demands."""

    def __init__(self, path):
        self.path = path
        with open(path, "rb") as f:
            self.data = f.read()
        self.paths, raw, self.addresses = [], [], {0, len(self.data)}
        with h5py.File(path) as f:
            base = f.userblock_size

            def visit(name, item):
                self.addresses.add(h5py.h5o.get_info(item.id).addr if hasattr(h5py.h5o.get_info(item.id), "addr") else 0)
                if not isinstance(item, h5py.Dataset) or item.dtype.kind != "f" or item.shape is None:
                    return
                self.paths.append("/" + name)
                if item.chunks:
                    for i in range(item.id.get_num_chunks()):
                        c = item.id.get_chunk_info(i)
                        raw.append((base + c.byte_offset, c.size))
                elif (at := item.id.get_offset()) is not None:
                    raw.append((base + at, item.id.get_storage_size()))

            f.visititems(visit)
        self.addresses.update(at for at, _ in raw)
        structure = np.ones(len(self.data), bool)
        for at, size in raw:
            structure[at : at + size] = False
        self.structure = np.flatnonzero(structure)
        # Nearly all of what is left may be empty room: what is not zero comes first.
        self.dense = self.structure[np.frombuffer(self.data, np.uint8)[self.structure] != 0]
        self.raw = np.flatnonzero(~structure)[::61].astype(np.int32)  # few, because processes are forked with them
        self.signed = [m.start() for m in SIGNATURES.finditer(self.data) if structure[m.start()]]
        self.addresses.update(self.signed)
        self.sums = [s for s in map(self._sum, self.signed) if s]
        self.headers = self._old_headers()

    def _sum(self, start):
        """Finds the checksum of the structure at start, if it has one."""
        if self.data[start : start + 4] in (b"TREE", b"SNOD", b"HEAP", b"GCOL"):
            return None
        for n in range(8, min(6000, len(self.data) - start - 4)):
            if checksum(self.data[start : start + n]) == int.from_bytes(self.data[start + n : start + n + 4], "little"):
                return start, n
        return None

    def _old_headers(self):
        """Finds the messages of object headers of version 1: (place, size)."""
        found = []
        for start in sorted(self.addresses):
            d = memoryview(self.data)[start:]
            if len(d) < 24 or d[0] != 1 or d[1] != 0 or bytes(d[:4]) in (b"TREE", b"SNOD"):
                continue
            count, size = int.from_bytes(d[2:4], "little"), int.from_bytes(d[8:12], "little")
            at = 16
            while at + 8 <= min(16 + size, len(d)) and count:
                n = int.from_bytes(d[at + 2 : at + 4], "little")
                found.append((start + at, 8 + n))
                at += 8 + n
        return found


class Mutator:
    def __init__(self, rng):
        self.rng = rng

    def __call__(self, source):
        """Returns a mutant of the source and what was done."""
        data, done = bytearray(source.data), []
        for _ in range(int(self.rng.geometric(0.65))):
            step = self.rng.choice(
                [self.bit, self.byte, self.field, self.message, self.signed, self.copy, self.swap, self.cut, self.shift, self.number],
                p=[0.12, 0.1, 0.24, 0.16, 0.2, 0.06, 0.04, 0.02, 0.01, 0.05])
            done.append(step(source, data))
        if self.rng.random() < 0.75:
            for start, n in source.sums:
                if start + n + 4 <= len(data) and data[start : start + n] != source.data[start : start + n]:
                    data[start + n : start + n + 4] = checksum(data[start : start + n]).to_bytes(4, "little")
            done.append("checksums mended")
        return bytes(data), "; ".join(done)

    def place(self, source, data):
        where = source.dense if self.rng.random() < 0.85 and len(source.dense) else source.structure
        return min(int(self.rng.choice(where)), len(data) - 1)

    def value(self, source, data, at, width):
        """A value that a field of that width may have, or should not."""
        now = int.from_bytes(data[at : at + width], "little")
        most = (1 << 8 * width) - 1
        pick = self.rng.integers(8)
        if pick == 0:
            v = int(self.rng.choice([0, 1, 2, 3, 4, 5, 8, 16, 32, 64, 96, 128, 255]))
        elif pick == 1:
            v = most - int(self.rng.integers(3))
        elif pick == 2:
            v = now + int(self.rng.choice([-8, -4, -2, -1, 1, 2, 4, 8, 16]))
        elif pick == 3:
            v = int(self.rng.choice(sorted(source.addresses)))
        elif pick == 4:
            v = now * 2 if self.rng.random() < 0.5 else now // 2
        elif pick == 5:
            v = now ^ 1 << int(self.rng.integers(8 * width))
        elif pick == 6:
            v = 1 << int(self.rng.integers(8 * width))
        else:
            v = int(self.rng.integers(1 << min(62, 8 * width)))
        return (v & most).to_bytes(width, "little")

    def write(self, data, at, new, what):
        new = new[: max(0, len(data) - at)]
        data[at : at + len(new)] = new
        return f"{what} at {at} to {new.hex()}"

    def bit(self, source, data):
        at = self.place(source, data)
        return self.write(data, at, bytes([data[at] ^ 1 << int(self.rng.integers(8))]), "bit")

    def byte(self, source, data):
        return self.write(data, self.place(source, data), bytes([int(self.rng.integers(256))]), "byte")

    def field(self, source, data):
        width = int(self.rng.choice([1, 2, 4, 8]))
        at = self.place(source, data)
        if self.rng.random() < 0.7:
            at -= at % width
        return self.write(data, at, self.value(source, data, at, width), "field")

    def message(self, source, data):
        """Changes the kind, the size, the flags or a field of a header's message."""
        if not source.headers:
            return self.signed(source, data)
        at, size = source.headers[int(self.rng.integers(len(source.headers)))]
        where, width = [(0, 2), (2, 2), (4, 1), (8 + int(self.rng.integers(max(1, size - 8))), int(self.rng.choice([1, 2, 4, 8])))][int(self.rng.choice(4, p=[0.15, 0.1, 0.15, 0.6]))]
        if at + where + width > len(data):
            return "nothing"
        if where == 0:
            return self.write(data, at, int(self.rng.integers(0, 27)).to_bytes(2, "little"), "message kind")
        return self.write(data, at + where, self.value(source, data, at + where, width), "message")

    def signed(self, source, data):
        """Changes a field near the start of a structure that has a signature."""
        if not source.signed:
            return self.field(source, data)
        start = source.signed[int(self.rng.integers(len(source.signed)))]
        reach = 48 if self.rng.random() < 0.6 else 400
        at = start + 4 + int(self.rng.integers(reach))
        width = int(self.rng.choice([1, 2, 4, 8]))
        if at + width > len(data):
            return "nothing"
        return self.write(data, at, self.value(source, data, at, width), "structure")

    def copy(self, source, data):
        a, b = self.place(source, data), self.place(source, data)
        n = int(self.rng.choice([4, 8, 16, 32, 64, 256]))
        if self.rng.random() < 0.5:
            a, b = a - a % 8, b - b % 8
        return self.write(data, b, bytes(data[a : a + n]), f"{n} bytes of {a}")

    def swap(self, source, data):
        a, b = (int(x) for x in self.rng.choice(sorted(source.addresses), 2))
        n = int(self.rng.choice([8, 24, 40, 96]))
        if max(a, b) + n > len(data) or abs(a - b) < n:
            return "nothing"
        data[a : a + n], data[b : b + n] = data[b : b + n], data[a : a + n]
        return f"{n} bytes of {a} and {b} swapped"

    def cut(self, source, data):
        n = int(self.rng.integers(len(data))) if self.rng.random() < 0.5 else max(0, len(data) - int(self.rng.geometric(0.02)))
        del data[n:]
        data.extend(b"" if n >= 16 else bytes(16 - n))
        done = f"cut to {n}"
        if self.rng.random() < 0.7:  # and the end in the superblock says so
            old = len(source.data).to_bytes(8, "little")
            at = bytes(data[:96]).find(old)
            if at > 0:
                done += ", " + self.write(data, at, n.to_bytes(8, "little"), "end")
        return done

    def shift(self, source, data):
        at, n = self.place(source, data), int(self.rng.choice([1, 4, 8, 16]))
        if self.rng.random() < 0.5:
            del data[at : at + n]
            return f"{n} bytes removed at {at}"
        data[at:at] = bytes(n)
        return f"{n} bytes inserted at {at}"

    def number(self, source, data):
        if not len(source.raw):
            return "nothing"
        at = min(int(self.rng.choice(source.raw)), len(data) - 1)
        return self.write(data, at, bytes([int(self.rng.integers(256))]), "number")
