/**
 * Learned symmetric rank one as published (arXiv 2508.12270): its networks, their settings, and inference with them.
 *
 * <p>{@link dev.secant.optimizer.lsr1.LearnedSr1} is the method; the networks are evaluated on tensors.
 */
@NullMarked
package dev.secant.optimizer.lsr1;

import org.jspecify.annotations.NullMarked;
