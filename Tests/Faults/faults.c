/* A disk that fails, for the shipped program: cc -shared -fPIC -O2 -o faults.so faults.c -ldl, then LD_PRELOAD.
 *
 * Counts the calls that change files under FAULT_ROOT, in all threads of the process, and at number FAULT_AT does what
 * FAULT_KIND says:
 *
 *   kill    SIGKILL before the call does anything
 *   tear    the first half of a write, then SIGKILL; for other calls like kill
 *   short   writes half and says so, as a disk may: not an error
 *   ENOSPC  says that the disk is full, from this call on, to everything that needs space
 *   EIO     fails this one call
 *   dead    fails this call and all after it with EIO
 *
 * Counted are write, pwrite, writev, pwritev, fsync, fdatasync, rename, ftruncate, unlink, mkdir and making a file with
 * open; also pages given by fallocate. Not counted is what is written through a mapping: SQLite maps its WAL index (-shm),
 * which it makes anew from the log after a crash. Without FAULT_AT the calls are only counted. FAULT_LOG gets a line per
 * call: number, call, path. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum kind { NONE, KILL, TEAR, SHORT, FULL, ONCE, DEAD };

static char root[4096];
static size_t root_length;
static long at;
static enum kind kind;
static int log_file = -1;
static atomic_long count;

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("FAULT_ROOT"), *word = getenv("FAULT_KIND"), *number = getenv("FAULT_AT");
    const char *log = getenv("FAULT_LOG");
    if (folder && realpath(folder, root)) root_length = strlen(root);
    at = number ? atol(number) : 0;
    static const char *const words[] = {"none", "kill", "tear", "short", "ENOSPC", "EIO", "dead"};
    for (int each = KILL; word && each <= DEAD; each++)
        if (strcmp(word, words[each]) == 0) kind = each;
    if (log) log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static int is_inside(const char *path) {
    return root_length > 0 && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

/* The path of a descriptor; NULL when it is not under the root. */
static const char *path_of(int descriptor, char *buffer) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, buffer, 4095);
    if (length <= 0) return NULL;
    buffer[length] = 0;
    return is_inside(buffer) ? buffer : NULL;
}

/* A path as it was given, made absolute by its folder, which is there; NULL when it is not under the root. */
static const char *absolute(int folder, const char *path, char *buffer) {
    char parent[4096], resolved[4096];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (length >= sizeof parent - 1) return NULL;
    if (slash == NULL) strcpy(parent, ".");
    else if (length == 0) strcpy(parent, "/");
    else { memcpy(parent, path, length); parent[length] = 0; }
    if (folder != AT_FDCWD && path[0] != '/') {
        char base[4096];
        if (path_of(folder, base) == NULL) return NULL;
        snprintf(buffer, 4096, "%.2000s/%.2000s", base, path);
        return buffer;
    }
    int before = errno;
    char *found = realpath(parent, resolved);
    errno = before;
    if (found == NULL) return NULL;
    snprintf(buffer, 4096, "%.3000s/%.1000s", resolved, slash ? slash + 1 : path);
    return is_inside(buffer) ? buffer : NULL;
}

