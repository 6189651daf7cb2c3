// Package tensorflow runs PAT on TensorFlow's C library through tfgo. The graph is
// built in Go from the weights: no SavedModel and no Python take part.
//
// The engine keeps one worker a core, each with sessions of one thread, and gives
// every worker one recording at a time. That is faster than one recording on all
// cores, since nothing is synchronised and a block of attention scores stays near
// the cache, and it makes the result of a recording independent, bit for bit, of
// the number of workers and of its neighbours.
package tensorflow
