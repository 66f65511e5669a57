/* Stands between a program and the disk: writes down what it asks of the files under one folder,
 * answers with a fault at a chosen call, or kills the program there.
 *
 * Loaded with LD_PRELOAD; told what to do through the torment_ functions at the end (see shim.py).
 * SQLCipher and Python both call the C library by name, so both come by here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { OPEN = 1, WRITE = 2, TRUNCATE = 4, SYNC = 8, NAME = 16 };
enum { SAY_OPEN = 1, SAY_WRITE, SAY_TRUNCATE, SAY_SYNC, SAY_RENAME, SAY_UNLINK, SAY_LINK,
       SAY_MKDIR, SAY_RMDIR, SAY_MARK };
enum { MADE = 1, EMPTIED = 2 };
enum { KILL_BEFORE = 1, KILL_AFTER = 2, KILL_HALFWAY = 3 };
#define MOST_FILES 4096

struct record { uint32_t what, flags, path, other; uint64_t file, offset, length; };

static pthread_mutex_t one_at_a_time = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char root[4096];
static size_t root_length;
static unsigned char watched[MOST_FILES];   /* 1: watched, 2: not written down (shared memory) */
static int trace = -1;
static int mask, fault, for_ever, is_short;
static long nth, seen, struck;
static int kill_mask, kill_how;
static long kill_nth, kill_seen;

#define REAL(name) static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int is_under(const char *path) {
    return root_length && path && !strncmp(path, root, root_length)
        && (path[root_length] == '/' || path[root_length] == 0);
}

static int is_shared_memory(const char *path) {
    size_t length = strlen(path);
    return length > 4 && !strcmp(path + length - 4, "-shm");
}

static const char *full(int folder, const char *path, char *room) {
    char link[64];
    if (!path || path[0] == '/' || folder == AT_FDCWD) return path;
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, room, 2000);
    if (length < 0) return path;
    snprintf(room + length, 2000, "/%s", path);
    return room;
}

static ssize_t plain_write(int file, const void *bytes, size_t length) {
    REAL(write);
    return real(file, bytes, length);
}

static void say(int what, int flags, uint64_t file, uint64_t offset, const char *path,
                const char *other, const void *bytes, uint64_t length) {
    if (trace < 0) return;
    const char *from = path ? path : "", *to = other ? other : "";
    struct record record = {what, flags, strlen(from), strlen(to), file, offset, length};
    plain_write(trace, &record, sizeof record);
    if (record.path) plain_write(trace, from, record.path);
    if (record.other) plain_write(trace, to, record.other);
    if (bytes && length) plain_write(trace, bytes, length);
}

static uint64_t number_of(int file) {
    struct stat status;
    return fstat(file, &status) ? 0 : (uint64_t)status.st_ino;
}

static int is_watched(int file) { return file >= 0 && file < MOST_FILES && watched[file]; }
static int is_told(int file) { return is_watched(file) && watched[file] == 1; }

/* Whether this call is to fail; sets errno. */
static int fails(int kind) {
    if (!(mask & kind)) return 0;
    seen++;
    if (!nth || seen < nth || (seen > nth && !for_ever)) return 0;
    struck++;
    errno = fault;
    return 1;
}

