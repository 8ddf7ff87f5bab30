package dev.faultline.spec;

/** What becomes of writes that are not synced when a process dies. */
public enum Unsynced {
  /** Some of the first of each file are kept, as the disk happens to have them. */
  KEEP_PREFIX,
  /** All are lost, as if the machine died too. */
  LOSE,
  /** All are kept but the last of each file, of which only a first part is there. */
  TORN,
  /** They are, with all that was synced: the restarted node finds an empty disk. */
  WIPE
}
