package dev.secant.minimize;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One point of a solver's trajectory.
 *
 * @param start the index of the start
 * @param solver the solver's name; empty while the start is running
 * @param baseline whether it is the solver that is compared with
 * @param step after how many steps
 * @param evaluations used up to here
 * @param value there; null where not finite
 * @param gradientNorm there
 * @param stepLength of the step that led here
 * @param secantResidual see {@link MinimizationItem.Curve}
 * @param cosine of the angle between that step and steepest descent, if asked for
 * @param x the point, if it was kept
 */
public record TrajectoryPoint(
        int start,
        String solver,
        boolean baseline,
        int step,
        int evaluations,
        @Nullable Double value,
        @Nullable Double gradientNorm,
        @Nullable Double stepLength,
        @Nullable Double secantResidual,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double cosine,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<@Nullable Double> x) {

    /**
     * The points of one start.
     *
     * @param baseline of the solver that is compared with, rather than the solver
     * @return nothing where there is no baseline
     */
    public static Stream<TrajectoryPoint> of(MinimizationItem item, boolean baseline) {
        MinimizationItem.Curve curve = baseline ? item.baseline() : item.curve();
        if (curve == null) {
            return Stream.empty();
        }
        Map<Integer, List<@Nullable Double>> kept = new HashMap<>();
        if (curve.iterates() != null) {
            curve.iterates().forEach(iterate -> kept.put(iterate.step(), iterate.x()));
        }
        List<@Nullable Double> cosines = curve.cosines();
        return IntStream.range(0, curve.values().size())
                .mapToObj(point -> new TrajectoryPoint(
                        item.start(),
                        curve.solver(),
                        baseline,
                        curve.step(point),
                        curve.evaluationCounts().get(point),
                        curve.values().get(point),
                        curve.gradientNorms().get(point),
                        curve.stepLengths().get(point),
                        curve.secantResiduals().get(point),
                        cosines == null || point >= cosines.size() ? null : cosines.get(point),
                        kept.get(curve.step(point))));
    }

    /** A point of a start that is still running, of which less is known. */
    public static TrajectoryPoint running(
            int start, int step, int evaluations, @Nullable Double value, @Nullable Double gradientNorm) {
        return new TrajectoryPoint(start, "", false, step, evaluations, value, gradientNorm, null, null, null, null);
    }
}
