package dev.secant.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.BodyModel;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointException;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import java.util.HashMap;
import java.util.Map;

/** A trained {@link InitializerNetwork}: where each fit starts, and how far it may go from there. */
// Scopes work by being open, unnamed in the code below them.
@SuppressWarnings("try")
public final class BodyInitializer {

    /** The preset of checkpoints that hold an initialiser. */
    public static final String PRESET = "body-initializer";

    private static final float ROOT_RADIANS = 0.15f;
    private static final float JOINT_RADIANS = 0.12f;
    private static final float BETA = 0.5f;
    private static final float SIDEWAYS = 0.03f;
    private static final float DISTANCE = 0.1f;

    private final InitializerNetwork network;
    private final Map<String, NDArray> weights = new HashMap<>();
    private final NDManager manager;
    private final int[] slots = KeypointPoints.initializerSlots();

    /**
     * Puts the weights on the device of a manager.
     *
     * @throws CheckpointException if the checkpoint is not an initialiser for this body's joints and betas
     */
    public BodyInitializer(Checkpoint checkpoint, BodyModel body, NDManager manager) {
        if (!checkpoint.manifest().preset().equals(PRESET)) {
            throw new CheckpointException("The checkpoint (%s) has the preset (%s), but a body fit needs (%s)."
                    .formatted(checkpoint.id(), checkpoint.manifest().preset(), PRESET));
        }
        this.manager = manager;
        this.network = new InitializerNetwork(
                slots.length,
                (int) checkpoint.manifest().number("width"),
                (int) checkpoint.manifest().number("blocks"),
                body.jointCount(),
                body.shapeCount());
        network.initialWeights(0).forEach((name, expected) -> {
            NDArray tensor = checkpoint.tensor(name).on(manager);
            if (!tensor.getShape().equals(new Shape(expected.shape()))) {
                throw new CheckpointException(
                        "The tensor (%s) of the checkpoint (%s) has the shape %s, but %s is needed."
                                .formatted(name, checkpoint.id(), tensor.getShape(), new Shape(expected.shape())));
            }
            weights.put(name, tensor);
        });
    }

    /** The batch to fit for some observations. */
    public FitBatch start(Observations observations) {
        return Autograd.withGraph(false, () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                int size = observations.size();
                NDArray input = manager.create(network.input(observations, slots), new Shape(size, network.inputs()));
                NDArray boxes = manager.create(observations.boxes(), new Shape(size, 3));
                InitializerNetwork.Guess guess = network.decode(network.forward(this::weight, input), boxes);
                return new FitBatch(
                        observations,
                        guess.rotations().transpose(1, 0, 2, 3).toFloatArray(),
                        guess.betas().toFloatArray(),
                        guess.translation().toFloatArray(),
                        scales(size));
            }
        });
    }

    private NDArray weight(String name) {
        NDArray weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("The initialiser has no weight (%s).".formatted(name));
        }
        return weight;
    }

    private float[] scales(int size) {
        int n = FitBatch.variables(network.joints(), network.betas());
        float[] scales = new float[size * n];
        java.util.Arrays.fill(scales, JOINT_RADIANS);
        for (int b = 0; b < size; b++) {
            int shape = b * n + 3 * network.joints();
            int camera = shape + network.betas();
            java.util.Arrays.fill(scales, b * n, b * n + 3, ROOT_RADIANS);
            java.util.Arrays.fill(scales, shape, camera, BETA);
            java.util.Arrays.fill(scales, camera, camera + 2, SIDEWAYS);
            scales[camera + 2] = DISTANCE;
        }
        return scales;
    }
}
