package dev.secant.fit;

import dev.secant.optimizer.Storage;
import org.jspecify.annotations.Nullable;

/**
 * What a body was found with: the same keypoints and the same provenance give the same body.
 *
 * @param checkpoint name and version of the weights, {@code name@version}
 * @param weightsSha256 digest of the weights, hexadecimal
 * @param bodyDigest digest of the body model
 * @param optimizer what refined the guess
 * @param storage where it was refined; the two differ in last digits. Null in results of versions that had one only
 */
public record FitProvenance(
        String checkpoint, String weightsSha256, String bodyDigest, String optimizer, @Nullable Storage storage) {}
