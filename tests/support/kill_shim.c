// SPDX-License-Identifier: GPL-3.0-or-later
// Kills a program at a chosen system call, from outside: the product has no switch for it.
//
//   LD_PRELOAD=libvf_kill_shim.so VF_KILL_POINT=write|fsync|send|ack VF_KILL_AT=N [VF_KILL_TORN=1] PROGRAM
//
//   write  before the Nth write to a file other than stdout and stderr (torn: after half of its bytes)
//   fsync  before the Nth fsync or fdatasync
//   send   before the Nth send on a socket (torn: after half of its bytes)
//   ack    VF_KILL_SIDE=server: before the first send after the Nth fsync, so that something is durable and
//          nobody was told; VF_KILL_SIDE=desk: after the Nth receive that follows a send, so that an answer
//          has arrived and was not read
//
// VF_KILL_REPORT=FILE writes the four counts at a normal exit, so that the test can draw N from what really
// happens. Counts begin when the file VF_KILL_ARM appears (if set), so that start-up is left out.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum point { POINT_WRITE, POINT_FSYNC, POINT_SEND, POINT_ACK, POINTS, POINT_NONE };
static const char* const kNames[POINTS] = {"write", "fsync", "send", "ack"};

static atomic_long g_counts[POINTS];
static atomic_int g_synced;  // a sync since the last send
static atomic_int g_sent;    // a send since the last receive
static atomic_int g_armed;
static enum point g_point = POINT_NONE;
static long g_at;
static int g_torn;
static int g_server;

__attribute__((constructor)) static void start(void) {
    const char* point = getenv("VF_KILL_POINT");
    const char* at = getenv("VF_KILL_AT");
    const char* side = getenv("VF_KILL_SIDE");
    g_torn = getenv("VF_KILL_TORN") != NULL;
    g_server = side != NULL && strcmp(side, "server") == 0;
    g_armed = getenv("VF_KILL_ARM") == NULL;
    for (int i = 0; point != NULL && i < POINTS; ++i) {
        if (strcmp(point, kNames[i]) == 0) {
            g_point = (enum point)i;
        }
    }
    g_at = at != NULL ? atol(at) : 0;
}

__attribute__((destructor)) static void report(void) {
    const char* path = getenv("VF_KILL_REPORT");
    FILE* file = path != NULL ? fopen(path, "w") : NULL;
    if (file != NULL) {
        for (int i = 0; i < POINTS; ++i) {
            fprintf(file, "%s %ld\n", kNames[i], atomic_load(&g_counts[i]));
        }
        fclose(file);
    }
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) {
        pause();
    }
}

static int armed(void) {
    if (!g_armed && access(getenv("VF_KILL_ARM"), F_OK) == 0) {
        g_armed = 1;
    }
    return g_armed;
}

// Counts one event; true when it is the one to die at.
static int hit(enum point point) {
    if (!armed()) {
        return 0;
    }
    const long n = atomic_fetch_add(&g_counts[point], 1) + 1;
    return point == g_point && n == g_at;
}

static int is_kind(int fd, mode_t kind) {
    struct stat info;
    return fstat(fd, &info) == 0 && (info.st_mode & S_IFMT) == kind;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void before_sync(void) {
    if (hit(POINT_FSYNC)) {
        die();
    }
}

static void after_sync(void) {
    g_synced = 1;
}

int fsync(int fd) {
    before_sync();
    const int rc = REAL(fsync)(fd);
    after_sync();
    return rc;
}

int fdatasync(int fd) {
    before_sync();
    const int rc = REAL(fdatasync)(fd);
    after_sync();
    return rc;
}

// True when half of it is to be sent before death.
static int before_send(void) {
    if (g_server && atomic_exchange(&g_synced, 0) && hit(POINT_ACK)) {
        die();
    }
    g_sent = 1;
    if (hit(POINT_SEND)) {
        if (!g_torn) {
            die();
        }
        return 1;
    }
    return 0;
}

static void after_receive(ssize_t bytes) {
    if (!g_server && bytes > 0 && atomic_exchange(&g_sent, 0) && hit(POINT_ACK)) {
        die();
    }
}

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
    if (hit(POINT_WRITE)) {
        if (g_torn) {
            (void)!REAL(pwrite64)(fd, data, size / 2, offset);
        }
        die();
    }
    return REAL(pwrite64)(fd, data, size, offset);
}

ssize_t write(int fd, const void* data, size_t size) {
    if (is_kind(fd, S_IFSOCK)) {
        if (before_send()) {
            (void)!REAL(write)(fd, data, size / 2);
            die();
        }
    } else if (fd > STDERR_FILENO && is_kind(fd, S_IFREG) && hit(POINT_WRITE)) {
        if (g_torn) {
            (void)!REAL(write)(fd, data, size / 2);
        }
        die();
    }
    return REAL(write)(fd, data, size);
}

ssize_t send(int fd, const void* data, size_t size, int flags) {
    if (before_send()) {
        (void)!REAL(send)(fd, data, size / 2, flags);
        die();
    }
    return REAL(send)(fd, data, size, flags);
}

ssize_t sendmsg(int fd, const struct msghdr* message, int flags) {
    if (before_send()) {
        if (message->msg_iovlen > 0) {
            (void)!REAL(send)(fd, message->msg_iov[0].iov_base, message->msg_iov[0].iov_len / 2, flags);
        }
        die();
    }
    return REAL(sendmsg)(fd, message, flags);
}

ssize_t recv(int fd, void* data, size_t size, int flags) {
    const ssize_t bytes = REAL(recv)(fd, data, size, flags);
    after_receive(bytes);
    return bytes;
}

ssize_t recvmsg(int fd, struct msghdr* message, int flags) {
    const ssize_t bytes = REAL(recvmsg)(fd, message, flags);
    after_receive(bytes);
    return bytes;
}

ssize_t read(int fd, void* data, size_t size) {
    const ssize_t bytes = REAL(read)(fd, data, size);
    if (is_kind(fd, S_IFSOCK)) {
        after_receive(bytes);
    }
    return bytes;
}
