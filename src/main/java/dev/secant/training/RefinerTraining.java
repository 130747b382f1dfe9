package dev.secant.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.PointRig;
import dev.secant.body.Rotations;
import dev.secant.evaluation.BodySamples;
import dev.secant.evaluation.CommonJoints;
import dev.secant.fit.FitBatch;
import dev.secant.fit.RefinerNetwork;
import dev.secant.fit.TreeFitEnergy;
import dev.secant.optimizer.RankOneInverseHessian;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.ValueAndGradient;

/**
 * One meta-training step of the refiner: the predicted deviations by likelihood, the predicted start of the inverse Hessian by
 * unrolling the optimizer it will start.
 *
 * <p>Meta-loss: {@code sum_k w_k (E(u_k) / 20 + MPJPE(u_k) / 20 mm)}, later steps weighing more. The meta-gradient is first order
 * (Lifshitz et al. 2026): iterates depend on the steps, gradients and corrections do not, so {@code dL/dB} needs the gradients of
 * energy and error only, which the tree gives; no graph goes through the body.
 */
@SuppressWarnings("try")
final class RefinerTraining {

    /** Steps unrolled. */
    static final int STEPS = 8;

    private static final float ENERGY_UNIT = 20;
    private static final float ERROR_UNIT_METRES = 0.02f;
    private static final double HARDEST_PULL = 3;

    private final RefinerNetwork network;
    private final Parameters parameters;
    private final PointRig rig;
    private final int memory;
    private final NDManager manager;

    RefinerTraining(RefinerNetwork network, Parameters parameters, PointRig rig, int memory, NDManager manager) {
        this.network = network;
        this.parameters = parameters;
        this.rig = rig;
        this.memory = memory;
        this.manager = manager;
    }

