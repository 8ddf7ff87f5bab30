/**
 * What code of the JDK and of libraries calls instead of the clock and of starting threads, once
 * the agent has changed it. It lies on the boot class path, so that the JDK itself finds it, and
 * uses nothing but {@code java.lang}.
 */
@NullMarked
package dev.faultline.blocking.boot;

import org.jspecify.annotations.NullMarked;
