package dev.secant.training.body;

import static dev.secant.tensor.ScalarMath.div;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.FitBatch;
import dev.secant.fit.ModelHessian;
import dev.secant.fit.RefinerNetwork;
import dev.secant.fit.TreeFitEnergy;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.linalg.Factorization;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.amortized.AmortizedSr1;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.CommonJoints;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import dev.secant.training.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * One meta-training step of the refiner: the predicted deviations by likelihood, the predicted weights of the model Hessian by
 * unrolling the optimizer that it starts.
 *
 * <p>Meta-loss: {@code mean_k (E(u_k) / 20 + MPJPE(u_k) / 20 mm)} over the steps. The meta-gradient treats each step
 * {@code -H^-1 g} by itself: earlier iterates, gradients and corrections are held fixed. So all it needs are the gradients of energy and
 * error, which the tree gives, and {@code d(-p'H^-1 g)}, which is a product of two solutions; no graph goes through the body or the
 * optimizer, which runs as it does in service, safeguard and all.
 */
@SuppressWarnings("try")
final class RefinerTraining {

    /** Steps unrolled. */
    static final int STEPS = 8;

    private static final float ENERGY_UNIT = 20;
    private static final float ERROR_UNIT_METRES = 0.02f;

    /** The largest norm of a person's derivative of the meta-loss, in whitened variables; longer ones are scaled down to it. */
    private static final double LARGEST_NORM = 3;

    /** How much the weights of the model Hessian are drawn to 1, Gauss-Newton's own. */
    private static final float RESTRAINT = 0.03f;

    private final BodyNetworks networks;
    private final Parameters parameters;
    private final PointRig rig;
    private final NDManager manager;

    RefinerTraining(BodyNetworks networks, Parameters parameters, PointRig rig, NDManager manager) {
        this.networks = networks;
        this.parameters = parameters;
        this.rig = rig;
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
                RefinerNetwork.Prediction predicted = networks.refiner().predict(parameters::get, input, output);
                Unrolled unrolled = unroll(samples, start, predicted);
                NDArray likelihood = likelihood(truth(samples, start), predicted.deviations());
                Autograd.backward(surrogate(predicted, unrolled).add(likelihood).add(restraint(predicted)));
                return unrolled.loss() + likelihood.getFloat();
            }
        });
    }

    /** All that the refiner learns from, as one scalar: the meta-gradient's surrogate, the likelihood, the restraint. */
    NDArray objective(BodySamples samples, FitBatch start, RefinerNetwork.Prediction predicted, Unrolled unrolled) {
        return surrogate(predicted, unrolled)
                .add(likelihood(truth(samples, start), predicted.deviations()))
                .add(restraint(predicted));
    }

    /** A scalar whose gradient with respect to the prediction is the meta-gradient. */
    private NDArray surrogate(RefinerNetwork.Prediction predicted, Unrolled unrolled) {
        long batch = predicted.lambda().getShape().get(0);
        return div(
                dot(predicted.lambda(), unrolled.byLambda()).add(dot(predicted.omega(), unrolled.byOmega())),
                (double) batch);
    }

    private static NDArray restraint(RefinerNetwork.Prediction predicted) {
        return mul(
                predicted
                        .lambda()
                        .log()
                        .square()
                        .mean()
                        .add(predicted.omega().log().square().mean()),
                RESTRAINT);
    }

    /**
     * What the unrolled optimizer says of its start and its model Hessians; sums over steps, not yet divided by B.
     *
     * @param loss the meta-loss, a mean over people
     * @param byLambda its derivative with respect to the predicted weights of the priors, {@code [B, n]}
     * @param byOmega and to those of the keypoints, {@code [B, K]}
     * @param byStart the derivative of the last iterate's share with respect to the start, in variables before whitening,
     *     {@code [B, n]}: {@code S^-1 H^-1 dL/du}, because of a change of the start the energy takes back what the keypoints determine
     */
    record Unrolled(double loss, float[] byLambda, float[] byOmega, float[] byStart) {}

    /** Runs the optimizer as it runs in service, from a start with the predicted deviations, and differentiates the meta-loss. */
    Unrolled unroll(BodySamples samples, FitBatch start, RefinerNetwork.Prediction predicted) {
        FitBatch batch = start.withScales(predicted.deviations().toFloatArray());
        float[] byLambda = new float[batch.size() * batch.variables()];
        float[] byOmega = new float[batch.observations().weights().length];
        float[] byStart = new float[byLambda.length];
        double loss = unroll(samples, batch, networks.models(batch, predicted), byLambda, byOmega, byStart);
        return new Unrolled(loss, byLambda, byOmega, byStart);
    }

    private NDArray dot(NDArray prediction, float[] gradient) {
        return prediction
                .mul(Tensors.of(manager, gradient, prediction.getShape()))
                .sum();
    }

    private double unroll(
            BodySamples samples,
            FitBatch batch,
            List<ModelHessian> models,
            float[] byLambda,
            float[] byOmega,
            float[] byStart) {
        int n = batch.variables();
        List<Factorization> factors = models.stream().map(ModelHessian::factor).toList();
        TreeFitEnergy energy = new TreeFitEnergy(rig, batch);
        List<float[]> iterates = new ArrayList<>();
        Observer recorder = new Observer() {
            @Override
            public void onStep(int step, Points x) {
                iterates.add(x.floats());
            }
        };
        Points zero = Points.of(new double[batch.size()][n], DataType.FLOAT32);
        new AmortizedSr1(factors, networks.memory())
                .minimize(energy, zero, Execution.on(manager.getDevice()), StopRule.steps(STEPS), recorder);
        double loss = 0;
        int slots = byOmega.length / batch.size();
        for (int b = 0; b < batch.size(); b++) {
            for (int k = 1; k < iterates.size(); k++) {
                double[] pull = new double[n];
                loss += addPull(samples, energy, b, iterates.get(k), 1f / STEPS, pull) / batch.size();
                double[] gradient = gradient(energy, b, iterates.get(k - 1), n);
                Factorization factor = factors.get(b);
                double[] pulled = factor.solve(pull);
                models.get(b).addGradient(pulled, factor.solve(gradient), byLambda, b * n, byOmega, b * slots);
                if (k == iterates.size() - 1) {
                    for (int i = 0; i < n; i++) {
                        byStart[b * n + i] = (float) (STEPS * pulled[i] / batch.scales()[b * n + i]);
                    }
                }
            }
        }
        return loss;
    }

    private static double[] gradient(TreeFitEnergy energy, int person, float[] u, int n) {
        float[] gradient = new float[n];
        energy.evaluate(person, u, person * n, gradient, 0);
        double[] doubles = new double[n];
        for (int i = 0; i < n; i++) {
            doubles[i] = gradient[i];
        }
        return doubles;
    }

    /** Adds the derivative of one step's share of the meta-loss with respect to the variables; returns the share. */
    private static double addPull(
            BodySamples samples, TreeFitEnergy energy, int person, float[] u, float weight, double[] pull) {
        int n = pull.length;
        int from = samples.points().length / samples.observations().size() * person;
        float[] own = new float[n];
        double value = weight * energy.evaluate(person, u, person * n, own, 0) / ENERGY_UNIT;
        for (int i = 0; i < n; i++) {
            own[i] *= weight / ENERGY_UNIT;
        }
        float errorWeight = weight / ERROR_UNIT_METRES;
        value += errorWeight
                * energy.addGradient(
                        person,
                        u,
                        person * n,
                        (posed, out) -> CommonJoints.meanDistance(posed, samples.points(), from, out),
                        errorWeight,
                        own);
        double squared = 0;
        for (float component : own) {
            squared += component * component;
        }
        double factor = LARGEST_NORM / Math.max(LARGEST_NORM, Math.sqrt(squared));
        for (int i = 0; i < n; i++) {
            pull[i] += factor * own[i];
        }
        return value;
    }

    /** Student's t with 4 degrees of freedom: outliers of the guess do not widen every prior. */
    private static NDArray likelihood(NDArray truth, NDArray deviations) {
        NDArray q = mul(div(truth.div(deviations).square(), 4).add(1).log(), 2.5);
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
        return Tensors.of(manager, truth, new Shape(start.size(), n));
    }
}
