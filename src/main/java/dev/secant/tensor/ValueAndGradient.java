package dev.secant.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Values and gradients of a batch of B problems in n variables.
 *
 * @param values {@code [B]}
 * @param gradient {@code [B, n]}
 */
public record ValueAndGradient(NDArray values, NDArray gradient) {}
