/**
 * Elements that go into queues and come out; judged by what came out, and in which order. Start
 * with {@link dev.faultline.workloads.queue.QueueWorkload}.
 */
@NullMarked
package dev.faultline.workloads.queue;

import org.jspecify.annotations.NullMarked;
