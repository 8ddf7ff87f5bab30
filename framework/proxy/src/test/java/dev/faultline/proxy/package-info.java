@NullMarked
package dev.faultline.proxy;

import org.jspecify.annotations.NullMarked;
