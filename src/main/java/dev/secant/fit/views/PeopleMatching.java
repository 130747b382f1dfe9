package dev.secant.fit.views;

import dev.secant.fit.FitProblem;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.Observations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out which people of several views are the same: whose keypoints' rays meet.
 *
 * <p>Greedy: at first everybody is alone; the two groups that fit best become one, as long as any fit. Two groups fit if they share no
 * view, at least {@link #LEAST_COMMON} of their keypoints can be triangulated together, no two of these are further apart than a person
 * is large, and the median distance of the projections to the keypoints, in units of the person's size, is within the gate.
 */
public final class PeopleMatching {

    /** The gate unless another is asked for, in units of the person's size: about four deviations of a keypoint. */
    public static final double DEFAULT_GATE = 0.05;

    /** Fewer common keypoints tell nobody apart. */
    private static final int LEAST_COMMON = 5;

    /** Of the keypoints that two views have in common, the share whose rays must meet in front of the cameras. */
    private static final double LEAST_SHARE = 0.7;

    /** Metres between two keypoints of one person: arms stretched up. */
    private static final double LARGEST_PERSON = 2.7;

    private final double gate;

    /**
     * A matching.
     *
     * @param gate in units of the person's size; see {@link #DEFAULT_GATE}
     */
    public PeopleMatching(double gate) {
        if (!(gate > 0)) {
            throw new IllegalArgumentException("The gate (%s) must be positive.".formatted(gate));
        }
        this.gate = gate;
    }

    /** One person in one view. */
    private record Detection(int view, int index) {}

    /**
     * Matches the people of some views.
     *
     * @param cameras V
     * @param people keypoints of the people of each view, pixels and confidence, {@code [V][people][K, 3]}
     * @return for each person the index in each view, -1 where not seen, {@code [people][V]}; those of the most views first, then in the
     *     order of the first view. Who has no detected keypoint is left out
     */
    public List<int[]> match(List<CalibratedCamera> cameras, KeypointLayout layout, List<List<double[]>> people) {
        List<Detection> detections = new ArrayList<>();
        List<FitProblem> problems = new ArrayList<>();
        for (int view = 0; view < people.size(); view++) {
            for (int index = 0; index < people.get(view).size(); index++) {
                double[] keypoints = people.get(view).get(index);
                CalibratedCamera camera = cameras.get(view);
                FitProblem problem = new FitProblem(layout, keypoints, camera.intrinsics());
                if (new MultiViewProblem.View(camera, keypoints).isSeen()) {
                    detections.add(new Detection(view, index));
                    problems.add(problem);
                }
            }
        }
        if (detections.isEmpty()) {
            return List.of();
        }
        Observations observations = Observations.of(problems);
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < detections.size(); i++) {
            groups.add(List.of(i));
        }
        boolean merged = true;
        while (merged) {
            merged = merge(groups, detections, cameras, observations);
        }
        return groups.stream()
                .map(group -> indices(group, detections, people.size()))
                .sorted(java.util.Comparator.<int[]>comparingInt(row ->
                                -(int) Arrays.stream(row).filter(i -> i >= 0).count())
                        .thenComparing(Arrays::compare))
                .toList();
    }

    private static int[] indices(List<Integer> group, List<Detection> detections, int views) {
        int[] indices = new int[views];
        Arrays.fill(indices, -1);
        for (int i : group) {
            indices[detections.get(i).view()] = detections.get(i).index();
        }
        return indices;
    }

    /** Makes one of the two groups that fit best; false if none do. */
    private boolean merge(
            List<List<Integer>> groups,
            List<Detection> detections,
            List<CalibratedCamera> cameras,
            Observations observations) {
        double least = gate;
        int[] best = {};
        List<Integer> merged = List.of();
        for (int a = 0; a < groups.size(); a++) {
            for (int b = a + 1; b < groups.size(); b++) {
                List<Integer> both = new ArrayList<>(groups.get(a));
                both.addAll(groups.get(b));
                if (both.stream().map(i -> detections.get(i).view()).distinct().count() == both.size()) {
                    double distance = distance(both, detections, cameras, observations);
                    if (distance <= least) {
                        least = distance;
                        best = new int[] {a, b};
                        merged = both;
                    }
                }
            }
        }
        if (best.length == 0) {
            return false;
        }
        groups.remove(best[1]);
        groups.set(best[0], merged);
        return true;
    }

    /** How far the rays of a group miss one another, in units of the person's size; infinite if it cannot be one person. */
    private static double distance(
            List<Integer> group,
            List<Detection> detections,
            List<CalibratedCamera> cameras,
            Observations observations) {
        int[] rows = group.stream().mapToInt(Integer::intValue).toArray();
        ViewRays rays = ViewRays.of(
                group.stream().map(i -> cameras.get(detections.get(i).view())).toList(), observations.select(rows));
        Triangulation.Points points = Triangulation.of(rays);
        double[] errors =
                Arrays.stream(points.errors()).filter(Double::isFinite).sorted().toArray();
        if (errors.length < LEAST_COMMON
                || errors.length < LEAST_SHARE * common(rays)
                || extent(points.points()) > LARGEST_PERSON) {
            return Double.POSITIVE_INFINITY;
        }
        return errors[errors.length / 2];
    }

    /** How many slots at least two views have. */
    private static int common(ViewRays rays) {
        int common = 0;
        for (int k = 0; k < rays.slots(); k++) {
            int seen = 0;
            for (int v = 0; v < rays.views(); v++) {
                seen += rays.observations().weights()[v * rays.slots() + k] > 0 ? 1 : 0;
            }
            common += seen > 1 ? 1 : 0;
        }
        return common;
    }

    /** The median, over the points, of the largest distance to another: a single stray point does not make a giant. */
    private static double extent(float[] points) {
        List<Double> largest = new ArrayList<>();
        for (int a = 0; a < points.length; a += 3) {
            double furthest = 0;
            for (int b = 0; b < points.length; b += 3) {
                double dx = points[a] - points[b];
                double dy = points[a + 1] - points[b + 1];
                double distance = Math.hypot(Math.hypot(dx, dy), points[a + 2] - points[b + 2]);
                furthest = Double.isNaN(distance) ? furthest : Math.max(furthest, distance);
            }
            if (!Float.isNaN(points[a])) {
                largest.add(furthest);
            }
        }
        largest.sort(null);
        return largest.get(largest.size() / 2);
    }
}
