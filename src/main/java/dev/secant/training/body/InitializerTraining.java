package dev.secant.training.body;

import static dev.secant.tensor.ScalarMath.maximum;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.TensorKinematics;
import dev.secant.fit.InitializerNetwork;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.CommonJoints;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import dev.secant.training.Parameters;

/**
 * One training step, and the validation, of the network that guesses a body from keypoints: supervised on synthetic people.
 *
 * <p>Loss: {@code 5 |X - X*| + 4 |x - x*| / size + |R - R*| + 0.02 |beta - beta*|}, means of absolute values: 3D points in
 * metres, projections, rotation matrices, betas.
 */
@SuppressWarnings("try")
final class InitializerTraining {

    /** Projections are taken no nearer than this, in metres, so that a guess behind the camera has a useful gradient. */
    private static final float NEAREST = 0.3f;

    private final InitializerNetwork network;
    private final Parameters parameters;
    private final TensorKinematics kinematics;
    private final int[] inputSlots;
    private final int points;
    private final NDManager manager;

    InitializerTraining(
            InitializerNetwork network, Parameters parameters, PointRig rig, int[] inputSlots, NDManager manager) {
        this.network = network;
        this.parameters = parameters;
        this.kinematics = new TensorKinematics(rig, manager);
        this.inputSlots = inputSlots;
        this.points = rig.size();
        this.manager = manager;
    }

    /** Adds the gradient of the loss on a batch to the parameters; returns the loss. */
    double accumulate(BodySamples samples) {
        return Autograd.withGraph(true, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                NDArray loss = loss(samples);
                Autograd.backward(loss);
                return (double) loss.getFloat();
            }
        });
    }

    private NDArray loss(BodySamples samples) {
        return loss(samples, guess(samples));
    }

    /** The loss of guesses; differentiable. */
    NDArray loss(BodySamples samples, InitializerNetwork.Guess guess) {
        int batch = samples.observations().size();
        NDArray posed = points(guess); // [B, P, 3]
        NDArray truth = Tensors.of(manager, samples.points(), new Shape(batch, points, 3));
        NDArray boxes = Tensors.of(manager, samples.observations().boxes(), new Shape(batch, 3));
        NDArray translations = Tensors.of(manager, samples.translations(), new Shape(batch, 1, 3));
        NDArray size = boxes.get(":, 2:3").expandDims(1);
        NDArray projected = project(posed.add(guess.translation().expandDims(1)));
        NDArray seen = project(truth.add(translations));
        NDArray rotations = Tensors.of(manager, samples.rotations(), new Shape(batch, network.joints(), 3, 3))
                .transpose(1, 0, 2, 3);
        NDArray betas = Tensors.of(manager, samples.betas(), new Shape(batch, network.betas()));
        return mul(posed.sub(truth).abs().mean(), 5)
                .add(mul(projected.sub(seen).abs().div(size).mean(), 4))
                .add(guess.rotations().sub(rotations).abs().mean())
                .add(mul(guess.betas().sub(betas).abs().mean(), 0.02f));
    }

    private NDArray points(InitializerNetwork.Guess guess) {
        NDArray rotations = guess.rotations().transpose(0, 2, 3, 1); // [J, 3, 3, B]
        return TensorKinematics.byPerson(
                kinematics.pose(rotations, guess.betas().transpose()).points());
    }

    private static NDArray project(NDArray camera) {
        return camera.get("..., 0:2").div(maximum(camera.get("..., 2:3"), NEAREST));
    }

    private InitializerNetwork.Guess guess(BodySamples samples) {
        int batch = samples.observations().size();
        NDArray input = Tensors.of(
                manager, network.input(samples.observations(), inputSlots), new Shape(batch, network.inputs()));
        NDArray boxes = Tensors.of(manager, samples.observations().boxes(), new Shape(batch, 3));
        return network.decode(network.forward(parameters::get, input), boxes);
    }

    /** Mean errors over samples, millimetres. */
    CommonJoints.Errors validate(BodySamples samples) {
        return Autograd.withGraph(false, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                InitializerNetwork.Guess guess = guess(samples);
                float[] posed = points(guess).toFloatArray();
                int batch = samples.observations().size();
                double mpjpe = 0;
                double procrustes = 0;
                for (int b = 0; b < batch; b++) {
                    CommonJoints.Errors errors =
                            CommonJoints.errors(posed, 3 * points * b, samples.points(), 3 * points * b);
                    mpjpe += errors.mpjpe() / batch;
                    procrustes += errors.procrustes() / batch;
                }
                return new CommonJoints.Errors(mpjpe, procrustes);
            }
        });
    }
}
