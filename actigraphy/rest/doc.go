// Package rest is what people change of the rest periods of a recording: from when to
// when somebody was in bed. Changes lie beside the data as a layer and never replace
// what a diary or an algorithm gave.
package rest
