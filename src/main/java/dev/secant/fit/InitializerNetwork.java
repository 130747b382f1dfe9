package dev.secant.fit;

import static dev.secant.tensor.ScalarMath.clip;
import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.kinematics.TensorRotations;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The network that guesses a body from keypoints: pre-normalised residual blocks on box-normalised keypoints.
 *
 * <p>Input, 3 K + 3 numbers a person: for each input keypoint its ray relative to the box (centred, half size 1) and its
 * confidence; the box's centre and the logarithm of its size. Output: rotations as 6D (relative to the identity, the root
 * relative to facing the camera), betas, and the camera translation relative to what a standing body of the box's size would
 * have.
 *
 * @param keypoints K, the number of input keypoints
 * @param width units of a layer
 * @param blocks residual blocks of two layers each
 * @param joints J
 * @param betas S
 */
public record InitializerNetwork(int keypoints, int width, int blocks, int joints, int betas) {

    /** A standing person's height in metres, which the translation is relative to. */
    private static final double STATURE = 1.7;

    private static final int NECK = KeypointCatalogue.slot("neck");
    private static final int MID_HIP = KeypointCatalogue.slot("mid_hip");
    private static final int[] SHOULDERS = {
        KeypointCatalogue.slot("left_shoulder"), KeypointCatalogue.slot("right_shoulder")
    };
    private static final int[] HIPS = {KeypointCatalogue.slot("left_hip"), KeypointCatalogue.slot("right_hip")};

    /** Numbers a person goes in with. */
    public int inputs() {
        return 3 * keypoints + 3;
    }

    /** Numbers a person comes out with. */
    public int outputs() {
        return 6 * joints + betas + 3;
    }

    /** Random weights: uniform within one over the root of the fan-in, the last layer close to zero. */
    public Map<String, FloatTensor> initialWeights(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        linear(weights, "in", inputs(), width, 1, random);
        for (int block = 0; block < blocks; block++) {
            normalization(weights, "block" + block + ".norm1");
            linear(weights, "block" + block + ".linear1", width, width, 1, random);
            normalization(weights, "block" + block + ".norm2");
            linear(weights, "block" + block + ".linear2", width, width, 0.5, random);
        }
        normalization(weights, "out.norm");
        linear(weights, "out", width, outputs(), 0.1, random);
        return weights;
    }

    private void normalization(Map<String, FloatTensor> weights, String name) {
        float[] ones = new float[width];
        java.util.Arrays.fill(ones, 1);
        weights.put(name + ".scale", new FloatTensor(new long[] {width}, ones));
        weights.put(name + ".shift", new FloatTensor(new long[] {width}, new float[width]));
    }

    private static void linear(
            Map<String, FloatTensor> weights, String name, int in, int out, double gain, SplittableRandom random) {
        float[] values = new float[in * out];
        double bound = gain * Math.sqrt(3.0 / in);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        weights.put(name + ".weight", new FloatTensor(new long[] {in, out}, values));
        weights.put(name + ".bias", new FloatTensor(new long[] {out}, new float[out]));
    }

    /**
     * The raw output.
     *
     * @param weights the arrays by name
     * @param input {@code [B, inputs]}
     * @return {@code [B, outputs]}
     */
    public NDArray forward(Function<String, NDArray> weights, NDArray input) {
        NDArray hidden = linear(weights, "in", input);
        for (int block = 0; block < blocks; block++) {
            String name = "block" + block;
            NDArray inner = linear(weights, name + ".linear1", activate(weights, name + ".norm1", hidden));
            hidden = hidden.add(linear(weights, name + ".linear2", activate(weights, name + ".norm2", inner)));
        }
        return linear(weights, "out", activate(weights, "out.norm", hidden));
    }

    private static NDArray linear(Function<String, NDArray> weights, String name, NDArray input) {
        return input.matMul(weights.apply(name + ".weight")).add(weights.apply(name + ".bias"));
    }

    private NDArray activate(Function<String, NDArray> weights, String name, NDArray hidden) {
        NDList normalized = hidden.getNDArrayInternal()
                .layerNorm(
                        hidden,
                        new Shape(width),
                        weights.apply(name + ".scale"),
                        weights.apply(name + ".shift"),
                        1e-5f);
        return normalized.singletonOrThrow().getNDArrayInternal().relu();
    }

