"""Makes the small HDF5 files of internal/hdf5/testdata, and expected.json: what h5py
reads of each, or why it is refused. Usage: corpus.py FOLDER"""

import ctypes
import glob
import hashlib
import json
import os
import sys

import h5py
import numpy as np
from h5py import h5d, h5f, h5p, h5s, h5t

FOLDER = sys.argv[1]
# What h5py does not pass on is called in the very library it has loaded.
LIBRARY = ctypes.CDLL(glob.glob(os.path.join(os.path.dirname(h5py.__file__), "..", "h5py.libs", "libhdf5-*.so*"))[0])


def call(name, properties, *values):
    if getattr(LIBRARY, name)(ctypes.c_int64(properties.id), *map(ctypes.c_uint, values)) < 0:
        raise RuntimeError(name)


FILES = {}  # name -> sentence of the refusal; "" where it is accepted
DATASETS = {}  # name -> {path: sentence}, of datasets that are refused in an accepted file


def numbers(*shape, dtype="<f4"):
    """Numbers that are all different and that every type here can hold."""
    return ((np.arange(np.prod(shape, dtype=int)) - 7) / 8).reshape(shape).astype(dtype)


def corpus(name, refused="", datasets=None, fcpl=None, fapl=None, **options):
    """Registers a function that fills an open file."""

    def register(fill):
        path = os.path.join(FOLDER, name + ".h5")
        if fcpl:
            properties = h5p.create(h5p.FILE_CREATE)
            fcpl(properties)
            access = h5p.create(h5p.FILE_ACCESS)
            bounds = options.get("libver")
            if bounds:
                names = {"earliest": h5f.LIBVER_EARLIEST, "v108": h5f.LIBVER_V18, "v110": h5f.LIBVER_V110, "latest": h5f.LIBVER_LATEST}
                access.set_libver_bounds(*(names[b] for b in bounds))
            f = h5py.File(h5f.create(path.encode(), h5f.ACC_TRUNC, fcpl=properties, fapl=access))
        else:
            f = h5py.File(path, "w", **options)
        with f:
            fill(f)
        FILES[name] = refused
        DATASETS[name] = datasets or {}
        return fill

    return register


def low_level(f, name, data, dcpl, maxshape=None, write=True):
    space = h5s.create_simple(data.shape, maxshape)
    d = h5d.create(f.id, name.encode(), h5t.py_create(data.dtype), space, dcpl=dcpl)
    if write:
        d.write(h5s.ALL, h5s.ALL, data)
    return d


# The versions of the format, with nested groups and attributes as Keras writes them.
EARLIEST, V108, V110, LATEST = ("earliest", "v108"), ("v108", "v108"), ("v110", "v110"), ("latest", "latest")
for version, libver in {"earliest": EARLIEST, "v108": V108, "v110": V110, "latest": LATEST}.items():

    @corpus(f"groups_{version}", libver=libver)
    def nested(f):
        f.attrs["backend"] = "tensorflow"
        for i in range(3):
            g = f.create_group(f"layer_{i}/inner")
            g.attrs["name"] = f"name of {i}"
            g.attrs["weight_names"] = np.array([b"kernel:0", b"bias:0"])
            g.create_dataset("kernel:0", data=numbers(3, 4) + i)
            g.create_dataset("bias:0", data=numbers(4) * i)


@corpus("superblock_1", fcpl=lambda p: (call("H5Pset_istore_k", p, 4), call("H5Pset_sym_k", p, 2, 2)), libver=EARLIEST)
def superblock_1(f):
    f.create_dataset("chunks", data=numbers(30, 2), chunks=(1, 2))
    for i in range(40):
        f.create_dataset(f"group/{i * 7919 % 100:02d}", data=numbers(1) + i)


@corpus("extended_superblock", fcpl=lambda p: (call("H5Pset_istore_k", p, 4), call("H5Pset_sym_k", p, 3, 3)), libver=V108)
def extended_superblock(f):
    f.create_dataset("chunks", data=numbers(30, 2), chunks=(1, 2))
    f.create_dataset("group/one", data=numbers(1))


@corpus("small_addresses", fcpl=lambda p: p.set_sizes(4, 4), libver=EARLIEST)
def small_addresses(f):
    f.create_dataset("a/b", data=numbers(5, 2))
    f.create_dataset("a/c", data=numbers(5, 2), chunks=(2, 2), compression="gzip")


@corpus("small_addresses_new", fcpl=lambda p: p.set_sizes(4, 4), libver=LATEST)
def small_addresses_new(f):
    for i in range(12):
        f.create_dataset(f"a/d{i}", data=numbers(3) + i)
    f.create_dataset("c", data=numbers(5, 2), chunks=(2, 2), compression="gzip")


