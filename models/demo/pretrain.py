"""Pretrains PAT-S, PAT-M or PAT-L as a masked autoencoder on the sample recordings and writes demo weights.

    python pretrain.py train --size S          # one size; an interrupted run resumes from its checkpoint
    python pretrain.py report                  # loss.csv, loss.png and the checks of README.md, once all are trained

The weights show that the workbench works. They are not the published PAT weights and serve no research: see README.md.
"""
import argparse
import csv
import gzip
import os
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import h5py
import numpy as np
import tensorflow as tf

HERE = Path(__file__).resolve().parent
ASSETS = HERE.parents[1] / "assets"

WIDTH, HIDDEN, EPSILON, DROPOUT = 96, 256, 1e-6, 0.1
MASKED = 0.90
HELD_OUT = 5  # people kept out of training
HELD_OUT_MASKS = 4  # fixed masks per held-out person, the same in every epoch

# patch length, heads (encoder and decoder), encoder layers, weeks per step, peak learning rate, epochs
SIZES = {
    "S": dict(patch=18, heads=6, layers=1, batch=6, rate=1e-3, epochs=200),
    "M": dict(patch=18, heads=12, layers=2, batch=6, rate=1e-3, epochs=150),
    "L": dict(patch=9, heads=12, layers=4, batch=3, rate=3e-4, epochs=60),
}


# ---- data ----

def read_weeks(path):
    """The table ID, Date, MIN1..MIN1440 as ids and counts, one row of 10,080 minutes per person in the file's order of days."""
    people = {}
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", newline="") as f:
        rows = csv.reader(f)
        next(rows)
        for row in rows:
            people.setdefault(row[0], []).append(np.asarray(row[2:], np.float64))
    return list(people), np.stack([np.concatenate(days) for days in people.values()])


def standardise(counts):
    """Each minute-of-week column to mean 0 and population SD 1 over the people; a constant column keeps scale 1."""
    scale = counts.std(axis=0)
    scale[scale == 0] = 1
    z = (counts - counts.mean(axis=0)) / scale
    assert np.isfinite(z).all()
    return z.astype(np.float32)


def split(weeks, seed):
    order = np.random.default_rng([seed, 0]).permutation(len(weeks))
    return np.sort(order[HELD_OUT:]), np.sort(order[:HELD_OUT])


# ---- model ----

def block_shapes(prefix, heads):
    """The variables of one transformer block, in the order Keras lists them."""
    shapes = {}
    for name in "query", "key", "value":
        shapes[f"{prefix}_attention/{name}/kernel"] = (WIDTH, heads, WIDTH)
        shapes[f"{prefix}_attention/{name}/bias"] = (heads, WIDTH)
    shapes[f"{prefix}_attention/attention_output/kernel"] = (heads, WIDTH, WIDTH)
    shapes[f"{prefix}_attention/attention_output/bias"] = (WIDTH,)
    shapes |= {f"{prefix}_norm1/gamma": (WIDTH,), f"{prefix}_norm1/beta": (WIDTH,)}
    shapes |= {f"{prefix}_ff1/kernel": (WIDTH, HIDDEN), f"{prefix}_ff1/bias": (HIDDEN,)}
    shapes |= {f"{prefix}_ff2/kernel": (HIDDEN, WIDTH), f"{prefix}_ff2/bias": (WIDTH,)}
    shapes |= {f"{prefix}_norm2/gamma": (WIDTH,), f"{prefix}_norm2/beta": (WIDTH,)}
    return shapes