/* Whether the program is to be killed at this call, and how. */
static int dies(int kind) {
    if (!(kill_mask & kind)) return 0;
    kill_seen++;
    return kill_nth && kill_seen == kill_nth ? kill_how : 0;
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

#define BEGIN(kind) int how = dies(kind); if (how == KILL_BEFORE) die();
#define END if (how) die();
#define LOCK pthread_mutex_lock(&one_at_a_time)
#define UNLOCK do { int kept_ = errno; pthread_mutex_unlock(&one_at_a_time); errno = kept_; } while (0)

static int opened(int (*real)(int, const char *, int, ...), int folder, const char *path, int flags,
                  mode_t mode) {
    char room[4096];
    const char *whole = full(folder, path, room);
    if (!is_under(whole)) return real(folder, path, flags, mode);
    LOCK;
    int was_there = !access(whole, F_OK);
    int changes = (!was_there && (flags & O_CREAT)) || (flags & O_TRUNC);
    int file = -1, how = 0;
    if (changes) { how = dies(OPEN); if (how == KILL_BEFORE) die(); }
    if (!fails(changes ? OPEN : 0)) file = real(folder, path, flags, mode);
    if (file >= 0 && file < MOST_FILES) {
        watched[file] = is_shared_memory(whole) ? 2 : 1;
        int told = (was_there ? 0 : MADE) | (was_there && (flags & O_TRUNC) ? EMPTIED : 0);
        if (watched[file] == 1) say(SAY_OPEN, told, number_of(file), 0, whole, 0, 0, 0);
    }
    if (how) die();
    UNLOCK;
    return file;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { \
    va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
typedef int (*opener)(int, const char *, int, ...);
static opener at(void) {
    static opener real;
    if (!real) real = (opener)dlsym(RTLD_NEXT, "openat64");
    return real;
}

int open(const char *path, int flags, ...) { MODE return opened(at(), AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(at(), AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) {
    MODE return opened(at(), folder, path, flags, mode);
}
int openat64(int folder, const char *path, int flags, ...) {
    MODE return opened(at(), folder, path, flags, mode);
}

int close(int file) {
    REAL(close);
    if (file >= 0 && file < MOST_FILES) watched[file] = 0;
    return real(file);
}

static ssize_t written(int file, const void *bytes, size_t length, off64_t offset, int is_placed) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    LOCK;
    BEGIN(WRITE)
    if (!is_placed) {
        int flags = fcntl(file, F_GETFL);
        offset = lseek64(file, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
    }
    size_t part = how == KILL_HALFWAY ? length / 2 : length;
    ssize_t done = -1;
    if (!fails(WRITE)) {
        done = is_placed ? real(file, bytes, part, offset) : plain_write(file, bytes, part);
    } else if (is_short && length > 1) {
        /* The disk took a part, and has no room for the rest: the next call says so. */
        done = is_placed ? real(file, bytes, length / 2, offset)
                         : plain_write(file, bytes, length / 2);
        if (!for_ever) nth++;
        is_short = 0;
    }
    if (done > 0 && is_told(file)) say(SAY_WRITE, 0, number_of(file), offset, 0, 0, bytes, done);
    END
    UNLOCK;
    return done;
}

ssize_t write(int file, const void *bytes, size_t length) {
    if (!is_watched(file)) return plain_write(file, bytes, length);
    return written(file, bytes, length, 0, 0);
}
ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    return is_watched(file) ? written(file, bytes, length, offset, 1)
                            : real(file, bytes, length, offset);
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    return pwrite(file, bytes, length, offset);
}

int ftruncate64(int file, off64_t length) {
    REAL(ftruncate64);
    if (!is_watched(file)) return real(file, length);
    LOCK;
    BEGIN(TRUNCATE)
    int answer = fails(TRUNCATE) ? -1 : real(file, length);
    if (!answer && is_told(file)) say(SAY_TRUNCATE, 0, number_of(file), length, 0, 0, 0, 0);
    END
    UNLOCK;
    return answer;
}
int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

static int flushed(int file, int (*real)(int)) {
    if (!is_watched(file)) return real(file);
    LOCK;
    BEGIN(SYNC)
    int answer = fails(SYNC) ? -1 : real(file);
    if (!answer && is_told(file)) say(SAY_SYNC, 0, number_of(file), 0, 0, 0, 0, 0);
    END
    UNLOCK;
    return answer;
}
int fsync(int file) { REAL(fsync); return flushed(file, real); }
int fdatasync(int file) { REAL(fdatasync); return flushed(file, real); }

static int named(int what, const char *from, const char *to, int (*call)(void *), void *with) {
    if (!is_under(from) && !is_under(to)) return call(with);
    LOCK;
    BEGIN(NAME)
    int answer = fails(NAME) ? -1 : call(with);
    int silent = (from && is_shared_memory(from)) || (to && is_shared_memory(to));
    if (!answer && !silent) {
        struct stat status;
        uint64_t number = what == SAY_MKDIR && !stat(from, &status) ? status.st_ino : 0;
        say(what, 0, number, 0, from, to, 0, 0);
    }
    END
    UNLOCK;
    return answer;
}

struct names { int from_folder, to_folder, flags; const char *from, *to; mode_t mode; };
static int do_rename(void *with) {
    struct names *names = with;
    REAL(renameat);
    return real(names->from_folder, names->from, names->to_folder, names->to);
}
static int do_unlink(void *with) {
    struct names *names = with;
    REAL(unlinkat);
    return real(names->from_folder, names->from, names->flags);
}
static int do_link(void *with) {
    struct names *names = with;
    REAL(linkat);
    return real(names->from_folder, names->from, names->to_folder, names->to, names->flags);
}
static int do_mkdir(void *with) {
    struct names *names = with;
    REAL(mkdirat);
    return real(names->from_folder, names->from, names->mode);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    char one[4096], two[4096];
    struct names names = {from_folder, to_folder, 0, from, to, 0};
    return named(SAY_RENAME, full(from_folder, from, one), full(to_folder, to, two), do_rename,
                 &names);
}
int rename(const char *from, const char *to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }
int unlinkat(int folder, const char *path, int flags) {
    char one[4096];
    struct names names = {folder, 0, flags, path, 0, 0};
    return named(flags & AT_REMOVEDIR ? SAY_RMDIR : SAY_UNLINK, full(folder, path, one), 0,
                 do_unlink, &names);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    char one[4096], two[4096];
    struct names names = {from_folder, to_folder, flags, from, to, 0};
    return named(SAY_LINK, full(from_folder, from, one), full(to_folder, to, two), do_link, &names);
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
int mkdirat(int folder, const char *path, mode_t mode) {
    char one[4096];
    struct names names = {folder, 0, 0, path, 0, mode};
    return named(SAY_MKDIR, full(folder, path, one), 0, do_mkdir, &names);
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* Ways of copying that pass the calls above by: refused, so that programs fall back on them. */
ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
    REAL(sendfile64);
    if (is_watched(to)) { errno = ENOTSOCK; return -1; }
    return real(to, from, offset, count);
}
ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
    return sendfile64(to, from, offset, count);
}
ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t length, unsigned flags) {
    REAL(copy_file_range);
    if (is_watched(to)) { errno = ENOSYS; return -1; }
    return real(from, in, to, out, length, flags);
}
int posix_fallocate64(int file, off64_t offset, off64_t length) {
    REAL(posix_fallocate64);
    return is_watched(file) ? EOPNOTSUPP : real(file, offset, length);
}
int posix_fallocate(int file, off_t offset, off_t length) {
    return posix_fallocate64(file, offset, length);
}

void torment_watch(const char *path) {
    snprintf(root, sizeof root, "%s", path);
    root_length = strlen(root);
}
void torment_record(int file) { trace = file; }
void torment_mark(const char *bytes, long length) {
    LOCK;
    say(SAY_MARK, 0, 0, 0, 0, 0, bytes, length);
    UNLOCK;
}
void torment_fault(int kinds, long at_call, int number, int again, int partly) {
    mask = kinds; nth = at_call; fault = number; for_ever = again; is_short = partly;
    seen = struck = 0;
}
long torment_seen(void) { return seen; }
long torment_struck(void) { return struck; }
void torment_kill(int kinds, long at_call, int how) {
    kill_mask = kinds; kill_nth = at_call; kill_how = how; kill_seen = 0;
}
long torment_kill_seen(void) { return kill_seen; }
