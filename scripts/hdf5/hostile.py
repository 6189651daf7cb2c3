"""Makes small files of PAT-S's shape, each hostile in one way, for the tests of models.
All numbers but those of the first part are never written, which takes no room.
Usage: hostile.py FOLDER"""

import os
import sys
import zlib

import h5py
import numpy as np

FOLDER = sys.argv[1]
FIRST = "dense/dense/kernel:0"
LAYER = "encoder_layer_1_transformer/encoder_layer_1_"
PARTS = {
    "dense/dense/bias:0": (96,),
    LAYER + "attention/attention_output/kernel:0": (6, 96, 96), LAYER + "attention/attention_output/bias:0": (96,),
    LAYER + "norm1/gamma:0": (96,), LAYER + "norm1/beta:0": (96,), LAYER + "norm2/gamma:0": (96,), LAYER + "norm2/beta:0": (96,),
    LAYER + "ff1/kernel:0": (96, 256), LAYER + "ff1/bias:0": (256,), LAYER + "ff2/kernel:0": (256, 96), LAYER + "ff2/bias:0": (96,),
} | {f"{LAYER}attention/{n}/kernel:0": (96, 6, 96) for n in ("query", "key", "value")} | {f"{LAYER}attention/{n}/bias:0": (6, 96) for n in ("query", "key", "value")}


def hostile(first):
    """Makes the file that is named after the function that adds the first part."""
    with h5py.File(os.path.join(FOLDER, first.__name__ + ".h5"), "w", libver="latest") as f:
        for path, shape in PARTS.items():
            f.create_dataset(path, shape=shape, dtype="<f4")
        first(f)


def packed(f, content):
    d = f.create_dataset(FIRST, shape=(18, 96), dtype="<f4", chunks=(18, 96), compression="gzip")
    d.id.write_direct_chunk((0, 0), zlib.compress(content, 9))


@hostile
def bomb(f):
    packed(f, bytes(4 << 20))


@hostile
def bomb_of_chunks(f):
    d = f.create_dataset(FIRST, shape=(18, 96), maxshape=(None, None), dtype="<f4", chunks=(1 << 13, 1 << 13), compression="gzip")
    d.id.write_direct_chunk((0, 0), zlib.compress(bytes(1 << 20), 9))


@hostile
def external_link(f):
    f[FIRST] = h5py.ExternalLink("other.h5", "/a")


@hostile
def soft_link(f):
    f[FIRST] = h5py.SoftLink("/dense/dense/bias:0")


@hostile
def external_storage(f):
    f.create_dataset(FIRST, shape=(18, 96), dtype="<f4", external="other.raw")


@hostile
def virtual(f):
    layout = h5py.VirtualLayout(shape=(18, 96), dtype="<f4")
    layout[:] = h5py.VirtualSource("other.h5", "a", shape=(18, 96))
    f.create_virtual_dataset(FIRST, layout)


@hostile
def cycle(f):
    f.create_dataset(FIRST, data=np.zeros((18, 96), "<f4"))
    f["dense/dense/again"] = f["dense"]


@hostile
def absurd_shape(f):
    f.create_dataset(FIRST, shape=(1 << 40, 1 << 20), dtype="<f4", chunks=(1, 1))


@hostile
def absurd_product(f):
    f.create_dataset(FIRST, shape=(1 << 20, 1 << 20), dtype="<f4", chunks=(1, 1))


@hostile
def other_filter(f):
    f.create_dataset(FIRST, data=np.zeros((18, 96), "<f4"), compression="lzf")


@hostile
def never_written(f):
    f.create_dataset(FIRST, shape=(18, 96), dtype="<f4", fillvalue=1)
