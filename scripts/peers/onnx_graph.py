"""PAT as an ONNX graph: the published one, the same with ONNX Runtime's own
attention operator, and Circascope's folded one."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from catalogue import BLOCKED, FOLDED, OPERATOR
from pat import DIM, EPS, MINUTES, Folded, Weights, fold

BLOCK_ROWS = 480


class Graph:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def ints(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def node(self, op: str, *inputs: str, **attributes) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], name=name, **attributes))
        return name

    def dense(self, x: str, kernel: np.ndarray, bias: np.ndarray) -> str:
        return self.node("Add", self.node("MatMul", x, self.constant(kernel)), self.constant(bias))

    def norm(self, x: str, gamma: np.ndarray, beta: np.ndarray) -> str:
        return self.node("LayerNormalization", x, self.constant(gamma), self.constant(beta), axis=-1, epsilon=EPS)


def model(w: Weights, kind: str) -> bytes:
    """The graph from (batch, minutes) to (batch, DIM), serialised."""
    g = Graph()
    x = g.node("Reshape", "weeks", g.ints(-1, w.size.tokens, w.size.patch))
    x = g.node("Add", g.dense(x, w.embed, w.embed_bias), g.constant(w.positions[None]))
    for b in w.blocks:
        if kind in (FOLDED, BLOCKED):
            attended = _folded(g, x, fold(b, w.size.heads), w.size.heads, w.size.tokens, kind == BLOCKED)
        else:
            attended = _published(g, x, b, w.size.heads, w.size.tokens, kind == OPERATOR)
        x = g.norm(g.node("Add", x, attended), b.gamma1, b.beta1)
        ff = g.dense(g.node("Relu", g.dense(x, b.ff1, b.ff1b)), b.ff2, b.ff2b)
        x = g.norm(g.node("Add", x, ff), b.gamma2, b.beta2)
    g.nodes.append(helper.make_node("ReduceMean", [x, g.ints(1)], ["embedding"], keepdims=0))
    return _serialised(g)


def _serialised(g: Graph) -> bytes:
    graph = helper.make_graph(
        g.nodes,
        "PAT",
        [helper.make_tensor_value_info("weeks", TensorProto.FLOAT, ["batch", MINUTES])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", DIM])],
        g.constants,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    made = helper.make_model(graph, opset_imports=opsets, ir_version=9)
    onnx.checker.check_model(made)
    return made.SerializeToString()


def _published(g: Graph, x: str, b, heads: int, tokens: int, operator: bool) -> str:
    q, k, v = g.dense(x, b.q, b.qb), g.dense(x, b.k, b.kb), g.dense(x, b.v, b.vb)
    if operator:
        context = g.node("MultiHeadAttention", q, k, v, domain="com.microsoft", num_heads=heads)
        return g.dense(context, b.o, b.ob)
    apart = g.ints(0, tokens, heads, DIM)

    def heads_of(t, perm):
        return g.node("Transpose", g.node("Reshape", t, apart), perm=perm)

    scores = g.node("MatMul", heads_of(q, [0, 2, 1, 3]), heads_of(k, [0, 2, 3, 1]))
    scores = g.node("Mul", scores, g.constant(np.float32(1 / np.sqrt(DIM))))
    context = g.node("MatMul", g.node("Softmax", scores, axis=-1), heads_of(v, [0, 2, 1, 3]))
    context = g.node("Reshape", g.node("Transpose", context, perm=[0, 2, 1, 3]), g.ints(0, tokens, heads * DIM))
    return g.dense(context, b.o, b.ob)


def _folded(g: Graph, x: str, f: Folded, heads: int, tokens: int, blocked: bool) -> str:
    rows = tokens * heads
    queries = g.node("Reshape", g.dense(x, f.query, f.query_bias), g.ints(0, rows, DIM))
    keys = g.node("Transpose", x, perm=[0, 2, 1])
    step = BLOCK_ROWS if blocked else rows
    contexts = []
    for start in range(0, rows, step):
        block = queries
        if blocked:
            block = g.node("Slice", queries, g.ints(start), g.ints(min(start + step, rows)), g.ints(1))
        scores = g.node("Softmax", g.node("MatMul", block, keys), axis=-1)
        contexts.append(g.node("MatMul", scores, x))
    context = g.node("Concat", *contexts, axis=1) if len(contexts) > 1 else contexts[0]
    return g.dense(g.node("Reshape", context, g.ints(0, tokens, heads * DIM)), f.output, f.bias)
