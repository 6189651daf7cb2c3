// Package explore looks at embeddings: projection to a few dimensions, nearest
// neighbours, and how far two models agree about the same people. Rows are
// people, columns are dimensions. The functions are pure and deterministic.
package explore
