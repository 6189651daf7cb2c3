package libtensorflow

/*
#cgo LDFLAGS: -ldl
#include <stdlib.h>
#include "load.h"
*/
import "C"

import (
	"fmt"
	"os"
	"unsafe"
)

// file is found along the program's run path.
const file = "libtensorflow_cc.so.2"

func open() error {
	path := C.CString(file)
	defer C.free(unsafe.Pointer(path))
	var problem *C.char
	load := func() { problem = C.libtensorflow_load(path) }
	if os.Getenv(logLevel) == "0" {
		load()
	} else if err := quietly(load); err != nil {
		return err
	}
	if problem != nil {
		return fmt.Errorf("loading TensorFlow's library %s: %s; run 'make deps' again", file, C.GoString(problem))
	}
	release()
	return nil
}

// release takes the library's pages off this process's memory: loading it reads
// 250 MB of tables that are not needed again.
func release() { C.libtensorflow_release() }
