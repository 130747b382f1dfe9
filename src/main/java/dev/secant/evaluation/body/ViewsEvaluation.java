package dev.secant.evaluation.body;

import dev.secant.body.SmplJoint;
import dev.secant.fit.views.MultiViewBody;
import dev.secant.fit.views.MultiViewFitter;
import dev.secant.fit.views.MultiViewProblem;
import dev.secant.fit.views.Triangulation;
import dev.secant.problems.body.PoseMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far fitted bodies are from 3D references, by the number of views: every choice of so many of a person's views is fitted.
 *
 * <p>Errors are over the 12 joints that detectors and SMPL's skeleton share: shoulders, elbows, wrists, hips, knees, ankles.
 */
public final class ViewsEvaluation {

    private static final List<SmplJoint> JOINTS = List.of(
            SmplJoint.LEFT_SHOULDER,
            SmplJoint.RIGHT_SHOULDER,
            SmplJoint.LEFT_ELBOW,
            SmplJoint.RIGHT_ELBOW,
            SmplJoint.LEFT_WRIST,
            SmplJoint.RIGHT_WRIST,
            SmplJoint.LEFT_HIP,
            SmplJoint.RIGHT_HIP,
            SmplJoint.LEFT_KNEE,
            SmplJoint.RIGHT_KNEE,
            SmplJoint.LEFT_ANKLE,
            SmplJoint.RIGHT_ANKLE);

    private static final List<String> NAMES =
            JOINTS.stream().map(joint -> joint.name().toLowerCase(Locale.ROOT)).toList();

    private final MultiViewFitter fitter;

    /** An evaluation of a fitter. */
    public ViewsEvaluation(MultiViewFitter fitter) {
        this.fitter = fitter;
    }

    /** The names of the 12 joints, in the order of {@link Person#reference}. */
    public static List<String> joints() {
        return NAMES;
    }

    /**
     * A person with a reference.
     *
     * @param problem all views
     * @param reference the 12 joints in the world, metres, {@code [12][3]}; null where unknown
     */
    public record Person(MultiViewProblem problem, double[][] reference) {

        /** A person whose whole skeleton is known, {@code [24, 3]}. */
        public static Person of(MultiViewProblem problem, float[] joints) {
            double[][] reference = new double[JOINTS.size()][];
            for (int i = 0; i < reference.length; i++) {
                reference[i] = point(joints, JOINTS.get(i).index());
            }
            return new Person(problem, reference);
        }
    }

    /**
     * Means over all people and choices of views, millimetres.
     *
     * @param fits how many
     * @param initial MPJPE of the fused estimate, without alignment, in the world
     * @param mpjpe of the fit, without alignment, in the world
     * @param keypoints as mpjpe, of the body's keypoints instead of SMPL's joints
     * @param procrustes PA-MPJPE of the fit
     * @param triangulated mean distance of the triangulated keypoints; NaN for one view
     * @param missing percent of the joints that could not be triangulated
     */
    public record Result(
            int fits,
            double initial,
            double mpjpe,
            double keypoints,
            double procrustes,
            double triangulated,
            double missing) {}

    /**
     * Fits every choice of some views.
     *
     * @param people with at least so many views each
     * @param views how many of them
     * @param steps of the optimizer
     */
    public Result run(List<Person> people, int views, int steps) {
        Sums sums = new Sums();
        for (Person person : people) {
            List<MultiViewProblem> problems = choices(person.problem(), views);
            List<MultiViewBody> initial = fitter.fit(problems, 0, item -> false);
            List<MultiViewBody> fitted = fitter.fit(problems, steps, item -> false);
            for (int i = 0; i < problems.size(); i++) {
                sums.add(person, problems.get(i), initial.get(i), fitted.get(i));
            }
        }
        return sums.means();
    }

    /** Every choice of some of the views that see the person at all. */
    private static List<MultiViewProblem> choices(MultiViewProblem problem, int views) {
        List<MultiViewProblem.View> all = problem.views();
        return IntStream.range(0, 1 << all.size())
                .filter(choice -> Integer.bitCount(choice) == views)
                .mapToObj(choice -> IntStream.range(0, all.size())
                        .filter(v -> (choice & 1 << v) != 0)
                        .mapToObj(all::get)
                        .toList())
                .filter(chosen -> chosen.stream().anyMatch(MultiViewProblem.View::isSeen))
                .map(chosen -> new MultiViewProblem(problem.layout(), chosen))
                .toList();
    }

    private static double[] point(float[] points, int index) {
        return new double[] {points[3 * index], points[3 * index + 1], points[3 * index + 2]};
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
    }

    private static final class Sums {
        private int fits;
        private double initial;
        private double mpjpe;
        private double keypoints;
        private double procrustes;
        private double triangulated;
        private int met;
        private int missed;

        void add(Person person, MultiViewProblem problem, MultiViewBody first, MultiViewBody last) {
            List<double[]> reference = new ArrayList<>();
            List<double[]> before = new ArrayList<>();
            List<double[]> after = new ArrayList<>();
            List<double[]> seen = new ArrayList<>();
            float[] rays = Triangulation.keypoints(problem);
            for (int i = 0; i < JOINTS.size(); i++) {
                double[] truth = person.reference()[i];
                if (truth == null) {
                    continue;
                }
                int joint = JOINTS.get(i).index();
                int keypoint = problem.layout().keypoints().indexOf(NAMES.get(i));
                reference.add(truth);
                before.add(point(first.joints3d(), joint));
                after.add(point(last.joints3d(), joint));
                seen.add(point(last.keypoints3d(), keypoint));
                double error = distance(point(rays, keypoint), truth);
                if (Double.isNaN(error)) {
                    missed++;
                } else {
                    triangulated += error;
                    met++;
                }
            }
            fits++;
            initial += mean(before, reference);
            mpjpe += mean(after, reference);
            keypoints += mean(seen, reference);
            procrustes +=
                    PoseMetrics.procrustesMpjpe(after.toArray(double[][]::new), reference.toArray(double[][]::new));
        }

        private static double mean(List<double[]> estimate, List<double[]> truth) {
            double sum = 0;
            for (int i = 0; i < truth.size(); i++) {
                sum += distance(estimate.get(i), truth.get(i));
            }
            return sum / truth.size();
        }

        Result means() {
            return new Result(
                    fits,
                    1000 * initial / fits,
                    1000 * mpjpe / fits,
                    1000 * keypoints / fits,
                    1000 * procrustes / fits,
                    1000 * triangulated / met,
                    100.0 * missed / (missed + met));
        }
    }
}
