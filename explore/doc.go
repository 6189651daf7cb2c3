// Package explore looks at many people at once: the shapes of their average days, and
// embeddings: projection to a few dimensions, nearest
// neighbours, and how far two models agree about the same people. Rows are
// people, columns are dimensions. The functions are pure and deterministic.
package explore
