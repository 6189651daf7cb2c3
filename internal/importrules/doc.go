// Package importrules holds the test that keeps packages apart: who may import
// whom is the table of docs/architecture.md, and this is where it is enforced.
package importrules
