@NullMarked
package dev.faultline.containers;

import org.jspecify.annotations.NullMarked;
