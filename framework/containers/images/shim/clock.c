/*
 * Reads the clock as the programs beside it do. Prints nanoseconds: the monotonic clock, the wall
 * clock through libc and so through what is preloaded, the wall clock of the machine, and the
 * monotonic clock again; between the first and the last is the error of the comparison.
 */
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long long nanos(struct timespec t) { return t.tv_sec * 1000000000LL + t.tv_nsec; }

int main(void) {
  struct timespec before, seen, real, after;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &before);
  clock_gettime(CLOCK_REALTIME, &seen);
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &real);
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &after);
  printf("%lld %lld %lld %lld\n", nanos(before), nanos(seen), nanos(real), nanos(after));
  return 0;
}
