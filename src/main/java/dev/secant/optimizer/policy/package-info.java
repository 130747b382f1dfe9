/** What the preset {@code secant} has learned: constants and two small networks, their inputs and outputs. */
@NullMarked
package dev.secant.optimizer.policy;

import org.jspecify.annotations.NullMarked;
