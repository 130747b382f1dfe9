package dev.secant.fit;

/**
 * How a body's keypoints lie in the image beside the observed ones.
 *
 * @param keypoints the body's, in the problem's layout, pixels, {@code [K, 2]}
 * @param residuals pixel distance of each to the observed one, {@code [K]}; NaN where not detected
 * @param error mean residual of the detected keypoints over the person's size (longer side of the detected keypoints' box), a fraction;
 *     0 where nothing was detected
 */
public record Reprojection(float[] keypoints, float[] residuals, double error) {

    /**
     * Compares.
     *
     * @param pixels where the body's slots are in the image, {@code [at least all slots, 2]}
     */
    public static Reprojection of(FitProblem problem, float[] pixels) {
        int[] slot = KeypointCatalogue.slots(problem.layout());
        float[] keypoints = new float[2 * slot.length];
        float[] residuals = new float[slot.length];
        double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        double sum = 0;
        int seen = 0;
        for (int k = 0; k < slot.length; k++) {
            keypoints[2 * k] = pixels[2 * slot[k]];
            keypoints[2 * k + 1] = pixels[2 * slot[k] + 1];
            double x = problem.keypoints()[3 * k];
            double y = problem.keypoints()[3 * k + 1];
            boolean detected = problem.keypoints()[3 * k + 2] > 0 && Double.isFinite(x) && Double.isFinite(y);
            residuals[k] = detected ? (float) Math.hypot(keypoints[2 * k] - x, keypoints[2 * k + 1] - y) : Float.NaN;
            if (detected) {
                sum += residuals[k];
                seen++;
                box[0] = Math.min(box[0], x);
                box[1] = Math.min(box[1], y);
                box[2] = Math.max(box[2], x);
                box[3] = Math.max(box[3], y);
            }
        }
        double size = Math.max(Math.max(box[2] - box[0], box[3] - box[1]), 1);
        return new Reprojection(keypoints, residuals, sum / Math.max(seen, 1) / size);
    }
}
