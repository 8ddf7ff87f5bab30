/**
 * Participants of an election are asked whether they lead; judged by who believed it at once. Start
 * with {@link dev.faultline.workloads.leader.LeaderWorkload}.
 */
@NullMarked
package dev.faultline.workloads.leader;

import org.jspecify.annotations.NullMarked;
