#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

// Where a function is called before libtensorflow_load: a fault of this program.
static void not_loaded(void) {
	static const char message[] = "TensorFlow was called before it was loaded\n";
	(void)!write(2, message, sizeof message - 1);
	abort();
}

// One pointer a function ...
#define X(name) __attribute__((visibility("hidden"))) void *libtensorflow_##name = (void *)not_loaded;
#include "functions.h"
#undef X

// ... and the function under its own name: a jump through the pointer. Arguments
// and result pass untouched, so no signature is needed.
#if defined(__x86_64__)
#define JUMP(name) "endbr64\n\tjmp *libtensorflow_" #name "(%rip)\n"
#elif defined(__aarch64__)
#define JUMP(name) \
	"adrp x16, libtensorflow_" #name "\n\tldr x16, [x16, :lo12:libtensorflow_" #name "]\n\tbr x16\n"
#else
#error "TensorFlow is published for x86-64 and arm64 only"
#endif

#define X(name)                                        \
	__asm__(".text\n.globl " #name "\n.type " #name ", %function\n" \
	        #name ":\n\t" JUMP(name) ".size " #name ", .-" #name "\n");
#include "functions.h"
#undef X

// release gives back the pages of one of TensorFlow's libraries that no one can
// have written to. What is used again is mapped again from the system's cache.
static int release(struct dl_phdr_info *info, size_t size, void *data) {
	(void)size, (void)data;
	if (strstr(info->dlpi_name, "libtensorflow") == NULL) {
		return 0;
	}
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W) != 0) {
			continue;
		}
		uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
		uintptr_t start = (info->dlpi_addr + segment->p_vaddr + page - 1) / page * page;
		uintptr_t end = (info->dlpi_addr + segment->p_vaddr + segment->p_memsz) / page * page;
		if (start < end) {
			(void)!madvise((void *)start, end - start, MADV_DONTNEED); // a hint: failing costs memory alone
		}
	}
	return 0;
}

void libtensorflow_release(void) { dl_iterate_phdr(release, NULL); }

static atomic_bool loading;

// mapped returns how many bytes of files this process has in memory, 0 where the
// system does not tell.
static long mapped(void) {
	long shared = 0;
	FILE *statm = fopen("/proc/self/statm", "re");
	if (statm != NULL) {
		if (fscanf(statm, "%*d %*d %ld", &shared) != 1) {
			shared = 0;
		}
		fclose(statm);
	}
	return shared * sysconf(_SC_PAGESIZE);
}

// sweep releases now and then while the library is being loaded: the loader reads
// all of its tables, and never again would the process be as large.
static void *sweep(void *unused) {
	const struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};
	while (atomic_load(&loading)) {
		nanosleep(&pause, NULL);
		if (mapped() > 100L << 20) {
			libtensorflow_release();
		}
	}
	return unused;
}

static void *open_library(const char *path) {
	pthread_t sweeper;
	atomic_store(&loading, true);
	if (pthread_create(&sweeper, NULL, sweep, NULL) == 0) {
		pthread_detach(sweeper); // it costs memory alone where there is none
	}
	// LOCAL keeps its symbols out of everybody's way, DEEPBIND theirs out of its own.
	// LAZY leaves 150,000 functions unresolved of which a few thousand are called.
	void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND);
	atomic_store(&loading, false);
	return library;
}

const char *libtensorflow_load(const char *path) {
	void *library = open_library(path);
	if (library == NULL) {
		// dlerror's text is the thread's, and the caller may go on in another.
		return strdup(dlerror());
	}
#define X(name)                                               \
	libtensorflow_##name = dlsym(library, #name);         \
	if (libtensorflow_##name == NULL) {                   \
		libtensorflow_##name = (void *)not_loaded;    \
		return "it has no function " #name;           \
	}
#include "functions.h"
#undef X
	return NULL;
}
