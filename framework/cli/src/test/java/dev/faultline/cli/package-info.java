/** Tests of the command line against fakes. */
@NullMarked
package dev.faultline.cli;

import org.jspecify.annotations.NullMarked;
