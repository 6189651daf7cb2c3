"""How each peer runs PAT: functions of weights, threads and graph that return an
embed function, from float32 weeks (batch, minutes) to embeddings (batch, DIM).

Each imports its library when it is called, so a process holds one library."""

import os
from collections.abc import Callable

import numpy as np

from pat import DIM, EPS, MINUTES, Weights

Embed = Callable[[np.ndarray], np.ndarray]


def keras(w: Weights, threads: int, _variant: str) -> Embed:
    """Keras layers, called through a tf.function. Keras 2 and Keras 3 alike."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    layers = tf.keras.layers
    week = tf.keras.Input((MINUTES,))
    x = layers.Reshape((w.size.tokens, w.size.patch))(week)
    embed = layers.Dense(DIM)
    x = embed(x) + w.positions
    load = [(embed, [w.embed, w.embed_bias])]
    for b in w.blocks:
        attention = layers.MultiHeadAttention(w.size.heads, DIM)
        norm1, norm2 = layers.LayerNormalization(epsilon=EPS), layers.LayerNormalization(epsilon=EPS)
        ff1, ff2 = layers.Dense(b.ff1.shape[1], activation="relu"), layers.Dense(DIM)
        x = norm1(x + attention(x, x))
        x = norm2(x + ff2(ff1(x)))
        load += [
            (attention, _keras_attention(b, w.size.heads)),
            (norm1, [b.gamma1, b.beta1]),
            (ff1, [b.ff1, b.ff1b]),
            (ff2, [b.ff2, b.ff2b]),
            (norm2, [b.gamma2, b.beta2]),
        ]
    model = tf.keras.Model(week, layers.GlobalAveragePooling1D()(x))
    for layer, values in load:
        layer.set_weights(values)
    run = tf.function(lambda weeks: model(weeks, training=False), reduce_retracing=True)
    return lambda weeks: run(tf.constant(weeks)).numpy()


def _keras_attention(b, heads: int) -> list[np.ndarray]:
    parts = []
    for kernel, bias in ((b.q, b.qb), (b.k, b.kb), (b.v, b.vb)):
        parts += [kernel.reshape(DIM, heads, DIM), bias.reshape(heads, DIM)]
    return [*parts, b.o.reshape(heads, DIM, DIM), b.ob]


def torch(w: Weights, threads: int, _variant: str, compiled: bool = False, bfloat16: bool = False) -> Embed:
    """scaled_dot_product_attention, query, key and value in one product; eager or
    compiled with the weights frozen into the program."""
    import torch as th
    import torch._inductor.config as inductor

    from torch_pat import module

    th.set_num_threads(threads)
    th.set_grad_enabled(False)
    model = module(w)
    if compiled:
        inductor.freezing = True
        model = th.compile(model, dynamic=False)

    def embed(weeks: np.ndarray) -> np.ndarray:
        with th.no_grad(), th.autocast("cpu", th.bfloat16, enabled=bfloat16):
            return model(th.from_numpy(weeks)).float().numpy()

    return embed


def onnxruntime(w: Weights, threads: int, variant: str) -> Embed:
    """All graph optimisations on, one operator at a time."""
    import onnxruntime as ort

    from onnx_graph import model

    o = ort.SessionOptions()
    o.intra_op_num_threads, o.inter_op_num_threads = threads, 1
    o.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = ort.InferenceSession(model(w, variant), o, providers=["CPUExecutionProvider"])
    return lambda weeks: session.run(None, {"weeks": weeks})[0]


def openvino(w: Weights, threads: int, variant: str, bfloat16: bool = False) -> Embed:
    """Compiled for the batch: OpenVINO is slower with an open one."""
    import openvino as ov

    from onnx_graph import model

    core = ov.Core()
    config = {
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "bf16" if bfloat16 else "f32",
    }
    graph = model(w, variant)
    ready = {}

    def embed(weeks: np.ndarray) -> np.ndarray:
        batch = len(weeks)
        if batch not in ready:
            m = core.read_model(graph)
            m.reshape([batch, MINUTES])
            ready[batch] = core.compile_model(m, "CPU", config).create_infer_request()
        return ready[batch].infer([weeks])[0].copy()

    return embed


def jax(w: Weights, threads: int, _variant: str) -> Embed:
    """The whole graph as one XLA program with the weights inside."""
    os.environ["JAX_PLATFORMS"] = "cpu"
    if threads == 1:
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    import jax as jx

    from jax_pat import function

    run = jx.jit(function(w))
    return lambda weeks: np.asarray(run(weeks))