    /**
     * Adds the gradient of the meta-loss to the parameters.
     *
     * @param start the batch with the initialiser's guess; its scales are replaced
     * @param input the initialiser's input and output of these people
     * @return the meta-loss
     */
    double accumulate(BodySamples samples, FitBatch start, NDArray input, NDArray output) {
        return Autograd.withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                RefinerNetwork.Prediction predicted = network.predict(parameters::get, input, output);
                FitBatch batch = start.withScales(predicted.deviations().toFloatArray());
                Rollout rollout = Autograd.withGraph(false, () -> rollout(samples, batch, predicted));
                NDArray surrogate = surrogate(rollout, predicted).div((float) batch.size());
                NDArray likelihood = likelihood(truth(samples, start), predicted.deviations());
                Autograd.backward(surrogate.add(likelihood));
                return rollout.loss + likelihood.getFloat();
            }
        });
    }

    /**
     * What an unrolled run leaves.
     *
     * @param gradients of the energy where each step began, {@code [B, K, n]}
     * @param pulls how the meta-loss changes with each step, {@code [B, K, n]}
     */
    private record Rollout(double loss, NDArray gradients, NDArray pulls) {}

    private Rollout rollout(BodySamples samples, FitBatch batch, RefinerNetwork.Prediction predicted) {
        int size = batch.size();
        int n = batch.variables();
        TreeFitEnergy energy = new TreeFitEnergy(rig, batch);
        RankOneInverseHessian inverse = RankOneInverseHessian.start(
                Autograd.detach(predicted.diagonal()), Autograd.detach(predicted.given()), memory);
        NDArray u = manager.zeros(new Shape(size, n));
        ValueAndGradient here = energy.evaluate(u);
        NDArray[] gradients = new NDArray[STEPS];
        NDArray[] own = new NDArray[STEPS];
        NDArray[] later = new NDArray[STEPS];
        NDArray[] shares = new NDArray[STEPS];
        double loss = 0;
        for (int k = 0; k < STEPS; k++) {
            gradients[k] = here.gradient();
            NDArray step = inverse.times(here.gradient()).neg();
            NDArray length = step.square().sum(new int[] {1}, true).sqrt();
            // A fresh network's steps may be far too long: none is longer than the prior's own radius.
            NDArray capped =
                    length.add(1e-12f).pow(-1).mul((float) Math.sqrt(n)).clip(0, 1);
            NDArray trial = u.add(step.mul(capped));
            ValueAndGradient tried = energy.evaluate(trial);
            float weight = (k + 1f) / STEPS;
            own[k] = manager.create(pull(samples, batch, energy, trial, tried, weight), u.getShape())
                    .mul(capped);
            NDArray rises = mask(tried.values().gt(here.values()));
            // Where the value rises, a quarter of the step, and where it still does, none: what the safeguard would do.
            NDArray share = capped.mul(rises.mul(-0.75f).add(1));
            ValueAndGradient there = energy.evaluate(u.add(step.mul(share)));
            NDArray falls = mask(there.values().lte(here.values()));
            shares[k] = share.mul(falls);
            NDArray moved = step.mul(shares[k]);
            u = u.add(moved);
            there = energy.evaluate(u);
            inverse = inverse.learn(moved, there.gradient().sub(here.gradient()), here.gradient());
            here = there;
            later[k] = manager.create(pull(samples, batch, energy, u, here, weight), u.getShape());
            loss += weight * here.values().mean().getFloat() / ENERGY_UNIT;
        }
        NDList pulls = new NDList();
        NDArray sum = manager.zeros(new Shape(size, n));
        for (int k = STEPS - 1; k >= 0; k--) {
            // A step is judged by where it leads on its own, safeguard or not, and by what comes after the one taken.
            pulls.add(0, own[k].add(sum.mul(shares[k])));
            sum = sum.add(later[k]);
        }
        return new Rollout(loss, NDArrays.stack(new NDList(gradients), 1), NDArrays.stack(pulls, 1));
    }

    private static NDArray mask(NDArray condition) {
        return condition.toType(DataType.FLOAT32, false).expandDims(1);
    }

    /** The derivative of one step's share of the meta-loss with respect to the variables, {@code [B, n]}. */
    private static float[] pull(
            BodySamples samples, FitBatch batch, TreeFitEnergy energy, NDArray u, ValueAndGradient here, float weight) {
        float[] variables = u.toFloatArray();
        float[] pull = here.gradient().mul(weight / ENERGY_UNIT).toFloatArray();
        int n = batch.variables();
        int points = samples.points().length / batch.size();
        for (int b = 0; b < batch.size(); b++) {
            int from = points * b;
            energy.addGradient(
                    b,
                    variables,
                    b * n,
                    (posed, gradient) -> CommonJoints.meanDistance(posed, samples.points(), from, gradient),
                    weight / ERROR_UNIT_METRES,
                    pull);
            bound(pull, b * n, n);
        }
        return pull;
    }

    /** No person pulls harder than all others together: a trial far out has a gradient to match. */
    private static void bound(float[] pull, int from, int length) {
        double squared = 0;
        for (int i = from; i < from + length; i++) {
            squared += pull[i] * pull[i];
        }
        double factor = HARDEST_PULL / Math.max(HARDEST_PULL, Math.sqrt(squared));
        for (int i = from; i < from + length; i++) {
            pull[i] *= (float) factor;
        }
    }

    /** A scalar whose gradient with respect to the prediction is the meta-gradient: {@code sum_k pull_k . (-B_0 g_k)}. */
    private static NDArray surrogate(Rollout rollout, RefinerNetwork.Prediction predicted) {
        NDArray byDiagonal = rollout.gradients()
                .mul(rollout.pulls())
                .sum(new int[] {1})
                .mul(predicted.diagonal())
                .sum();
        NDArray along = predicted.given().batchMatMul(rollout.gradients().swapAxes(1, 2)); // [B, R, K]
        NDArray across = predicted.given().batchMatMul(rollout.pulls().swapAxes(1, 2));
        return byDiagonal.add(along.mul(across).sum()).neg();
    }

    /** Student's t with 4 degrees of freedom: outliers of the guess do not widen every prior. */
    private static NDArray likelihood(NDArray truth, NDArray deviations) {
        NDArray q = truth.div(deviations).square().div(4).add(1).log().mul(2.5f);
        return deviations.log().add(q).mean();
    }

    /** The variables (before whitening) at which the fit would be the truth, {@code [B, n]}. */
    private NDArray truth(BodySamples samples, FitBatch start) {
        int joints = start.joints();
        int shapes = start.shapes();
        int n = start.variables();
        float[] truth = new float[start.size() * n];
        float[] inverse = new float[9];
        float[] turn = new float[9];
        for (int b = 0; b < start.size(); b++) {
            for (int j = 0; j < joints; j++) {
                int at = 9 * (b * joints + j);
                for (int i = 0; i < 9; i++) {
                    inverse[i] = start.rotations()[at + 3 * (i % 3) + i / 3];
                }
                float[] left = j == 0 ? samples.rotations() : inverse;
                float[] right = j == 0 ? inverse : samples.rotations();
                Rotations.multiply(left, j == 0 ? at : 0, right, j == 0 ? 0 : at, turn, 0);
                Rotations.log(turn, 0, truth, b * n + 3 * j);
            }
            for (int s = 0; s < shapes; s++) {
                truth[b * n + 3 * joints + s] = samples.betas()[b * shapes + s] - start.betas()[b * shapes + s];
            }
            int camera = b * n + 3 * joints + shapes;
            float depth = start.translations()[3 * b + 2];
            float away = samples.translations()[3 * b + 2] / depth;
            float sideways = depth * start.observations().boxes()[3 * b + 2];
            for (int axis = 0; axis < 2; axis++) {
                truth[camera + axis] =
                        (samples.translations()[3 * b + axis] / away - start.translations()[3 * b + axis]) / sideways;
            }
            truth[camera + 2] = (float) Math.log(away);
        }
        return manager.create(truth, new Shape(start.size(), n));
    }
}
