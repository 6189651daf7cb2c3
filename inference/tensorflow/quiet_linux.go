package tensorflow

// TensorFlow logs to standard error from its static initialisers, which run
// before any code of the program, whatever TF_CPP_MIN_LOG_LEVEL says: neither
// os.Setenv nor a C constructor is early enough. What is early enough is getenv:
// the initialisers call it first, and the dynamic linker takes the program's own
// before libc's. This one answers as libc's does, apart from one default: where
// the user has set no TF_CPP_MIN_LOG_LEVEL it is "3", fatal errors only (the
// others come back as errors). At its first call it hands that level to the
// logging library inside TensorFlow. That library's function carries its version
// in its name: under another TensorFlow the weak symbol is nil, one line more is
// logged, and TestTensorFlowIsQuiet says so.

/*
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

// absl::lts_20250814::SetMinLogLevel(absl::LogSeverityAtLeast)
extern void _ZN4absl12lts_2025081414SetMinLogLevelENS0_18LogSeverityAtLeastE(int) __attribute__((weak));

static const char *const levelName = "TF_CPP_MIN_LOG_LEVEL";
static char defaultLevel[] = "3";

static void quieten(void) {
	static int done;
	if (done || &_ZN4absl12lts_2025081414SetMinLogLevelENS0_18LogSeverityAtLeastE == NULL) {
		return;
	}
	done = 1;
	char *level = secure_getenv(levelName);
	_ZN4absl12lts_2025081414SetMinLogLevelENS0_18LogSeverityAtLeastE(atoi(level ? level : defaultLevel));
}

__attribute__((visibility("default"))) char *getenv(const char *name) {
	quieten();
	char *value = secure_getenv(name);
	return value == NULL && strcmp(name, levelName) == 0 ? defaultLevel : value;
}
*/
import "C"
