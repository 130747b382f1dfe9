/** Commands that measure body fits. */
@NullMarked
package dev.secant.cli.evaluate;

import org.jspecify.annotations.NullMarked;
