package dev.secant.optimizer;

/**
 * What the vectors of a batch cost the engine, without its objective.
 *
 * @param rounds evaluations of the batch or of a part of it, each at once for all its items
 * @param calls of the engine's operations; 0 on arrays
 * @param readBacks transfers from the device that wait for it; 0 on arrays
 */
public record EngineUse(long rounds, long calls, long readBacks) {

    /** On arrays, where nobody counts. */
    public static final EngineUse NONE = new EngineUse(0, 0, 0);
}