def initial_weights(size, seed):
    """Glorot uniform kernels with the fans Keras takes, zero biases, unit gammas, a small normal mask token."""
    heads, layers, patch = size["heads"], size["layers"], size["patch"]
    shapes = {"dense/kernel": (patch, WIDTH), "dense/bias": (WIDTH,)}
    for i in range(layers):
        shapes |= block_shapes(f"encoder_layer_{i + 1}", heads)
    shapes |= {"mask_token": (1, 1, WIDTH)}
    shapes |= block_shapes("decoder_layer_1", heads)
    shapes |= {"decoder_dense/kernel": (WIDTH, patch), "decoder_dense/bias": (patch,)}

    rng = np.random.default_rng([seed, 1])
    weights = {}
    for name, shape in shapes.items():
        if name == "mask_token":
            value = rng.normal(0, 0.05, shape)
        elif name.endswith("kernel"):
            limit = np.sqrt(6 / (np.prod(shape[:-2]) * (shape[-2] + shape[-1])))
            value = rng.uniform(-limit, limit, shape)
        else:
            value = np.full(shape, 1.0 if name.endswith("gamma") else 0.0)
        weights[name] = value.astype(np.float32)
    return weights


def positions(tokens):
    """Fixed sinusoids, all sines before all cosines, in float32 as TensorFlow computes them."""
    frequency = tf.exp(tf.range(0, WIDTH, 2, dtype=tf.float32) * (-tf.math.log(10000.0) / WIDTH))
    angle = tf.range(tokens, dtype=tf.float32)[:, None] * frequency
    return tf.concat([tf.sin(angle), tf.cos(angle)], axis=1)


def dense(w, name, x):
    return x @ w[name + "/kernel"] + w[name + "/bias"]


def layer_norm(w, name, x):
    mean, variance = tf.nn.moments(x, axes=[-1], keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + EPSILON) * w[name + "/gamma"] + w[name + "/beta"]


def attention(w, name, heads, x):
    """Multi-head attention with WIDTH units per head."""
    batch, tokens = tf.shape(x)[0], tf.shape(x)[1]

    def project(part):
        flat = x @ tf.reshape(w[f"{name}/{part}/kernel"], (WIDTH, heads * WIDTH))
        flat += tf.reshape(w[f"{name}/{part}/bias"], [-1])
        return tf.transpose(tf.reshape(flat, (batch, tokens, heads, WIDTH)), (0, 2, 1, 3))

    query = project("query") * (1 / np.sqrt(WIDTH))
    received = tf.nn.softmax(tf.matmul(query, project("key"), transpose_b=True))
    mixed = tf.reshape(tf.transpose(received @ project("value"), (0, 2, 1, 3)), (batch, tokens, heads * WIDTH))
    kernel = tf.reshape(w[f"{name}/attention_output/kernel"], (heads * WIDTH, WIDTH))
    return mixed @ kernel + w[f"{name}/attention_output/bias"]


def block(w, prefix, heads, x, drop):
    """One post-norm transformer block; drop is the dropout to apply, or the identity."""
    x = layer_norm(w, f"{prefix}_norm1", x + drop(attention(w, f"{prefix}_attention", heads, x)))
    hidden = tf.nn.relu(dense(w, f"{prefix}_ff1", x))
    return layer_norm(w, f"{prefix}_norm2", x + drop(dense(w, f"{prefix}_ff2", hidden)))


def embed_patches(w, size, weeks):
    tokens = weeks.shape[1] // size["patch"]
    return dense(w, "dense", tf.reshape(weeks, (-1, tokens, size["patch"]))) + positions(tokens)


def encode(w, size, x, drop):
    for i in range(size["layers"]):
        x = block(w, f"encoder_layer_{i + 1}", size["heads"], x, drop)
    return x


def identity(x):
    return x


def embedding(w, size, weeks):
    """What the workbench computes: the mean over tokens of the last block's output, nothing masked."""
    return tf.reduce_mean(encode(w, size, embed_patches(w, size, weeks), identity), axis=1)


