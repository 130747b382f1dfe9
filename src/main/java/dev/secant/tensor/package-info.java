/**
 * Tensors: devices, memory scopes, gradients and the safetensors format.
 *
 * <p>The only module that names the engine's own classes ({@code ai.djl.pytorch.*}); the others see {@link
 * ai.djl.ndarray.NDArray} and what this module offers.
 */
@NullMarked
package dev.secant.tensor;

import org.jspecify.annotations.NullMarked;
