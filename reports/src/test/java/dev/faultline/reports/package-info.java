/** Golden files, hostile input, and size. */
@NullMarked
package dev.faultline.reports;

import org.jspecify.annotations.NullMarked;