@corpus("userblock", userblock_size=512)
def userblock(f):
    f.create_dataset("a/b", data=numbers(3, 3))


@corpus("userblock_latest", userblock_size=1024, libver="latest")
def userblock_latest(f):
    f.create_dataset("a/b", data=numbers(3, 3))


@corpus("paged_file", fs_strategy="page", fs_page_size=512, fs_persist=True, libver="latest")
def paged_file(f):
    f.create_dataset("a/b", data=numbers(3, 3))


@corpus("many_names", fcpl=lambda p: call("H5Pset_sym_k", p, 2, 1), libver=EARLIEST)
def many_names(f):
    for i in range(60):
        f.create_dataset(f"name {i * 7919 % 1000}", data=np.float32(i))
    for i in range(0, 60, 3):
        del f[f"name {i * 7919 % 1000}"]


@corpus("dense_names", libver="latest")
def dense_names(f):
    for i in range(40):
        f.create_dataset(f"dataset {i}", data=np.float32(i))


@corpus("dense_names_deep", libver="latest", track_order=True)
def dense_names_deep(f):
    for i in range(90):
        f[f"dataset with quite a long name to fill the blocks of the heap faster {i}"] = f["one"] if i else np.float32(1)
        if not i:
            f["one"] = f[f"dataset with quite a long name to fill the blocks of the heap faster {i}"]


@corpus("tracked_order", track_order=True)
def tracked_order(f):
    for name in ("z", "y", "x"):
        f.create_dataset(name, data=numbers(2))


@corpus("dense_attributes", libver="latest")
def dense_attributes(f):
    g = f.create_group("g")
    for i in range(12):
        g.attrs[f"attribute {i}"] = i
    g.attrs["name"] = "dense label"
    g.create_dataset("d", data=numbers(2))


@corpus("labels", libver=EARLIEST)
def labels(f):
    for i, value in enumerate(["kernel", "größe", np.bytes_(b"fixed"), "", 7, ["a", "b"], np.float32(2)]):
        f.create_group(f"{i}").attrs["name"] = value
    for i, padding in enumerate([h5t.STR_NULLTERM, h5t.STR_NULLPAD, h5t.STR_SPACEPAD]):
        kind = h5t.C_S1.copy()
        kind.set_size(12)
        kind.set_strpad(padding)
        a = h5py.h5a.create(f.create_group(f"pad{i}").id, b"name", kind, h5s.create(h5s.SCALAR))
        a.write(np.array(b"padded", dtype="S12"))
    f.create_dataset("d", data=numbers(2))


# Types of numbers.
@corpus("types", datasets={
    "/int8": "it holds int8", "/int32": "it holds int32", "/uint64": "it holds uint64", "/bool": "it holds named values",
    "/text": "it holds text", "/words": "it holds sequences", "/complex": "it holds records", "/empty": "no numbers", "/none": "no numbers",
    "/odd": "of no kind that IEEE 754 defines", "/bfloat16": "of no kind that IEEE 754 defines"})
def types(f):
    for dtype in ("<f2", "<f4", "<f8", ">f2", ">f4", ">f8"):
        f.create_dataset(dtype.replace("<", "little").replace(">", "big"), data=numbers(3, 2, dtype=dtype))
    for dtype in ("int8", "int32", "uint64", "bool"):
        f.create_dataset(dtype, data=np.arange(3).astype(dtype))
    f.create_dataset("text", data=np.array([b"ab", b"c"]))
    f.create_dataset("words", data=["a", "bc"])
    f.create_dataset("complex", data=np.array([1 + 2j]))
    f.create_dataset("scalar", data=np.float64(0.1))
    f.create_dataset("rounded", data=np.array([0.1, 1e-46, 1e-42, 16777217.0, 3.5e38, -1e300]))
    f.create_dataset("halves", data=np.array([1, 2, 0x3FF, 0x400, 0x7BFF, 0x8001, 0xFBFF, 0], dtype="<u2").view("<f2"))
    f.create_dataset("empty", data=h5py.Empty("f4"))
    f.create_dataset("none", shape=(0, 3), dtype="f4")
    for name, size, fields, bias in (("odd", 4, (31, 22, 9, 0, 22), 255), ("bfloat16", 2, (15, 7, 8, 0, 7), 127)):
        kind = (h5t.IEEE_F32LE if size == 4 else h5t.IEEE_F16LE).copy()
        kind.set_fields(*fields)
        kind.set_ebias(bias)
        h5d.create(f.id, name.encode(), kind, h5s.create_simple((3,))).write(h5s.ALL, h5s.ALL, numbers(3))


