package dev.secant.minimize;

import dev.secant.optimizer.Storage;

/**
 * Where a start was minimized. Its solver and checkpoint are named by its curve.
 *
 * @param storage of the run that found the result: where several optimizers took part, as in {@code auto}, of the one whose point is the
 *     answer. The two storages differ in last digits
 */
public record MinimizationProvenance(Storage storage) {}
