/**
 * Clients hold a lock in turn and are asked whether they do; judged by who held it at once. Start
 * with {@link dev.faultline.workloads.lock.LockWorkload}.
 */
@NullMarked
package dev.faultline.workloads.lock;

import org.jspecify.annotations.NullMarked;
