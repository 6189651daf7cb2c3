package tensorflow

import "encoding/binary"

// config returns a serialised tensorflow.ConfigProto
// (tensorflow/core/protobuf/config.proto). A session has one thread, and that is
// the thread of the caller: a GPU needs no more, and on the CPU the workers share
// out the cores. On the CPU GPUs are hidden from it; on the GPU memory is taken as
// it is needed.
func config(gpu bool) []byte {
	const ( // field numbers
		deviceCount = 1 // map<string, int32>
		intraOp     = 2 // int32
		interOp     = 5 // int32
		gpuOptions  = 6 // message
		allowGrowth = 4 // bool, in gpuOptions
	)
	b := number(nil, intraOp, 1)
	b = number(b, interOp, -1) // "negative means all operations are performed in caller's thread"
	if gpu {
		return message(b, gpuOptions, number(nil, allowGrowth, 1))
	}
	noGPU := number(message(nil, 1, []byte("GPU")), 2, 0) // a map entry: key, value
	return message(b, deviceCount, noGPU)
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
