/** Commands about sequences of frames. They know no other command. */
@NullMarked
package dev.secant.cli.sequence;

import org.jspecify.annotations.NullMarked;