def reconstruct(w, size, weeks, order, drop):
    """The weeks as rebuilt from a tenth of their tokens. order (weeks, tokens) permutes each week's tokens: the first tenth is seen."""
    x = embed_patches(w, size, weeks)
    tokens = order.shape[1]
    masked = round(MASKED * tokens)
    seen = encode(w, size, tf.gather(x, order[:, : tokens - masked], batch_dims=1), drop)
    hidden = tf.tile(w["mask_token"], (tf.shape(weeks)[0], masked, 1))
    back = tf.argsort(order, axis=1)  # the inverse permutation puts every token back in its own place
    x = tf.gather(tf.concat([seen, hidden], axis=1), back, batch_dims=1) + positions(tokens)
    x = block(w, "decoder_layer_1", size["heads"], x, drop)
    return tf.reshape(2 * tf.tanh(dense(w, "decoder_dense", x)), tf.shape(weeks))


def masked_minutes(size, order):
    """1 where a minute was hidden from the encoder."""
    tokens = order.shape[1]
    hidden = np.zeros(order.shape, np.float32)
    np.put_along_axis(hidden, order[:, tokens - round(MASKED * tokens):], 1, axis=1)
    return np.repeat(hidden, size["patch"], axis=1)


def random_orders(rng, weeks, tokens):
    return rng.permuted(np.tile(np.arange(tokens, dtype=np.int32), (weeks, 1)), axis=1)


# ---- training ----

def epoch_batches(weeks, size, seed, epoch):
    """Every training week once, each rolled by a whole number of days and with a mask of its own; the same for the same epoch."""
    rng = np.random.default_rng([seed, 2, epoch])
    shuffled = rng.permutation(len(weeks))
    days = rng.integers(0, 7, len(weeks))
    orders = random_orders(rng, len(weeks), weeks.shape[1] // size["patch"])
    for start in range(0, len(weeks), size["batch"]):
        chosen = shuffled[start : start + size["batch"]]
        rolled = [np.roll(weeks[i], 1440 * d) for i, d in zip(chosen, days[start:])]
        yield np.stack(rolled), orders[start : start + len(chosen)]


def learning_rate(size, epoch, epochs, warm=5):
    """A linear rise over the first epochs, then half a cosine down to a twentieth of the peak."""
    if epoch < warm:
        return size["rate"] * (epoch + 1) / warm
    done = (epoch - warm) / max(1, epochs - warm)
    return size["rate"] * (0.05 + 0.95 * (1 + np.cos(np.pi * done)) / 2)


def make_step(w, size, optimizer):
    names = list(w)

    @tf.function
    def step(weeks, order, seed):
        count = [0]

        def drop(x):
            count[0] += 1
            return tf.nn.experimental.stateless_dropout(x, DROPOUT, tf.stack([seed, count[0]]))

        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(weeks - reconstruct(w, size, weeks, order, drop)))
        gradients = tape.gradient(loss, [w[n] for n in names])
        optimizer.apply_gradients(zip(gradients, [w[n] for n in names]))
        return loss

    return step


