/**
 * Registers over a log that Raft replicates, and six broken forms of it. Read {@link
 * dev.faultline.targets.raft.RaftNode} for who does what, then {@code Election}, {@code
 * Replication}, {@code Follower} and {@code Reads}; {@code Storage} is what outlives a crash.
 */
@NullMarked
package dev.faultline.targets.raft;

import org.jspecify.annotations.NullMarked;
