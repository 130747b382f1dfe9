package dev.secant.fit.learned;

import ai.djl.ndarray.types.DataType;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.FitBatch;
import dev.secant.fit.TreeFitEnergy;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.amortized.AmortizedSr1;

/**
 * A start on plain arrays.
 *
 * @param batch the people and the guesses
 * @param energy along the kinematic tree
 * @param optimizer the learned method, started for these people
 */
public record ArrayFitStart(FitBatch batch, TreeFitEnergy energy, AmortizedSr1 optimizer) implements FitStart {

    ArrayFitStart(PointRig rig, FitBatch batch, AmortizedSr1 optimizer) {
        this(batch, new TreeFitEnergy(rig, batch), optimizer);
    }

    @Override
    public int size() {
        return batch.size();
    }

    @Override
    public Points zero() {
        return Points.of(new double[size()][batch.variables()], DataType.FLOAT32);
    }

    @Override
    public double[] initialEnergies() {
        double[] energies = new double[size()];
        float[] zero = new float[batch.variables()];
        float[] ignored = new float[zero.length];
        for (int person = 0; person < energies.length; person++) {
            energies[person] = energy.evaluate(person, zero, 0, ignored, 0);
        }
        return energies;
    }
}
