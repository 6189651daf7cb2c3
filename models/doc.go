// Package models knows the sizes of the Pretrained Actigraphy Transformer, reads
// and checks their weights files in a limited child process, and keeps the
// catalogue of those the user trusts. It knows nothing of TensorFlow.
package models
