/**
 * Named, versioned, checksummed weights: a manifest and safetensors, bundled with the jar or in the user's directory.
 *
 * <p>A checkpoint is a folder {@code NAME/VERSION} with {@code manifest.json} and {@code weights.safetensors}.
 */
@NullMarked
package dev.secant.checkpoint;

import org.jspecify.annotations.NullMarked;
