/** Commands for several calibrated views of people: fitting and measuring. They know no other command. */
@NullMarked
package dev.secant.cli.views;

import org.jspecify.annotations.NullMarked;
