/** Commands that measure speed and print their own numbers: a running service, devices, storages. They know no other command. */
@NullMarked
package dev.secant.cli.bench;

import org.jspecify.annotations.NullMarked;