_Noreturn static void die(void) {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

enum verdict { GO, HALF_AND_DIE, HALF, FAIL };

/* What becomes of a call on a file under the root. `needs` is whether it takes space on the disk. */
static enum verdict judge(const char *call, const char *path, int needs) {
    long number = atomic_fetch_add(&count, 1) + 1;
    if (log_file >= 0) {
        char line[4300];
        int length = snprintf(line, sizeof line, "%ld %s %s\n", number, call, path + (path[root_length] ? root_length + 1 : root_length));
        syscall(SYS_write, log_file, line, (size_t)length);
    }
    if (at == 0 || number < at) return GO;
    if (number > at) {
        if (kind == FULL && needs) { errno = ENOSPC; return FAIL; }
        if (kind == DEAD) { errno = EIO; return FAIL; }
        return GO;
    }
    switch (kind) {
    case KILL: die();
    case TEAR: return HALF_AND_DIE;
    case SHORT: return HALF;
    /* The n-th call has the disk full whatever it is: a delayed allocation fails at the sync. */
    case FULL: errno = ENOSPC; return FAIL;
    case ONCE: case DEAD: errno = EIO; return FAIL;
    default: return GO;
    }
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Calls that write `size` bytes: `whole` does all, `half` the first half. */
#define WRITING(call, descriptor, size, whole, half)                            \
    char buffer[4096];                                                          \
    const char *path = path_of(descriptor, buffer);                             \
    if (path == NULL) return whole;                                             \
    switch (judge(call, path, 1)) {                                             \
    case GO: return whole;                                                      \
    case HALF_AND_DIE: (void)!(half); die();                                    \
    case HALF: return (size) > 1 ? (half) : (whole);                            \
    case FAIL: return -1;                                                       \
    }                                                                           \
    return -1;

/* Other calls: all or nothing. */
#define CHANGING(call, path, needs, whole)                                      \
    switch (path == NULL ? GO : judge(call, path, needs)) {                     \
    case HALF_AND_DIE: die();                                                   \
    case FAIL: return -1;                                                       \
    default: return whole;                                                      \
    }

ssize_t write(int fd, const void *bytes, size_t size) {
    WRITING("write", fd, size, syscall(SYS_write, fd, bytes, size), syscall(SYS_write, fd, bytes, size / 2))
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
    WRITING("pwrite", fd, size, syscall(SYS_pwrite64, fd, bytes, size, offset),
            syscall(SYS_pwrite64, fd, bytes, size / 2, offset))
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) { return pwrite64(fd, bytes, size, offset); }
/* Of vectors the first half is the first buffer. */
ssize_t writev(int fd, const struct iovec *parts, int many) {
    WRITING("writev", fd, many, syscall(SYS_writev, fd, parts, many), syscall(SYS_writev, fd, parts, 1))
}
ssize_t pwritev64(int fd, const struct iovec *parts, int many, off64_t offset) {
    WRITING("pwritev", fd, many, REAL(pwritev64)(fd, parts, many, offset), REAL(pwritev64)(fd, parts, 1, offset))
}
ssize_t pwritev(int fd, const struct iovec *parts, int many, off_t offset) { return pwritev64(fd, parts, many, offset); }

int fsync(int fd) {
    char buffer[4096];
    const char *path = path_of(fd, buffer);
    CHANGING("fsync", path, 0, (int)syscall(SYS_fsync, fd))
}
int fdatasync(int fd) {
    char buffer[4096];
    const char *path = path_of(fd, buffer);
    CHANGING("fdatasync", path, 0, (int)syscall(SYS_fdatasync, fd))
}
int ftruncate64(int fd, off64_t size) {
    char buffer[4096];
    const char *path = path_of(fd, buffer);
    CHANGING("ftruncate", path, 0, (int)syscall(SYS_ftruncate, fd, size))
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int rename(const char *from, const char *to) {
    char buffer[4096];
    const char *path = absolute(AT_FDCWD, to, buffer);
    CHANGING("rename", path, 0, (int)syscall(SYS_rename, from, to))
}
int unlink(const char *name) {
    char buffer[4096];
    const char *path = absolute(AT_FDCWD, name, buffer);
    CHANGING("unlink", path, 0, (int)syscall(SYS_unlink, name))
}
int mkdir(const char *name, mode_t mode) {
    char buffer[4096];
    const char *path = absolute(AT_FDCWD, name, buffer);
    CHANGING("mkdir", path, 1, (int)syscall(SYS_mkdir, name, mode))
}
static int allocate(int fd, int mode, off64_t offset, off64_t size) {
    char buffer[4096];
    const char *path = path_of(fd, buffer);
    CHANGING("fallocate", path, 1, (int)syscall(SYS_fallocate, fd, mode, offset, size))
}
int fallocate64(int fd, int mode, off64_t offset, off64_t size) { return allocate(fd, mode, offset, size); }
int fallocate(int fd, int mode, off_t offset, off_t size) { return allocate(fd, mode, offset, size); }
int posix_fallocate64(int fd, off64_t offset, off64_t size) { return allocate(fd, 0, offset, size) == 0 ? 0 : errno; }
int posix_fallocate(int fd, off_t offset, off_t size) { return allocate(fd, 0, offset, size) == 0 ? 0 : errno; }

static int opening(int folder, const char *name, int flags, mode_t mode) {
    char buffer[4096];
    const char *path = NULL;
    /* Opening what is there changes nothing. */
    if ((flags & O_CREAT) && syscall(SYS_faccessat, folder, name, F_OK) != 0) path = absolute(folder, name, buffer);
    CHANGING("create", path, 1, (int)syscall(SYS_openat, folder, name, flags, mode))
}
#define MODE(flags, last)                                                       \
    mode_t mode = 0;                                                            \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                      \
        va_list rest;                                                           \
        va_start(rest, last);                                                   \
        mode = va_arg(rest, mode_t);                                            \
        va_end(rest);                                                           \
    }
int open(const char *name, int flags, ...) { MODE(flags, flags) return opening(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags, flags) return opening(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags, flags) return opening(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags, flags) return opening(folder, name, flags, mode); }

/* A clock that jumps back by FAULT_CLOCK seconds when change number FAULT_AT is made. */
static void jump(time_t *seconds) {
    const char *back = getenv("FAULT_CLOCK");
    if (back && atomic_load(&count) >= at) *seconds -= atol(back);
}
int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) jump(&now->tv_sec);
    return result;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int result = (int)syscall(SYS_gettimeofday, now, zone);
    if (result == 0 && now) jump(&now->tv_sec);
    return result;
}
