"""Makes mutants of weights files, and says what h5py reads of each where the encoder's
parameters are: expected.tsv has NAME, TAB and the digest of TestMutants in models, or
"-" where h5py can't read one of them. Usage: pipeline.py FOLDER [--count N] [--seed N] FILE..."""

import argparse
import hashlib
import os

import h5py
import numpy as np

from mutants import EQUAL, with_h5py
from mutate import Mutator, Source

ATTENTION = ["query/kernel", "key/kernel", "value/kernel", "query/bias", "key/bias", "value/bias", "attention_output/kernel", "attention_output/bias"]
REST = ["norm1/gamma", "norm1/beta", "ff1/kernel", "ff1/bias", "ff2/kernel", "ff2/bias", "norm2/gamma", "norm2/beta"]


def names(layers):
    """The parameters in the order of their fields in models.Weights."""
    out = ["dense/kernel", "dense/bias"]
    for i in range(1, layers + 1):
        out += [f"encoder_layer_{i}_attention/{n}" for n in ATTENTION] + [f"encoder_layer_{i}_{n}" for n in REST]
    return out


def datasets(group, prefix=""):
    """The paths of all datasets that can be reached; what can't be opened is passed over."""
    for key in group:
        try:
            item = group[key]
        except Exception:  # damaged, and perhaps not needed
            continue
        if isinstance(item, h5py.Group):
            yield from datasets(item, f"{prefix}{key}/")
        elif isinstance(item, h5py.Dataset):
            yield prefix + key


def labelled(f):
    """Paths by the names that Keras 3 labels its groups with."""
    out = {}
    for path in datasets(f):
        if path[-7:] not in ("/vars/0", "/vars/1"):
            continue
        at, name = "", []
        for part in path[: -len("/vars/0")].split("/"):
            at += "/" + part
            if at + "/vars" in f and (label := f[at + "/vars"].attrs.get("name")):
                name.append(label)
        if not name:
            continue
        kinds = ("gamma", "beta") if name[-1].endswith(("_norm1", "_norm2")) else ("kernel", "bias")
        out["/".join(name) + "/" + kinds[int(path[-1])]] = "/" + path
    return out


def parameters(f):
    """The paths of the parameters, in order; None for one that is not there."""
    known = labelled(f) or {p.removesuffix(":0"): "/" + p for p in datasets(f)}

    def find(name):
        layer = name.rsplit("_", 1)[0] if "attention/" not in name else name.split("_attention/")[0]
        nested = f"dense/{name}" if name.startswith("dense/") else f"{layer}_transformer/{name}"
        for path in (nested, f"encoder_model/{name}", f"model_weights/{nested}", f"model_weights/encoder_model/{name}", name):
            if path in known:
                return known[path]
        return None

    layers = 0
    while find(f"encoder_layer_{layers + 1}_ff1/kernel"):
        layers += 1
    return [find(n) for n in names(layers)]


def digest(f, paths):
    h = hashlib.sha256()
    for p in paths:
        value = np.asarray(f[p][()])
        if value.dtype.kind != "f":
            raise ValueError(p)
        with np.errstate(all="ignore"):
            h.update(value.astype("<f4").tobytes())
    return h.hexdigest()[:16]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder")
    p.add_argument("--count", type=int, default=1000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("files", nargs="+")
    o = p.parse_args()
    sources = [Source(path) for path in o.files]
    paths = []  # none where labels name them: those may be mutated
    for s in sources:
        with h5py.File(s.path) as f:
            paths.append(None if labelled(f) else parameters(f))
    with open(os.path.join(o.folder, "expected.tsv"), "w") as table:
        for i in range(o.count):
            k = i % len(sources)
            mutant, _ = Mutator(np.random.default_rng([o.seed, i]))(sources[k])
            path, said = os.path.join(o.folder, f"{i}.h5"), os.path.join(o.folder, "said")
            with open(path, "wb") as f:
                f.write(mutant)

            def judge(f, k=k, said=said):
                now = paths[k] or parameters(f)
                with open(said, "w") as out:
                    out.write(digest(f, now))
                return EQUAL

            got = "-"
            if with_h5py(path, judge) == EQUAL:
                with open(said) as f:
                    got = f.read()
            table.write(f"{i}.h5\t{got}\n")


if __name__ == "__main__":
    main()
