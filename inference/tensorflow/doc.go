// Package tensorflow runs PAT on TensorFlow's C library through tfgo. The graph is
// built in Go from the weights: no SavedModel and no Python take part.
//
// What is computed is the published model, arranged anew:
//
//   - The attention is folded (products): per head, the query and key kernels are
//     one matrix, the value and output kernels another, multiplied in float64.
//   - The first layer works in coordinates of its own (basis): a patch of 9 or 18
//     minutes and a table of slow waves have 64 dimensions, not 96.
//   - Scores are computed in blocks of queries, so that they stay near the cache,
//     and the queries of a layer are divided into lanes that wait for nothing of
//     each other.
//
// The engine has one session for each length of recordings, and as many threads as
// workers. Each operation has one thread. With several recordings at hand each
// thread is busy with one or another; a single one is shared out by its lanes. An
// operation sees the same numbers in the same order either way, so the result of a
// recording is the same, bit for bit, whatever the number of workers and its
// neighbours.
package tensorflow
