/*
 * Makes the wall clock of a dynamically linked program wrong, while it runs: preloaded (LD_PRELOAD),
 * it answers clock_gettime, gettimeofday and time in libc's place, by raw system calls alone, so
 * that an allocator which reads the clock does not call itself. Monotonic clocks are left alone, and
 * so are waits until a moment of wall time, which the kernel ends by its own clock.
 *
 * What is wrong stands in the control file that FAULTLINE_SHIM names, which is mapped and can be
 * changed at any time. A fault there has a last moment on the monotonic clock: whoever set it must
 * go on saying so, and when he is gone the clock is right again.
 *
 * Programs that make no calls of libc (Go's, static ones) are not reached.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "control.h"

#define EXPORT __attribute__((visibility("default")))

/* What is wrong with the clock, as it was set at once. */
struct wrong {
  int64_t offset, ppm, since, frozen;
};

static struct control *control;
static int is_reader;

/* What a program reads before this has run is right. */
__attribute__((constructor)) static void map_control(void) {
  const char *path = getenv("FAULTLINE_SHIM");
  int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return;
  struct control *mapped =
      mmap(0, sizeof *mapped, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped != MAP_FAILED && mapped->magic == CONTROL_MAGIC) control = mapped;
  is_reader = !strcmp(program_invocation_short_name, "faultline-clock");
}

static int64_t now(clockid_t clock) {
  struct timespec t = {0, 0};
  syscall(SYS_clock_gettime, clock, &t);
  return t.tv_sec * NANOS + t.tv_nsec;
}

static int is_wrong(struct wrong *w) {
  struct control *c = control;
  if (!c || !atomic_load_explicit(&c->until, memory_order_relaxed)) return 0;
  for (int tries = 0; tries < 1000; tries++) {
    int64_t version = atomic_load_explicit(&c->version, memory_order_acquire);
    w->offset = atomic_load_explicit(&c->clock.offset, memory_order_relaxed);
    w->ppm = atomic_load_explicit(&c->clock.ppm, memory_order_relaxed);
    w->since = atomic_load_explicit(&c->clock.since, memory_order_relaxed);
    w->frozen = atomic_load_explicit(&c->clock.frozen, memory_order_relaxed);
    atomic_thread_fence(memory_order_acquire);
    if (!(version & 1) && version == atomic_load_explicit(&c->version, memory_order_relaxed))
      return w->offset || w->ppm || w->frozen;
    sched_yield();
  }
  return 0; /* whoever was writing has died */
}

static int64_t wall(int64_t real) {
  struct wrong w;
  if (!is_wrong(&w)) return real;
  int64_t monotonic = now(CLOCK_MONOTONIC);
  if (monotonic >= atomic_load_explicit(&control->until, memory_order_relaxed)) return real;
  if (!is_reader) atomic_fetch_add_explicit(&control->wrong_readings, 1, memory_order_relaxed);
  if (w.frozen) return w.frozen;
  int64_t elapsed = monotonic - w.since;
  return real + w.offset + elapsed / 1000000 * w.ppm + elapsed % 1000000 * w.ppm / 1000000;
}

EXPORT int clock_gettime(clockid_t clock, struct timespec *t) {
  int result = (int)syscall(SYS_clock_gettime, clock, t);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    int64_t nanos = wall(t->tv_sec * NANOS + t->tv_nsec);
    t->tv_sec = nanos / NANOS;
    t->tv_nsec = nanos % NANOS;
  }
  return result;
}

EXPORT int gettimeofday(struct timeval *restrict t, void *restrict zone) {
  if (zone) syscall(SYS_gettimeofday, 0, zone);
  int64_t nanos = wall(now(CLOCK_REALTIME));
  t->tv_sec = nanos / NANOS;
  t->tv_usec = nanos % NANOS / 1000;
  return 0;
}

EXPORT time_t time(time_t *t) {
  time_t seconds = wall(now(CLOCK_REALTIME)) / NANOS;
  if (t) *t = seconds;
  return seconds;
}
