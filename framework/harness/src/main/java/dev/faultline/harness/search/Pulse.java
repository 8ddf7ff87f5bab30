package dev.faultline.harness.search;

/**
 * Where a search stands.
 *
 * @param fewer schedules of which some fault never came or did nothing, valid under the others
 * @param notCounted schedules that were void or unknown
 * @param states distinct abstract states, beyond some ten thousands an estimate
 * @param causes that were found
 */
public record Pulse(
    long schedules, long invalid, long fewer, long notCounted, long states, int causes) {}
