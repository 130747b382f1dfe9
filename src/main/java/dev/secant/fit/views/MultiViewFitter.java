package dev.secant.fit.views;

import ai.djl.ndarray.types.DataType;
import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.PointDefinition;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.fit.Observations;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Reprojection;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.Termination;
import dev.secant.optimizer.newton.LevenbergMarquardt;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fits one body to all calibrated views of a person at once.
 *
 * <p>The networks estimate the person from each view alone; {@link ViewFusion} makes one prior of that; Levenberg and Marquardt's method
 * minimizes the {@link MultiViewEnergy} from the fused estimate and from each view's own, and the lowest end is the answer: with several
 * views the energy can tell a wrong depth from a right one, which it cannot with one.
 *
 * <p>For one thread, like the fitter that it is made with.
 */
@SuppressWarnings("try") // Scopes work by being open, unnamed in the code below them.
public final class MultiViewFitter {

    /** Steps of Levenberg and Marquardt's method, unless others are asked for. */
    public static final int DEFAULT_STEPS = 20;

    /** Of the energy in a step, relative: less is float32's rounding. */
    private static final double DECREASE = 1e-6;

    private final DefaultBodyFitter singleViews;
    private final PointRig rig;
    private final Optimizer optimizer = new LevenbergMarquardt();

    /**
     * A fitter.
     *
     * @param singleViews estimates the person in each view
     * @param body the body of that fitter
     */
    public MultiViewFitter(DefaultBodyFitter singleViews, BodyModel body) {
        this.singleViews = singleViews;
        this.rig = PointRig.compile(
                body,
                Stream.concat(
                                KeypointCatalogue.all().stream(),
                                Stream.of(SmplJoint.values()).map(PointDefinition::of))
                        .toList());
    }

    /**
     * Fits people.
     *
     * @param problems the people; each must be seen in at least one view
     * @param steps optimizer steps at most; 0 returns the fused estimate
     * @param cancelled whether the person of an index is no longer wanted; asked between steps
     * @return a body a person, in order; a cancelled one at its best so far
     */
    public List<MultiViewBody> fit(List<MultiViewProblem> problems, int steps, IntPredicate cancelled) {
        List<FitProblem> views = new ArrayList<>();
        for (MultiViewProblem problem : problems) {
            problem.views().stream()
                    .filter(MultiViewProblem.View::isSeen)
                    .map(problem::seenBy)
                    .forEach(views::add);
        }
        FitBatch guesses = singleViews.estimate(Observations.of(views));
        List<MultiViewBody> bodies = new ArrayList<>();
        int from = 0;
        for (int person = 0; person < problems.size(); person++) {
            MultiViewProblem problem = problems.get(person);
            List<CalibratedCamera> cameras = problem.views().stream()
                    .filter(MultiViewProblem.View::isSeen)
                    .map(MultiViewProblem.View::camera)
                    .toList();
            int[] rows = IntStream.range(from, from + cameras.size()).toArray();
            int index = person;
            bodies.add(fit(problem, cameras, guesses.select(rows), steps, () -> cancelled.test(index)));
            from += cameras.size();
        }
        return bodies;
    }

    /** Whether the person is no longer wanted. */
    private interface Cancelled {
        boolean now();
    }

    private MultiViewBody fit(
            MultiViewProblem problem,
            List<CalibratedCamera> cameras,
            FitBatch guesses,
            int steps,
            Cancelled cancelled) {
        ViewFusion fusion = new ViewFusion(rig.skeleton(), cameras, guesses);
        BodyPrior prior = fusion.prior();
        MultiViewEnergy energy = new MultiViewEnergy(rig, ViewRays.of(cameras, guesses.observations()), prior);
        double[] fused = new double[prior.variables()];
        if (steps == 0) {
            double value = energy.evaluate(0, fused, new double[fused.length]);
            return body(
                    problem, energy, fused, new MultiViewBody.Quality(value, value, 0, 1, 0, Termination.MAX_STEPS));
        }
        List<double[]> starts = new ArrayList<>();
        starts.add(fused);
        for (int view = 0; cameras.size() > 1 && view < cameras.size(); view++) {
            starts.add(fusion.start(view, prior));
        }
        try (MemoryScope scope = MemoryScope.open();
                Optimum optimum = optimizer.minimize(
                        energy,
                        Points.of(starts.toArray(double[][]::new), DataType.FLOAT32),
                        Execution.on(ai.djl.Device.cpu()).with(Storage.ARRAYS),
                        StopRule.steps(steps).withRelativeDecreaseTolerance(DECREASE),
                        new Observer() {
                            @Override
                            public boolean isCancelled(int item) {
                                return cancelled.now();
                            }
                        })) {
            int best = 0;
            int evaluations = 0;
            for (int start = 0; start < starts.size(); start++) {
                Optimum.Outcome outcome = optimum.items().get(start);
                evaluations += outcome.evaluations();
                if (outcome.value() < optimum.items().get(best).value()) {
                    best = start;
                }
            }
            Optimum.Outcome outcome = optimum.items().get(best);
            return body(
                    problem,
                    energy,
                    optimum.x().row(best),
                    new MultiViewBody.Quality(
                            outcome.value(),
                            optimum.items().get(0).values()[0],
                            outcome.steps(),
                            evaluations,
                            outcome.safeguarded(),
                            outcome.termination()));
        }
    }

    private MultiViewBody body(
            MultiViewProblem problem, MultiViewEnergy energy, double[] u, MultiViewBody.Quality quality) {
        float[] points = energy.points(u);
        MultiViewVariables variables = energy.bodyAt(u);
        float[] pose = new float[3 * SmplJoint.values().length];
        for (int j = 0; j < pose.length / 3; j++) {
            Rotations.log(variables.rotations(), 9 * j, pose, 3 * j);
        }
        int slots = KeypointCatalogue.all().size();
        int[] slot = KeypointCatalogue.slots(problem.layout());
        float[] keypoints = new float[3 * slot.length];
        for (int k = 0; k < slot.length; k++) {
            System.arraycopy(points, 3 * slot[k], keypoints, 3 * k, 3);
        }
        List<MultiViewBody.InView> views = new ArrayList<>();
        for (MultiViewProblem.View view : problem.views()) {
            float[] pixels = view.camera().intrinsics().pixels(view.camera().toCamera(points));
            views.add(new MultiViewBody.InView(
                    view.camera().id(),
                    view.camera().intrinsics(),
                    Arrays.copyOfRange(pixels, 2 * slots, pixels.length),
                    Reprojection.of(problem.seenBy(view), pixels)));
        }
        FitProvenance single = singleViews.provenance();
        return new MultiViewBody(
                pose,
                variables.betas().clone(),
                variables.translation().clone(),
                Arrays.copyOfRange(points, 3 * slots, points.length),
                keypoints,
                WorldFrame.up(problem.views().stream()
                        .map(MultiViewProblem.View::camera)
                        .toList()),
                views,
                quality,
                new FitProvenance(
                        single.checkpoint(),
                        single.weightsSha256(),
                        single.bodyDigest(),
                        optimizer.name(),
                        Storage.ARRAYS));
    }
}
