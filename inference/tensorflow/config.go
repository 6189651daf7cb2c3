package tensorflow

import (
	"encoding/binary"
	"fmt"
)

// What follows are serialised tensorflow.ConfigProto
// (tensorflow/core/protobuf/config.proto). An operation has one thread: several
// would have to wait for each other, and would sum in another order.
//
// Field numbers, all of ConfigProto but where said.
const (
	deviceCount   = 1 // map<string, int32>
	intraOp       = 2 // int32
	interOp       = 5 // int32
	gpuOptions    = 6 // message
	graphOptions  = 10
	interOpPool   = 12 // message, repeated
	allowGrowth   = 4  // bool, in gpuOptions
	optimizer     = 3  // message, in graphOptions
	rewriter      = 10 // message, in graphOptions
	optLevel      = 3  // enum, in optimizer: -1 is no optimisation
	noRewriting   = 19 // bool, in rewriter
	poolThreads   = 1  // int32, in interOpPool
	poolName      = 2  // string, in interOpPool
	callersThread = -1 // interOp: "negative means all operations are performed in caller's thread"
)

// config is for a session that computes in the thread of the caller. On the CPU
// GPUs are hidden from it; on the GPU memory is taken as it is needed.
func config(gpu bool) []byte {
	b := number(number(nil, intraOp, 1), interOp, callersThread)
	if gpu {
		return message(b, gpuOptions, number(nil, allowGrowth, 1))
	}
	return onCPU(b)
}

// poolConfig is for a session on the CPU whose operations are shared out to so
// many threads. Sessions with as many threads share them.
func poolConfig(threads int) []byte {
	pool := number(nil, poolThreads, int64(threads))
	pool = message(pool, poolName, fmt.Appendf(nil, "circascope %d", threads))
	return onCPU(message(number(nil, intraOp, 1), interOpPool, pool))
}

// onCPU hides GPUs and turns TensorFlow's graph optimisers off: they find nothing
// to gain in graphs that are made for one shape, take a third of a second for the
// large model, and each session that they worked for takes more memory.
func onCPU(b []byte) []byte {
	b = message(b, deviceCount, number(message(nil, 1, []byte("GPU")), 2, 0)) // a map entry: key, value
	graph := message(nil, optimizer, number(nil, optLevel, -1))
	return message(b, graphOptions, message(graph, rewriter, number(nil, noRewriting, 1)))
}

// number appends an integer field in the protocol buffers' wire format.
func number(b []byte, field, value int64) []byte {
	b = binary.AppendUvarint(b, uint64(field<<3))
	return binary.AppendUvarint(b, uint64(value))
}

// message appends a field of bytes.
func message(b []byte, field int64, content []byte) []byte {
	b = binary.AppendUvarint(b, uint64(field<<3|2))
	b = binary.AppendUvarint(b, uint64(len(content)))
	return append(b, content...)
}
