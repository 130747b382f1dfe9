package dev.secant.fit;

import dev.secant.optimizer.Storage;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.IntPredicate;

/**
 * A fitter without a body: what comes out depends only on the person's own keypoints. A person whose first keypoint is at
 * {@link #POISON} makes its batch fail; one at {@link #ENDLESS} goes on until it is cancelled.
 */
public class FakeFitter implements BodyFitter {

    /** The x of a first keypoint that no batch survives. */
    public static final double POISON = 666;

    /** The x of a first keypoint whose person is fitted until it is cancelled. */
    public static final double ENDLESS = 777;

    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final Semaphore endless = new Semaphore(0);

    @Override
    public List<FittedBody> fit(List<FitProblem> problems, FitSettings settings, IntPredicate cancelled) {
        batches.add(problems.size());
        List<FittedBody> bodies = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            if (problems.get(i).keypoints()[0] == POISON) {
                throw new IllegalStateException("This person is poison.");
            }
            if (problems.get(i).keypoints()[0] == ENDLESS) {
                endless.release();
                while (!cancelled.test(i)) {
                    Thread.yield();
                }
            }
            bodies.add(body(problems.get(i), settings, cancelled.test(i)));
        }
        return bodies;
    }

    @Override
    public FitProvenance provenance() {
        return new FitProvenance("fake@1.0.0", "", "", "none", Storage.ARRAYS);
    }

    /** Waits until the fit of an {@link #ENDLESS} person has begun; each of them ends one wait. */
    public void awaitEndless() throws InterruptedException {
        endless.acquire();
    }

    /** The sizes of the batches so far. */
    public List<Integer> batches() {
        return List.copyOf(batches);
    }

    private static FittedBody body(FitProblem problem, FitSettings settings, boolean cancelled) {
        int keypoints = problem.layout().size();
        float[] pose = new float[72];
        pose[0] = (float) problem.keypoints()[0];
        float[] residuals = new float[keypoints];
        for (int k = 0; k < keypoints; k++) {
            residuals[k] = problem.keypoints()[3 * k + 2] > 0 ? 1 : Float.NaN;
        }
        List<FittedBody.Iterate> trajectory = new ArrayList<>();
        for (int step = 0; settings.trajectory() && step <= settings.steps(); step++) {
            trajectory.add(new FittedBody.Iterate(step, 1.0 / (step + 1), 1, 1, pose, new float[10], new float[3]));
        }
        return new FittedBody(
                pose,
                new float[10],
                new float[] {0, 0, 3},
                problem.camera(),
                new float[72],
                new float[48],
                new float[2 * keypoints],
                residuals,
                0.01,
                new FittedBody.Quality(
                        0.5,
                        2,
                        settings.steps(),
                        settings.steps() + 1,
                        1,
                        cancelled ? Termination.CANCELLED : Termination.MAX_STEPS,
                        trajectory));
    }
}
