package dev.secant.fit.learned;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.secant.fit.FitBatch;
import dev.secant.fit.Observations;
import dev.secant.fit.tensors.TensorFitEnergy;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.amortized.AmortizedSr1;
import dev.secant.tensor.MemoryScope;

/**
 * A start on tensors.
 *
 * @param observations of the people
 * @param energy all people together
 * @param optimizer the learned method, started for these people
 */
@SuppressWarnings("try") // Scopes work by being open, unnamed in the code below them.
public record TensorFitStart(Observations observations, TensorFitEnergy energy, AmortizedSr1 optimizer)
        implements FitStart {

    @Override
    public int size() {
        return energy.batch().size();
    }

    @Override
    public Points zero() {
        return Points.of(zeros());
    }

    private NDArray zeros() {
        return energy.batch().packed().getManager().zeros(new Shape(size(), energy.dimension()));
    }

    @Override
    public double[] initialEnergies() {
        try (MemoryScope scope = MemoryScope.open()) {
            float[] values = energy.evaluate(zeros()).values().toFloatArray();
            double[] energies = new double[values.length];
            for (int person = 0; person < values.length; person++) {
                energies[person] = values[person];
            }
            return energies;
        }
    }

    @Override
    public FitBatch batch() {
        return energy.batch().toHost(observations);
    }
}