for version in ("earliest", "latest"):

    @corpus(f"named_type_{version}", libver=version)
    def named_type(f):
        f["kind"] = np.dtype("<f4")
        f.create_dataset("a", data=numbers(3), dtype=f["kind"])
        f.create_dataset("b", data=numbers(2), dtype=f["kind"])


# Storage.
@corpus("compact")
def compact(f):
    p = h5p.create(h5p.DATASET_CREATE)
    p.set_layout(h5d.COMPACT)
    low_level(f, "a", numbers(5, 3), p)


for version, libver in {"earliest": EARLIEST, "v110": V110, "latest": LATEST}.items():

    @corpus(f"chunks_{version}", fcpl=lambda p: call("H5Pset_istore_k", p, 2), libver=libver)
    def chunks(f):
        few = dict(data=numbers(5, 3))
        f.create_dataset("single", chunks=(5, 3), **few)
        f.create_dataset("single_gzip", chunks=(5, 3), compression="gzip", **few)
        f.create_dataset("fixed", chunks=(2, 2), **few)
        f.create_dataset("fixed_gzip", chunks=(2, 2), compression="gzip", shuffle=True, fletcher32=True, **few)
        f.create_dataset("extensible", chunks=(2, 2), maxshape=(None, 3), **few)
        f.create_dataset("extensible_second", chunks=(2, 2), maxshape=(7, None), **few)
        f.create_dataset("extensible_gzip", chunks=(2, 2), maxshape=(None, 9), compression="gzip", **few)
        f.create_dataset("tree", chunks=(2, 2), maxshape=(None, None), **few)
        f.create_dataset("tree_gzip", chunks=(2, 2), maxshape=(None, None), compression="gzip", fletcher32=True, **few)
        f.create_dataset("grows", chunks=(2, 2), maxshape=(9, 8), **few)
        f.create_dataset("one_side", data=numbers(9), chunks=(2,), shuffle=True)
        f.create_dataset("four_sides", data=numbers(3, 2, 3, 2), chunks=(2, 1, 2, 2))
        p = h5p.create(h5p.DATASET_CREATE)
        p.set_chunk((2, 2))
        p.set_alloc_time(h5d.ALLOC_TIME_EARLY)
        low_level(f, "implicit", few["data"], p, maxshape=(7, 3))
        p = h5p.create(h5p.DATASET_CREATE)
        p.set_chunk((2, 2))
        p.set_fletcher32()
        p.set_shuffle()
        p.set_deflate(9)
        low_level(f, "other_order", few["data"], p)

    @corpus(f"many_chunks_{version}", fcpl=lambda p: call("H5Pset_istore_k", p, 8), libver=libver)
    def many_chunks(f):
        f.create_dataset("extensible", data=numbers(260), chunks=(1,), maxshape=(None,))
        f.create_dataset("extensible_gzip", data=numbers(70), chunks=(1,), maxshape=(None,), compression="gzip")
        f.create_dataset("tree", data=numbers(10, 15), chunks=(1, 1), maxshape=(None, None))


@corpus("paged_array", libver="latest")
def paged_array(f):
    f.create_dataset("fixed", data=numbers(1100), chunks=(1,))


@corpus("filter_masks", libver="latest")
def filter_masks(f):
    d = f.create_dataset("a", shape=(6,), dtype="<f4", chunks=(2,), compression="gzip", shuffle=True)
    d[:4] = numbers(4)
    d.id.write_direct_chunk((4,), numbers(2).tobytes(), filter_mask=3)
    d = f.create_dataset("old", shape=(6,), dtype="<f4", chunks=(2,), maxshape=(None,), compression="gzip", fletcher32=True)
    d[:4] = numbers(4)
    import zlib

    d.id.write_direct_chunk((4,), zlib.compress(numbers(2).tobytes()), filter_mask=2 if d.id.get_create_plist().get_filter(1)[0] == 3 else 1)


@corpus("whole_filters", libver="latest")
def whole_filters(f):
    p = h5p.create(h5p.DATASET_CREATE)
    p.set_chunk((2, 2))
    p.set_deflate(5)
    call("H5Pset_chunk_opts", p, 2)  # H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS
    low_level(f, "a", numbers(5, 3), p)


@corpus("never_written", libver="latest", datasets={
    "/contiguous": "its numbers were never written", "/chunks": "its numbers were never written", "/some": "2 of its 3 chunks were never written"})
def never_written(f):
    f.create_dataset("contiguous", shape=(3,), dtype="<f4", fillvalue=2)
    f.create_dataset("chunks", shape=(3,), dtype="<f4", chunks=(1,))
    f.create_dataset("some", shape=(3,), dtype="<f4", chunks=(1,), fillvalue=1)[1] = 5
    f.create_dataset("written", data=numbers(3), fillvalue=9)


