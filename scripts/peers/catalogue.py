"""The peers by name. Standard library only: the driver reads this."""

from dataclasses import dataclass, field

PUBLISHED = "published graph"
OPERATOR = "published graph, MultiHeadAttention operator"
FOLDED = "folded graph"
BLOCKED = "folded graph, blocks of 480 rows"


@dataclass(frozen=True)
class Peer:
    """A way to run PAT."""

    name: str
    builder: str  # a function of builders.py
    packages: tuple[str, ...]  # whose versions are recorded
    environment: str = "main"  # the Python environment that has them
    options: dict = field(default_factory=dict)  # for the builder
    variants: tuple[str, ...] = (PUBLISHED,)  # graphs that the sweep tries
    precision: str = "float32"
    pin: bool = False  # bind a one-thread process to a core: its threads can't be set otherwise
    batches: tuple[int, ...] = ()  # where not all are tried


_FEWER = (1, 4, 8)
_BF16 = {"options": {"bfloat16": True}, "precision": "bfloat16", "batches": _FEWER}

PEERS = {
    "keras2": Peer("Keras 2", "keras", ("tensorflow-cpu", "keras"), environment="keras2"),
    "keras3": Peer("Keras 3", "keras", ("tensorflow-cpu", "keras")),
    "torch": Peer("PyTorch, SDPA", "torch", ("torch",)),
    # It makes a program for every batch, which takes it half a minute.
    "torch-compile": Peer("PyTorch, torch.compile", "torch", ("torch",), options={"compiled": True}, batches=_FEWER),
    "onnxruntime": Peer("ONNX Runtime", "onnxruntime", ("onnxruntime",), variants=(PUBLISHED, OPERATOR)),
    "onnxruntime-folded": Peer("ONNX Runtime, our folded graph", "onnxruntime", ("onnxruntime",), variants=(FOLDED, BLOCKED)),
    "openvino": Peer("OpenVINO", "openvino", ("openvino",)),
    "jax": Peer("JAX", "jax", ("jax", "jaxlib"), pin=True),
    "torch-bf16": Peer("PyTorch, SDPA, bfloat16", "torch", ("torch",), **_BF16),
    "openvino-bf16": Peer("OpenVINO, bfloat16", "openvino", ("openvino",), **_BF16),
}
