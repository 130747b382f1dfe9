/** The commands that make, list and revoke API keys. */
@NullMarked
package dev.secant.cli.keys;

import org.jspecify.annotations.NullMarked;
