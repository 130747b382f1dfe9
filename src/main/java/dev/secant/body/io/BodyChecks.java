package dev.secant.body.io;

import dev.secant.body.BodyLandmark;
import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.io.BodyFile.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What should hold of a body besides what it can't be read without ({@link ModelCheck}): weights that sum to 1, metres, y up and z
 * forward, a closed surface, betas of the size of people's differences.
 */
final class BodyChecks {

    /** Of sums that are 1: files hold single precision, some a few digits of text. */
    private static final double TOLERANCE = 1e-3;

    private static final double SMALLEST_PERSON = 0.5;
    private static final double TALLEST_PERSON = 2.5;

    /** Metres that a beta of 1 may move a vertex: SMPL's first moves some by 0.09. */
    private static final double LARGEST_SHAPE = 0.5;

    private static final int BETAS = 10;

    private final BodyModel model;
    private final List<Check> checks = new ArrayList<>();

    private BodyChecks(BodyModel model) {
        this.model = model;
    }

    /** Of a body whose file has joints and skin outright. */
    static List<Check> of(BodyModel model) {
        BodyChecks checks = new BodyChecks(model);
        checks.skin(
                sums(doubles(model.skin().weights()), model.skin().influences()),
                least(model.skin().weights()));
        return checks.common();
    }

    /** Of a body in SMPL's layout. */
    static List<Check> of(BodyModel model, SmplArrays arrays) {
        BodyChecks checks = new BodyChecks(model);
        checks.skin(
                sums(arrays.weights(), arrays.parents().length),
                Arrays.stream(arrays.weights()).min().orElse(0));
        double worst = 0;
        JointRegressor regressor = arrays.regressor();
        for (int j = 0; j + 1 < regressor.rows().length; j++) {
            double sum = 0;
            for (int entry = regressor.rows()[j]; entry < regressor.rows()[j + 1]; entry++) {
                sum += regressor.weights()[entry];
            }
            worst = Math.max(worst, Math.abs(sum - 1));
        }
        checks.add("joint regressor", worst <= TOLERANCE, "rows sum to 1 within %.1e".formatted(worst));
        return checks.common();
    }

    private List<Check> common() {
        boolean smpl = Arrays.equals(model.skeleton().parents(), SmplJoint.parents());
        add(
                "joint tree",
                smpl,
                smpl ? "SMPL's 24 joints" : "%d joints that are not SMPL's 24".formatted(model.jointCount()));
        double height = height();
        add(
                "units",
                height >= SMALLEST_PERSON && height <= TALLEST_PERSON,
                "the mean body is %.3f high, which should be metres".formatted(height));
        if (smpl) {
            axes();
        }
        double largest = 0;
        for (float direction : model.shapeDirections()) {
            largest = Math.max(largest, Math.abs(direction));
        }
        add(
                "shape directions",
                largest <= LARGEST_SHAPE,
                "a beta of 1 moves a vertex by %.3f m at most".formatted(largest));
        add(
                "betas",
                model.shapeCount() == BETAS,
                "%d are used, and the networks need 10".formatted(model.shapeCount()));
        int open = openEdges();
        add("surface", open == 0, open == 0 ? "closed" : "%d edges are not of two faces".formatted(open));
        List<String> missing = Arrays.stream(BodyLandmark.values())
                .map(BodyLandmark::id)
                .filter(id -> !model.landmarks().containsKey(id))
                .toList();
        add("landmarks", missing.isEmpty(), missing.isEmpty() ? "all 13" : "without " + missing);
        return checks;
    }

    private void skin(double worst, double least) {
        add(
                "skin weights",
                worst <= TOLERANCE && least >= 0,
                "rows sum to 1 within %.1e, the least weight is %.2g".formatted(worst, least));
    }

    private void axes() {
        boolean up = joint(SmplJoint.HEAD, 1) > joint(SmplJoint.PELVIS, 1)
                && joint(SmplJoint.PELVIS, 1) > joint(SmplJoint.LEFT_ANKLE, 1);
        boolean left = joint(SmplJoint.LEFT_SHOULDER, 0) > joint(SmplJoint.RIGHT_SHOULDER, 0)
                && joint(SmplJoint.LEFT_HIP, 0) > joint(SmplJoint.RIGHT_HIP, 0);
        boolean forward = joint(SmplJoint.LEFT_FOOT, 2) > joint(SmplJoint.LEFT_ANKLE, 2);
        double span = joint(SmplJoint.LEFT_WRIST, 0) - joint(SmplJoint.RIGHT_WRIST, 0);
        boolean spread = span > 2 * Math.abs(joint(SmplJoint.LEFT_SHOULDER, 1) - joint(SmplJoint.LEFT_WRIST, 1));
        add(
                "rest pose",
                up && left && forward && spread,
                "y %s, +x %s, toes %s, arms %s"
                        .formatted(
                                up ? "up" : "not up",
                                left ? "to the left" : "not to the left",
                                forward ? "forward (+z)" : "not forward (+z)",
                                spread ? "spread" : "not spread"));
    }

    private double joint(SmplJoint joint, int axis) {
        return model.skeleton().joints()[3 * joint.index() + axis];
    }

    private double height() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < model.template().length; i += 3) {
            least = Math.min(least, model.template()[i]);
            most = Math.max(most, model.template()[i]);
        }
        return most - least;
    }

    /** Directed edges without exactly one opposite. */
    private int openEdges() {
        Map<Long, Integer> edges = new HashMap<>();
        int[] faces = model.faces();
        for (int f = 0; f < faces.length; f += 3) {
            for (int c = 0; c < 3; c++) {
                edges.merge(edge(faces[f + c], faces[f + (c + 1) % 3]), 1, Integer::sum);
            }
        }
        int open = 0;
        for (Map.Entry<Long, Integer> edge : edges.entrySet()) {
            long from = edge.getKey() >>> 32;
            long to = edge.getKey() & 0xffffffffL;
            open += edge.getValue() == 1 && edges.getOrDefault(edge((int) to, (int) from), 0) == 1 ? 0 : 1;
        }
        return open;
    }

    private static long edge(int from, int to) {
        return ((long) from << 32) | to;
    }

    private void add(String name, boolean passed, String finding) {
        checks.add(new Check(name, passed, finding));
    }

    /** How far the sum of a row is from 1 at worst. */
    private static double sums(double[] weights, int width) {
        double worst = 0;
        for (int from = 0; from < weights.length; from += width) {
            double sum = 0;
            for (int i = from; i < from + width; i++) {
                sum += weights[i];
            }
            worst = Math.max(worst, Math.abs(sum - 1));
        }
        return worst;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static double least(float[] values) {
        double least = Double.POSITIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
        }
        return least;
    }
}
