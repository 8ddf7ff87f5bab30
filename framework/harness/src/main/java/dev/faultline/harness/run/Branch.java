package dev.faultline.harness.run;

/**
 * Where a run in virtual time leaves its course for another future: before anything else that is
 * due at this time, everything random is drawn anew from here on, and faults that have not begun
 * never do. Faults that have begun end as planned, and messages on their way arrive when they would
 * have. Where a script says what the clients call, those that are free do as the workload would
 * besides; and the main phase lasts a second longer, so that a failure has time to show.
 *
 * @param at nanoseconds since the run's start
 * @param salt which future
 */
public record Branch(long at, long salt) {}
