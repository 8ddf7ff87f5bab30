/* The control file, as the harness (ShimFile.java) writes it: numbers of 64 bits, in this order. */
#include <stdatomic.h>
#include <stdint.h>

#define NANOS 1000000000LL
#define CONTROL_MAGIC 0x314d494853544c46LL /* "FLTSHIM1" */

struct clock_fault {
  _Atomic int64_t offset; /* nanoseconds added to wall time */
  _Atomic int64_t ppm;    /* rate error, microseconds a second, */
  _Atomic int64_t since;  /* gained since this moment of CLOCK_MONOTONIC */
  _Atomic int64_t frozen; /* nanoseconds since 1970 at which the clock stands still; 0 if it goes */
};

struct control {
  int64_t magic;
  _Atomic int64_t version; /* odd while what is wrong is being changed */
  _Atomic int64_t until;   /* moment of CLOCK_MONOTONIC from which on nothing is wrong; 0 for never */
  struct clock_fault clock;
  _Atomic int64_t wrong_readings; /* how often the program was told a wrong time */
};
