/** What a step of the learned methods costs, part by part. Measures the methods' insides, so that nobody else needs them. */
@NullMarked
package dev.secant.optimizer.timing;

import org.jspecify.annotations.NullMarked;
