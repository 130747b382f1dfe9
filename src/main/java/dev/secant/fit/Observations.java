package dev.secant.fit;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The keypoints of B people in the form the fit works on: rays of a camera of focal length 1, by slot.
 *
 * <p>K slots ({@link KeypointCatalogue}). A slot that is not detected has weight 0 and the ray (0, 0); so has one where the camera's
 * distortion cannot be removed.
 *
 * @param rays {@code ((x - cx) / fx, (y - cy) / fy)}, distortion removed, {@code [B, K, 2]}
 * @param weights confidences in [0, 1], {@code [B, K]}
 * @param boxes centre x, centre y and size (longer side) of the box around the detected rays, {@code [B, 3]}; over the
 *     initialiser's slots, so that a person's size does not depend on the layout, or over all where none of those is detected
 */
public record Observations(float[] rays, float[] weights, float[] boxes) {

    /** The smallest box a person may have, in units of the focal length: 1 pixel at 10,000. */
    private static final float SMALLEST_BOX = 1e-4f;

    /** B. */
    public int size() {
        return boxes.length / 3;
    }

    /** Brings people of any layout and camera into slots. */
    public static Observations of(List<FitProblem> problems) {
        int slots = KeypointCatalogue.all().size();
        int batch = problems.size();
        Observations result =
                new Observations(new float[batch * slots * 2], new float[batch * slots], new float[batch * 3]);
        for (int b = 0; b < batch; b++) {
            FitProblem problem = problems.get(b);
            int[] slot = KeypointCatalogue.slots(problem.layout());
            Camera camera = problem.camera();
            for (int k = 0; k < slot.length; k++) {
                double confidence = problem.keypoints()[3 * k + 2];
                double x = problem.keypoints()[3 * k];
                double y = problem.keypoints()[3 * k + 1];
                if (confidence > 0 && Double.isFinite(x) && Double.isFinite(y)) {
                    int at = b * slots + slot[k];
                    camera.ray(x, y).ifPresent(ray -> {
                        result.rays[2 * at] = (float) ray[0];
                        result.rays[2 * at + 1] = (float) ray[1];
                        result.weights[at] = (float) Math.min(confidence, 1);
                    });
                }
            }
            result.measureBox(b, slots);
        }
        return result;
    }

    /** Some of the people, in the order given. */
    public Observations select(int[] rows) {
        return new Observations(
                FitBatch.rows(rays, rows, size()),
                FitBatch.rows(weights, rows, size()),
                FitBatch.rows(boxes, rows, size()));
    }

    /** Recomputes the box of a person from its detected rays. */
    public void measureBox(int person, int slots) {
        float[] box = new float[3];
        if (!box(person, slots, KeypointCatalogue.initializerSlots(), box)
                && !box(person, slots, IntStream.range(0, slots).toArray(), box)) {
            throw new IllegalArgumentException("The person (%d) has no detected keypoint.".formatted(person));
        }
        System.arraycopy(box, 0, boxes, 3 * person, 3);
    }

    private boolean box(int person, int slots, int[] counted, float[] box) {
        float left = Float.POSITIVE_INFINITY;
        float top = Float.POSITIVE_INFINITY;
        float right = Float.NEGATIVE_INFINITY;
        float bottom = Float.NEGATIVE_INFINITY;
        for (int slot : counted) {
            int at = person * slots + slot;
            if (weights[at] > 0) {
                left = Math.min(left, rays[2 * at]);
                right = Math.max(right, rays[2 * at]);
                top = Math.min(top, rays[2 * at + 1]);
                bottom = Math.max(bottom, rays[2 * at + 1]);
            }
        }
        box[0] = (left + right) / 2;
        box[1] = (top + bottom) / 2;
        box[2] = Math.max(Math.max(right - left, bottom - top), SMALLEST_BOX);
        return left <= right;
    }
}
