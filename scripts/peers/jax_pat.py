"""PAT as a JAX function."""

import jax
import jax.numpy as jnp

from pat import DIM, EPS, Block, Weights


def _norm(x, gamma, beta):
    mean = x.mean(-1, keepdims=True)
    variance = jnp.square(x - mean).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(variance + EPS) * gamma + beta


def _layer(x, b: Block, heads: int):
    n, tokens, _ = x.shape

    def part(kernel, bias):
        return (x @ kernel + bias).reshape(n, tokens, heads, DIM)

    context = jax.nn.dot_product_attention(part(b.q, b.qb), part(b.k, b.kb), part(b.v, b.vb))
    x = _norm(x + context.reshape(n, tokens, -1) @ b.o + b.ob, b.gamma1, b.beta1)
    ff = jax.nn.relu(x @ b.ff1 + b.ff1b) @ b.ff2 + b.ff2b
    return _norm(x + ff, b.gamma2, b.beta2)


def function(w: Weights):
    """The encoder from (batch, minutes) to (batch, DIM)."""

    def embed(weeks):
        x = weeks.reshape(-1, w.size.tokens, w.size.patch) @ w.embed + w.embed_bias + w.positions
        for b in w.blocks:
            x = _layer(x, b, w.size.heads)
        return x.mean(1)

    return embed
