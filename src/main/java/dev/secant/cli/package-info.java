/** The command line: one class a command. */
@NullMarked
package dev.secant.cli;

import org.jspecify.annotations.NullMarked;
