/**
 * Tensors: devices, memory scopes, gradients and the safetensors format.
 *
 * <p>The only room that names the engine's own classes ({@code ai.djl.pytorch.*}); the others see {@link
 * ai.djl.ndarray.NDArray} and what this room offers.
 */
@NullMarked
package dev.secant.tensor;

import org.jspecify.annotations.NullMarked;
