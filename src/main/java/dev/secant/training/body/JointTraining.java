package dev.secant.training.body;

import static dev.secant.tensor.ScalarMath.div;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.fit.FitBatch;
import dev.secant.fit.InitializerNetwork;
import dev.secant.fit.RefinerNetwork;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.problems.body.BodySamples;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import dev.secant.training.Parameters;

/**
 * One training step of both networks on the error after the refinement.
 *
 * <p>The refiner learns as in {@link RefinerTraining}. The initialiser learns its supervised loss, plus {@value #REFINED} times the last
 * iterate's share of the meta-loss: how that depends on the guess is {@link RefinerTraining.Unrolled#byStart}, so the gradient vanishes
 * along what the keypoints determine and the energy will mend anyway, and keeps what only the guess can know.
 */
@SuppressWarnings("try")
final class JointTraining {

    private static final double REFINED = 0.1;

    private final BodyNetworks networks;
    private final Parameters parameters;
    private final InitializerTraining initializer;
    private final RefinerTraining refiner;
    private final NDManager manager;

    JointTraining(
            BodyNetworks networks,
            Parameters parameters,
            InitializerTraining initializer,
            RefinerTraining refiner,
            NDManager manager) {
        this.networks = networks;
        this.parameters = parameters;
        this.initializer = initializer;
        this.refiner = refiner;
        this.manager = manager;
    }

    /** Adds the gradient to the parameters; returns the meta-loss. */
    double accumulate(BodySamples samples) {
        return Autograd.withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray input = networks.input(samples.observations(), manager);
                NDArray output = networks.initializer().forward(parameters::get, input);
                NDArray boxes = Tensors.of(
                        manager,
                        samples.observations().boxes(),
                        new Shape(samples.observations().size(), 3));
                InitializerNetwork.Guess guess = networks.initializer().decode(output, boxes);
                FitBatch start = networks.guesses(samples.observations(), output);
                NDArray fixed = Tensors.of(manager, output.toFloatArray(), output.getShape());
                RefinerNetwork.Prediction predicted = networks.refiner().predict(parameters::get, input, fixed);
                RefinerTraining.Unrolled unrolled = refiner.unroll(samples, start, predicted);
                NDArray refined = mul(div(surrogate(guess, start, unrolled.byStart()), start.size()), REFINED);
                Autograd.backward(initializer
                        .loss(samples, guess)
                        .add(refined)
                        .add(refiner.objective(samples, start, predicted, unrolled)));
                return unrolled.loss();
            }
        });
    }

    /** A scalar whose gradient with respect to the guess is that with respect to the start's variables before whitening. */
    private NDArray surrogate(InitializerNetwork.Guess guess, FitBatch start, float[] byStart) {
        int n = start.variables();
        int joints = start.joints();
        int shapes = start.shapes();
        float[] byRotations = new float[9 * joints * start.size()];
        float[] byBetas = new float[shapes * start.size()];
        float[] byTranslations = new float[3 * start.size()];
        for (int b = 0; b < start.size(); b++) {
            for (int j = 0; j < joints; j++) {
                // The guesses' rotations are by joint first.
                addRotation(
                        start.rotations(),
                        9 * (b * joints + j),
                        byStart,
                        b * n + 3 * j,
                        j == 0,
                        byRotations,
                        9 * (j * start.size() + b));
            }
            System.arraycopy(byStart, b * n + 3 * joints, byBetas, b * shapes, shapes);
            addTranslation(start, b, byStart, b * n + 3 * joints + shapes, byTranslations);
        }
        return dot(guess.rotations(), byRotations)
                .add(dot(guess.betas(), byBetas))
                .add(dot(guess.translation(), byTranslations));
    }

    private NDArray dot(NDArray values, float[] weights) {
        return values.mul(Tensors.of(manager, weights, values.getShape())).sum();
    }

    /** For {@code R exp(d)} (the root: {@code exp(d) R}) the matrix M with {@code <M, dR> = g . d}: {@code R [g] / 2} ({@code [g] R / 2}). */
    private static void addRotation(float[] rotations, int r, float[] g, int at, boolean isRoot, float[] out, int to) {
        float[] cross = {0, -g[at + 2], g[at + 1], g[at + 2], 0, -g[at], -g[at + 1], g[at], 0};
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                float sum = 0;
                for (int i = 0; i < 3; i++) {
                    sum += isRoot
                            ? cross[3 * row + i] * rotations[r + 3 * i + column]
                            : rotations[r + 3 * row + i] * cross[3 * i + column];
                }
                out[to + 3 * row + column] = sum / 2;
            }
        }
    }

    /** The variables are sideways by depth times size, and the logarithm of the distance ({@link FitBatch}). */
    private static void addTranslation(FitBatch start, int person, float[] g, int at, float[] out) {
        float[] t = start.translations();
        float depth = t[3 * person + 2];
        float unit = depth * start.observations().boxes()[3 * person + 2];
        float away = g[at + 2];
        for (int axis = 0; axis < 2; axis++) {
            out[3 * person + axis] = g[at + axis] / unit;
            away -= g[at + axis] * t[3 * person + axis] / unit;
        }
        out[3 * person + 2] = away / depth;
    }
}
