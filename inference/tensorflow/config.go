package tensorflow

import "encoding/binary"

// config returns a serialised tensorflow.ConfigProto
// (tensorflow/core/protobuf/config.proto). On the CPU a session has one thread,
// and that is the thread of the caller; GPUs are hidden from it. On the GPU
// threads are TensorFlow's choice and memory is taken as it is needed.
func config(gpu bool) []byte {
	const (
		deviceCount = 1<<3 | 2 // map<string, int32>
		intraOp     = 2<<3 | 0 // int32
		interOp     = 5<<3 | 0 // int32
		gpuOptions  = 6<<3 | 2 // message
		allowGrowth = 4<<3 | 0 // bool, in gpuOptions
	)
	if gpu {
		return []byte{gpuOptions, 2, allowGrowth, 1}
	}
	noGPU := []byte{1<<3 | 2, 3, 'G', 'P', 'U', 2<<3 | 0, 0}
	b := append([]byte{deviceCount, byte(len(noGPU))}, noGPU...)
	b = append(b, intraOp, 1)
	b = append(b, interOp)
	callersThread := int64(-1) // "negative means all operations are performed in caller's thread"
	return binary.AppendUvarint(b, uint64(callersThread))
}
