package dev.secant.fit.learned;

import dev.secant.fit.FitBatch;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.amortized.AmortizedSr1;

/**
 * People at the initialiser's guess, ready to be refined, on one storage: {@link ArrayFitStart} or {@link TensorFitStart}.
 *
 * <p>Its arrays on a device live as long as the manager and the memory scope that it was made with.
 */
public sealed interface FitStart permits ArrayFitStart, TensorFitStart {

    /** B. */
    int size();

    /** The fit energy of these people. */
    Objective energy();

    /** The learned method, started for these people. */
    AmortizedSr1 optimizer();

    /** The guess as whitened variables: zeros, {@code [B, n]}, in float32. */
    Points zero();

    /** The fit energy at the guess, {@code [B]}. */
    double[] initialEnergies();

    /** The people and the guesses on the JVM; from tensors a copy. */
    FitBatch batch();
}
