"""PAT as a PyTorch module."""

import numpy as np
import torch
import torch.nn.functional as F

from pat import DIM, EPS, Block, Weights


def _weight(m: np.ndarray) -> torch.nn.Parameter:
    """PyTorch keeps kernels as (out, in)."""
    return torch.nn.Parameter(torch.from_numpy(np.ascontiguousarray(m.T)), requires_grad=False)


class Layer(torch.nn.Module):
    """One encoder layer."""

    def __init__(self, b: Block, heads: int):
        super().__init__()
        self.heads = heads
        self.qkv, self.qkv_bias = _weight(np.hstack([b.q, b.k, b.v])), _weight(np.hstack([b.qb, b.kb, b.vb]))
        self.o, self.ob = _weight(b.o), _weight(b.ob)
        self.ff1, self.ff1b, self.ff2, self.ff2b = (_weight(m) for m in (b.ff1, b.ff1b, b.ff2, b.ff2b))
        self.gamma1, self.beta1, self.gamma2, self.beta2 = (_weight(m) for m in (b.gamma1, b.beta1, b.gamma2, b.beta2))

    def forward(self, x):
        n, tokens, _ = x.shape
        qkv = F.linear(x, self.qkv, self.qkv_bias).view(n, tokens, 3, self.heads, DIM)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        context = F.scaled_dot_product_attention(q, k, v)
        context = context.transpose(1, 2).reshape(n, tokens, -1)
        x = F.layer_norm(x + F.linear(context, self.o, self.ob), (DIM,), self.gamma1, self.beta1, EPS)
        ff = F.linear(F.relu(F.linear(x, self.ff1, self.ff1b)), self.ff2, self.ff2b)
        return F.layer_norm(x + ff, (DIM,), self.gamma2, self.beta2, EPS)


class Encoder(torch.nn.Module):
    """From (batch, minutes) to (batch, DIM)."""

    def __init__(self, w: Weights):
        super().__init__()
        self.tokens, self.patch = w.size.tokens, w.size.patch
        self.embed, self.embed_bias = _weight(w.embed), _weight(w.embed_bias)
        self.positions = torch.nn.Parameter(torch.from_numpy(w.positions), requires_grad=False)
        self.layers = torch.nn.ModuleList(Layer(b, w.size.heads) for b in w.blocks)

    def forward(self, weeks):
        x = F.linear(weeks.view(-1, self.tokens, self.patch), self.embed, self.embed_bias) + self.positions
        for layer in self.layers:
            x = layer(x)
        return x.mean(1)


def module(w: Weights) -> torch.nn.Module:
    return Encoder(w).eval()