# What is refused.
@corpus("links", datasets={
    "/soft": "a soft link", "/external": "a link to another file", "/dangling": "a soft link"})
def links(f):
    f.create_dataset("a", data=numbers(2))
    f["hard"] = f["a"]
    f["soft"] = h5py.SoftLink("/a")
    f["dangling"] = h5py.SoftLink("/nowhere")
    f["external"] = h5py.ExternalLink("other.h5", "/a")


@corpus("links_old", datasets={"/soft": "a soft link"}, libver=EARLIEST)
def links_old(f):
    f.create_dataset("a", data=numbers(2))
    f["soft"] = h5py.SoftLink("/a")


@corpus("elsewhere", libver="latest", datasets={
    "/external": "external storage", "/virtual": "a virtual dataset"})
def elsewhere(f):
    f.create_dataset("a", data=numbers(2))
    f.create_dataset("external", shape=(2,), dtype="<f4", external="other.raw")
    layout = h5py.VirtualLayout(shape=(2,), dtype="<f4")
    layout[:] = h5py.VirtualSource("other.h5", "a", shape=(2,))
    f.create_virtual_dataset("virtual", layout)


@corpus("other_filters", datasets={"/lzf": "the filter lzf", "/scaleoffset": "the filter scaleoffset"})
def other_filters(f):
    f.create_dataset("lzf", data=numbers(4), compression="lzf")
    f.create_dataset("scaleoffset", data=numbers(4), scaleoffset=4)


@corpus("cycle", refused="leads back to a group above it")
def cycle(f):
    f.create_group("a/b")
    f["a/b/c"] = f["a"]


@corpus("cycle_latest", refused="leads back to a group above it", libver="latest")
def cycle_latest(f):
    f.create_group("a")["root"] = f["/"]


@corpus("bomb", datasets={"/a": "a side of length", "/b": "more numbers than any weights have"})
def bomb(f):
    d = f.create_dataset("a", shape=(1 << 40,), dtype="<f4", chunks=(1 << 24,), compression="gzip")
    import zlib

    d.id.write_direct_chunk((0,), zlib.compress(bytes(1 << 20), 9))
    f.create_dataset("b", shape=(4,), maxshape=(None,), dtype="<f4", chunks=(1 << 28,), compression="gzip")


@corpus("bomb_inside", datasets={"/a": "it unpacks to more than its 16 bytes"})
def bomb_inside(f):
    d = f.create_dataset("a", shape=(4,), dtype="<f4", chunks=(4,), compression="gzip")
    import zlib

    d.id.write_direct_chunk((0,), zlib.compress(bytes(1 << 22), 9))


@corpus("absurd", datasets={
    "/huge": "more numbers than any weights have", "/wide": "a side of length", "/crumbs": "more than 65536 chunks"}, libver="latest")
def absurd(f):
    f.create_dataset("huge", shape=(1 << 20, 1 << 20), dtype="<f4")
    f.create_dataset("wide", shape=(1 << 62,), dtype="<f4", chunks=(1,))
    f.create_dataset("crumbs", shape=(1 << 20,), dtype="<f4", chunks=(1,))


expected = {}
for name in FILES:
    path = os.path.join(FOLDER, name + ".h5")
    entry = {"refused": FILES[name], "datasets": {}, "labels": {}}
    expected[name + ".h5"] = entry
    if FILES[name]:
        continue
    with h5py.File(path) as f:
        def visit(prefix, group):
            if isinstance(label := group.attrs.get("name"), (str, bytes)) and label:
                entry["labels"][prefix] = label if isinstance(label, str) else label.decode()
            for key in group:
                at = prefix + "/" + key
                if at in DATASETS[name]:
                    entry["datasets"][at] = {"refused": DATASETS[name][at]}
                elif isinstance(group.get(key), h5py.Group):
                    visit(at, group[key])
                elif isinstance(group.get(key), h5py.Dataset):
                    value = group[key][()]
                    with np.errstate(over="ignore"):
                        digest = hashlib.sha256(np.asarray(value).astype("<f4").tobytes()).hexdigest()
                    entry["datasets"][at] = {
                        "type": np.asarray(value).dtype.name, "shape": list(np.shape(value)), "sha256": digest[:16]}

        visit("", f)
with open(os.path.join(FOLDER, "expected.json"), "w") as out:
    lines = (f"{json.dumps(n)}: {json.dumps(e, sort_keys=True, ensure_ascii=False)}" for n, e in sorted(expected.items()))
    out.write("{\n" + ",\n".join(lines) + "\n}\n")
print(f"{len(FILES)} files, {sum(os.path.getsize(os.path.join(FOLDER, n)) for n in os.listdir(FOLDER))} bytes")
