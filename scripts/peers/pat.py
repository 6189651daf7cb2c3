"""PAT's sizes, its weights as published, and the same weights folded.

Everything here is plain NumPy. Each peer builds the published graph from what
read() returns; fold() makes the matrices of Circascope's own graph."""

from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np

DIM = 96  # width of a token, and size of a key
FF = 256  # width of the feed-forward layer
EPS = 1e-6  # of the layer normalisations
MINUTES = 10080  # in a week


@dataclass(frozen=True)
class Size:
    """One size of PAT (arXiv 2411.15240)."""

    name: str
    patch: int
    heads: int
    layers: int

    @property
    def tokens(self) -> int:
        return MINUTES // self.patch


SIZES = {s.name: s for s in (Size("S", 18, 6, 1), Size("M", 18, 12, 2), Size("L", 9, 12, 4))}


@dataclass
class Block:
    """Weights of one encoder layer. Kernels are (in, out); heads lie side by side
    in the columns of q, k and v and in the rows of o."""

    q: np.ndarray
    qb: np.ndarray
    k: np.ndarray
    kb: np.ndarray
    v: np.ndarray
    vb: np.ndarray
    o: np.ndarray
    ob: np.ndarray
    gamma1: np.ndarray
    beta1: np.ndarray
    ff1: np.ndarray
    ff1b: np.ndarray
    ff2: np.ndarray
    ff2b: np.ndarray
    gamma2: np.ndarray
    beta2: np.ndarray


@dataclass
class Weights:
    """An encoder: patch embedding, position table (tokens, DIM), layers."""

    size: Size
    embed: np.ndarray
    embed_bias: np.ndarray
    positions: np.ndarray
    blocks: list[Block]


def read(path: Path, size: Size, frequencies: np.ndarray) -> Weights:
    """Reads a file in the published layout. frequencies are the 48 of the position
    table as TensorFlow computes them."""
    with h5py.File(path) as f:
        embed = f["dense/dense"]
        return Weights(
            size,
            embed["kernel:0"][()],
            embed["bias:0"][()],
            positions(size.tokens, frequencies),
            [_block(f, i + 1) for i in range(size.layers)],
        )


def _block(f: h5py.File, i: int) -> Block:
    layer = f[f"encoder_layer_{i}_transformer"]
    name = f"encoder_layer_{i}"

    def projection(part):
        p = layer[f"{name}_attention/{part}"]
        return p["kernel:0"][()].reshape(DIM, -1), p["bias:0"][()].reshape(-1)

    def pair(part, first, second):
        p = layer[f"{name}_{part}"]
        return p[first + ":0"][()], p[second + ":0"][()]

    out = layer[f"{name}_attention/attention_output"]
    return Block(
        *projection("query"),
        *projection("key"),
        *projection("value"),
        out["kernel:0"][()].reshape(-1, DIM),
        out["bias:0"][()],
        *pair("norm1", "gamma", "beta"),
        *pair("ff1", "kernel", "bias"),
        *pair("ff2", "kernel", "bias"),
        *pair("norm2", "gamma", "beta"),
    )


def positions(tokens: int, frequencies: np.ndarray) -> np.ndarray:
    """Fixed sinusoids (tokens, DIM): 48 columns of sines, then 48 of cosines."""
    angles = np.arange(tokens, dtype=np.float32)[:, None] * frequencies.astype(np.float32).reshape(1, -1)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


@dataclass
class Folded:
    """One layer's attention with the kernels multiplied beforehand: keys and values
    of every head are the layer's input itself."""

    query: np.ndarray  # (DIM, heads*DIM), scaled by 1/sqrt(DIM)
    query_bias: np.ndarray
    output: np.ndarray  # (heads*DIM, DIM)
    bias: np.ndarray


def fold(b: Block, heads: int) -> Folded:
    """Multiplies in float64 and rounds once, as the product does."""
    q, k, v = (m.astype(np.float64).reshape(DIM, heads, DIM) for m in (b.q, b.k, b.v))
    qb, vb = (m.astype(np.float64).reshape(heads, DIM) for m in (b.qb, b.vb))
    o = b.o.astype(np.float64).reshape(heads, DIM, DIM)
    scale = 1 / np.sqrt(DIM)
    query = np.einsum("ihd,jhd->ihj", q, k) * scale
    query_bias = np.einsum("hd,jhd->hj", qb, k) * scale
    output = np.einsum("jhd,hdo->hjo", v, o)
    bias = b.ob + np.einsum("hd,hdo->o", vb, o)
    return Folded(
        query.reshape(DIM, -1).astype(np.float32),
        query_bias.reshape(-1).astype(np.float32),
        output.reshape(-1, DIM).astype(np.float32),
        bias.astype(np.float32),
    )
