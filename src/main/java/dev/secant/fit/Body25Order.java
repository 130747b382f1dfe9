package dev.secant.fit;

import java.util.List;

/**
 * Tells BODY_25 from BODY_25B, which both have 25 points and name themselves nowhere in a file.
 *
 * <p>In BODY_25 point 1 (the neck) is close to the middle of 2 and 5 (the shoulders), and 8 (mid-hip) to the middle of 9
 * and 12 (the hips). In BODY_25B points 1 to 4 are eyes and ears, close to 0 (the nose). Both closenesses are measured in
 * units of the person's size, summed over the people of a file, and the smaller one wins.
 */
final class Body25Order {

    /** What is assumed of a closeness that cannot be seen: between what is usual if true and if false. */
    private static final double UNSEEN = 0.08;

    private Body25Order() {}

    /** The layout of a file's people; those without 75 numbers have no say. BODY_25 if nothing can be told. */
    static KeypointLayout of(List<double[]> people) {
        double body25 = 0;
        double body25b = 0;
        for (double[] keypoints : people) {
            if (keypoints.length == 75) {
                double size = size(keypoints);
                if (size > 0) {
                    body25 += mean(middle(keypoints, 1, 2, 5) / size, middle(keypoints, 8, 9, 12) / size);
                    body25b += mean(
                            distance(keypoints, 0, 1) / size,
                            distance(keypoints, 0, 2) / size,
                            distance(keypoints, 0, 3) / size,
                            distance(keypoints, 0, 4) / size,
                            distance(keypoints, 1, 2) / size);
                }
            }
        }
        return body25 <= body25b ? KeypointLayout.BODY_25 : KeypointLayout.BODY_25B;
    }

    private static double mean(double... values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? UNSEEN : sum / count;
    }

    /** Distance of a point to the middle of two others; NaN if one is not detected. */
    private static double middle(double[] keypoints, int point, int left, int right) {
        if (!seen(keypoints, point) || !seen(keypoints, left) || !seen(keypoints, right)) {
            return Double.NaN;
        }
        return Math.hypot(
                keypoints[3 * point] - (keypoints[3 * left] + keypoints[3 * right]) / 2,
                keypoints[3 * point + 1] - (keypoints[3 * left + 1] + keypoints[3 * right + 1]) / 2);
    }

    private static double distance(double[] keypoints, int a, int b) {
        return middle(keypoints, a, b, b);
    }

    private static boolean seen(double[] keypoints, int point) {
        return keypoints[3 * point + 2] > 0;
    }

    /** The longer side of the box around the detected points; 0 if there are none. */
    private static double size(double[] keypoints) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int k = 0; k < keypoints.length / 3; k++) {
            for (int axis = 0; axis < 2; axis++) {
                if (seen(keypoints, k)) {
                    low[axis] = Math.min(low[axis], keypoints[3 * k + axis]);
                    high[axis] = Math.max(high[axis], keypoints[3 * k + axis]);
                }
            }
        }
        return Math.max(0, Math.max(high[0] - low[0], high[1] - low[1]));
    }
}
