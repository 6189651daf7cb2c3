// Package fingerprint notices when weights answer otherwise than they once did: a
// changed engine, a broken device, a flipped bit in memory. At approval fixed
// inputs are embedded and the answers kept; later answers are compared with them
// before anything is embedded. docs/weights.md argues the tolerances.
package fingerprint