    /**
     * The input of people. A neck or mid-hip that the detector does not give is the midpoint of the shoulders or hips, which is
     * what OpenPose means by it.
     *
     * @param slots the slot of each input keypoint, {@code [K]}
     */
    public float[] input(Observations observations, int[] slots) {
        int batch = observations.size();
        int slotCount = observations.weights().length / batch;
        float[] input = new float[batch * inputs()];
        float[] ray = new float[2];
        for (int b = 0; b < batch; b++) {
            float centerX = observations.boxes()[3 * b];
            float centerY = observations.boxes()[3 * b + 1];
            float size = observations.boxes()[3 * b + 2];
            int to = b * inputs();
            for (int k = 0; k < keypoints; k++) {
                float confidence = ray(observations, b * slotCount, slots[k], ray);
                if (confidence > 0) {
                    input[to + 3 * k] = 2 * (ray[0] - centerX) / size;
                    input[to + 3 * k + 1] = 2 * (ray[1] - centerY) / size;
                    input[to + 3 * k + 2] = confidence;
                }
            }
            input[to + 3 * keypoints] = 2 * centerX;
            input[to + 3 * keypoints + 1] = 2 * centerY;
            input[to + 3 * keypoints + 2] = (float) Math.log(size) + 1;
        }
        return input;
    }

    /** The neck's ray, {@code [2]}, and its confidence; 0 if it is not known. */
    static float neck(Observations observations, int from, float[] ray) {
        return ray(observations, from, NECK, ray);
    }

    /** The ray of the middle of the hips, {@code [2]}, and its confidence; 0 if it is not known. */
    static float midHip(Observations observations, int from, float[] ray) {
        return ray(observations, from, MID_HIP, ray);
    }

    /** Fills a keypoint's ray; returns its confidence, of a midpoint the lower of its two ends', 0 if it is not known. */
    private static float ray(Observations observations, int from, int slot, float[] ray) {
        float[] weights = observations.weights();
        if (weights[from + slot] > 0) {
            System.arraycopy(observations.rays(), 2 * (from + slot), ray, 0, 2);
            return weights[from + slot];
        }
        int[] sides = slot == NECK ? SHOULDERS : slot == MID_HIP ? HIPS : null;
        if (sides == null || weights[from + sides[0]] <= 0 || weights[from + sides[1]] <= 0) {
            return 0;
        }
        for (int axis = 0; axis < 2; axis++) {
            ray[axis] = 0.5f
                    * (observations.rays()[2 * (from + sides[0]) + axis]
                            + observations.rays()[2 * (from + sides[1]) + axis]);
        }
        return Math.min(weights[from + sides[0]], weights[from + sides[1]]);
    }

    /**
     * The guess that an output means.
     *
     * @param output {@code [B, outputs]}
     * @param boxes {@code [B, 3]}
     */
    public Guess decode(NDArray output, NDArray boxes) {
        NDManager manager = output.getManager();
        long batch = output.getShape().get(0);
        NDArray sixD =
                output.get(":, 0:" + 6 * joints).reshape(batch, joints, 6).transpose(1, 0, 2); // [J, B, 6]
        NDArray base = Tensors.of(manager, base(), new Shape(joints, 1, 6));
        NDArray rotations = TensorRotations.fromSixD(sixD.add(base));
        NDArray betaGuess = output.get(":, %d:%d".formatted(6 * joints, 6 * joints + betas));
        int camera = 6 * joints + betas;
        NDArray center = boxes.get(":, 0:2");
        NDArray size = boxes.get(":, 2:3");
        // A guess out of hand must not overflow: depths stay within e^3 of a standing person's.
        NDArray depth = mul(
                        clip(output.get(":, %d:%d".formatted(camera + 2, camera + 3)), -3, 3)
                                .exp(),
                        STATURE)
                .div(size);
        NDArray across = mul(output.get(":, %d:%d".formatted(camera, camera + 2)), 0.5)
                .mul(size)
                .add(center)
                .mul(depth);
        return new Guess(rotations, betaGuess, NDArrays.concat(new NDList(across, depth), 1));
    }

    /** The depth in metres that the last number of an output means for a person of a size. */
    public float depth(float output, float size) {
        return (float) (Math.exp(Math.min(3, Math.max(-3, output))) * STATURE / size);
    }

    /** The first two columns of the identity; for the root, of the half turn about x that makes y point down and z away; {@code [J, 6]}. */
    public float[] base() {
        float[] base = new float[6 * joints];
        for (int j = 0; j < joints; j++) {
            base[6 * j] = 1;
            base[6 * j + 4] = j == 0 ? -1 : 1;
        }
        return base;
    }

    /**
     * A body in front of a camera.
     *
     * @param rotations parent-relative, joint first, {@code [J, B, 3, 3]}
     * @param betas {@code [B, S]}
     * @param translation metres, {@code [B, 3]}
     */
    public record Guess(NDArray rotations, NDArray betas, NDArray translation) {}
}
