package app

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

type digest struct{ hash.Hash }

func newHash() digest { return digest{sha256.New()} }

func (d digest) hex() string { return hex.EncodeToString(d.Sum(nil)) }
