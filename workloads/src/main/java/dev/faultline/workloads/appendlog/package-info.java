/**
 * Values appended to logs; judged by their offsets and by what reads show. Start with {@link
 * dev.faultline.workloads.appendlog.AppendLogWorkload}.
 */
@NullMarked
package dev.faultline.workloads.appendlog;

import org.jspecify.annotations.NullMarked;