def fixed_orders(weeks, size, seed, masks):
    rng = np.random.default_rng([seed, 3])
    return [random_orders(rng, len(weeks), weeks.shape[1] // size["patch"]) for _ in range(masks)]


def squared_error(size, weeks, orders, predict):
    """Over all minutes and over the masked ones: the mean of (weeks - predict(order))^2 over the given masks."""
    errors = [np.square(weeks - predict(order)) for order in orders]
    hidden = [np.average(e, weights=masked_minutes(size, order)) for e, order in zip(errors, orders)]
    return float(np.mean([e.mean() for e in errors])), float(np.mean(hidden))


def make_evaluate(size, weeks, orders):
    """A function from weights to their squared_error, without dropout."""
    run = tf.function(lambda w, order: reconstruct(w, size, weeks, order, identity))
    return lambda w: squared_error(size, weeks, orders, lambda order: run(w, order).numpy())


def save_checkpoint(path, epoch, w, best, optimizer, history):
    arrays = {f"now/{n}": v.numpy() for n, v in w.items()} | {f"best/{n}": v for n, v in best.items()}
    arrays |= {f"adam/{i}": v.numpy() for i, v in enumerate(optimizer.variables)}
    partial = path.with_suffix(".part.npz")
    np.savez(partial, epoch=epoch, history=np.array(history), **arrays)
    partial.replace(path)


def part(stored, prefix):
    return {k[len(prefix) + 1:]: stored[k] for k in stored.files if k.startswith(prefix + "/")}


def train(args):
    size = SIZES[args.size]
    epochs = args.epochs or size["epochs"]
    tf.config.threading.set_intra_op_parallelism_threads(args.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.keras.utils.set_random_seed(args.seed)
    tf.config.experimental.enable_op_determinism()

    weeks = standardise(read_weeks(args.data)[1])
    in_training, held_out = split(weeks, args.seed)
    evaluate = make_evaluate(size, weeks[held_out], fixed_orders(weeks[held_out], size, args.seed, HELD_OUT_MASKS))
    w = {n: tf.Variable(v) for n, v in initial_weights(size, args.seed).items()}
    optimizer = tf.keras.optimizers.Adam(size["rate"])
    optimizer.build(list(w.values()))
    first, history, best = 0, [], {n: v.numpy() for n, v in w.items()}

    args.checkpoints.mkdir(parents=True, exist_ok=True)
    checkpoint = args.checkpoints / f"PAT-{args.size}.npz"
    if checkpoint.exists():
        stored = np.load(checkpoint)
        first, history, best = int(stored["epoch"]), stored["history"].tolist(), part(stored, "best")
        for name, value in part(stored, "now").items():
            w[name].assign(value)
        for i, variable in enumerate(optimizer.variables):
            variable.assign(stored[f"adam/{i}"])

    step = make_step(w, size, optimizer)
    began = time.monotonic()
    for epoch in range(first, epochs):
        started = time.monotonic()
        optimizer.learning_rate.assign(learning_rate(size, epoch, epochs))
        losses = []
        for number, (batch, order) in enumerate(epoch_batches(weeks[in_training], size, args.seed, epoch)):
            losses.append(float(step(batch, order, tf.constant(epoch * 1000 + number))))
        loss, (held, held_masked) = float(np.mean(losses)), evaluate(w)
        if not history or held < min(row[2] for row in history):
            best = {n: v.numpy() for n, v in w.items()}
        history.append([epoch + 1, loss, held, held_masked, time.monotonic() - started])
        print("PAT-%s epoch %d: train %.4f, held out %.4f (masked %.4f), %.1f s" % (args.size, *history[-1]), flush=True)
        capped = args.minutes and time.monotonic() - began > 60 * args.minutes
        if (epoch + 1) % args.save_every == 0 or epoch + 1 == epochs or capped:
            save_checkpoint(checkpoint, epoch + 1, w, best, optimizer, history)
            write_weights(args.out / f"PAT-{args.size}_demo_weights.h5", best, size["layers"])
        if capped:
            break


# ---- the published layout ----

def write_weights(path, w, layers):
    """The encoder as Keras 2's save_weights lays it out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    encoder = {"inputs": "", "reshape": "", "dense": "dense/", "tf.__operators__.add": ""}
    encoder |= {f"encoder_layer_{i + 1}_transformer": f"encoder_layer_{i + 1}_" for i in range(layers)}
    partial, ascii = path.with_suffix(".part"), h5py.string_dtype("ascii")
    with h5py.File(partial, "w") as f:
        f.attrs.create("layer_names", list(encoder), dtype=ascii)
        f.attrs.create("backend", "tensorflow", dtype=ascii)
        f.attrs.create("keras_version", "2.15.0", dtype=ascii)
        for layer, prefix in encoder.items():
            group = f.create_group(layer)
            names = [n for n in w if prefix and n.startswith(prefix)]
            group.attrs.create("weight_names", [n + ":0" for n in names], dtype=ascii if names else float)
            for name in names:
                group[name + ":0"] = w[name]
        f.create_group("top_level_model_weights").attrs.create("weight_names", [], dtype=float)
    partial.replace(path)


# ---- report ----

def visible_mean(size, weeks, order):
    """A person's mean over the minutes that the encoder sees, as the prediction for all of them."""
    return np.average(weeks, axis=1, weights=1 - masked_minutes(size, order))[:, None]


def report(args):
    """Writes loss.csv and loss.png and prints the checks: reconstruction beside simple predictions, spread of the embeddings."""
    weeks = standardise(read_weeks(args.data)[1])
    held_out = weeks[split(weeks, args.seed)[1]]
    rows = []
    for name, size in SIZES.items():
        stored = np.load(args.checkpoints / f"PAT-{name}.npz")
        history, best = stored["history"], part(stored, "best")
        rows += [[name, int(e), *(f"{v:.6f}" for v in values), f"{s:.1f}"] for e, *values, s in history.tolist()]
        print(f"PAT-{name}: {len(history)} epochs, {history[:, 4].sum() / 60:.1f} min, best {int(history[history[:, 2].argmin(), 0])}")

        orders = fixed_orders(held_out, size, args.seed + 1, masks=20)  # masks that did not choose the best epoch
        evaluate = make_evaluate(size, held_out, orders)
        for what, error in {
            "trained": evaluate(best),
            "untrained": evaluate(initial_weights(size, args.seed)),
            "zero": squared_error(size, held_out, orders, lambda order: 0),
            "visible mean": squared_error(size, held_out, orders, lambda order: visible_mean(size, held_out, order)),
        }.items():
            print(f"  held-out MSE, {what}: masked minutes {error[1]:.4f}, all minutes {error[0]:.4f}")

        e = np.concatenate([embedding(best, size, weeks[i : i + 8]) for i in range(0, len(weeks), 8)])
        power = np.linalg.svd(e - e.mean(axis=0), compute_uv=False) ** 2
        apart = np.linalg.norm(e[:, None] - e[None], axis=2)[np.triu_indices(len(e), 1)]
        print(f"  embeddings of {len(e)}: SD per dimension {e.std(axis=0).min():.4f} to {e.std(axis=0).max():.4f}; "
              f"distance of two people {apart.min():.3f} to {apart.max():.3f}, median {np.median(apart):.3f}; "
              f"effective dimensions {power.sum() ** 2 / (power ** 2).sum():.2f}")
    with open(HERE / "loss.csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["model", "epoch", "train_mse", "held_out_mse", "held_out_masked_mse", "seconds"])
        out.writerows(rows)
    draw(rows)


def draw(rows):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(1, len(SIZES), figsize=(12, 3.6), sharey=True)
    for panel, name in zip(panels, SIZES):
        epoch, training, held = zip(*[(r[1], float(r[2]), float(r[3])) for r in rows if r[0] == name])
        panel.plot(epoch, training, label="42 people in training (dropout on)", lw=1)
        panel.plot(epoch, held, label=f"{HELD_OUT} held-out people", lw=1.5)
        panel.set(title=f"PAT-{name} demo", xlabel="epoch")
    panels[0].set_ylabel("mean squared error")
    panels[-1].legend()
    figure.tight_layout()
    figure.savefig(HERE / "loss.png", dpi=110, metadata={"Software": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["train", "report"])
    parser.add_argument("--size", choices=SIZES, default="S")
    parser.add_argument("--epochs", type=int, help="passes over the training weeks (default: the size's own)")
    parser.add_argument("--minutes", type=float, help="stop after the epoch that passes this many minutes")
    parser.add_argument("--data", type=Path, default=ASSETS / "sample" / "act.csv.gz")
    parser.add_argument("--out", type=Path, default=ASSETS / "demo", help="where the weights go")
    parser.add_argument("--checkpoints", type=Path, default=HERE / "checkpoints")
    parser.add_argument("--save-every", type=int, default=5, help="epochs between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20032006)
    args = parser.parse_args()
    train(args) if args.do == "train" else report(args)


if __name__ == "__main__":
    main()
