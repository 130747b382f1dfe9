package dev.secant.fit.learned;

import dev.secant.fit.Camera;
import dev.secant.fit.FitEnergy;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Termination;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts results together, person by person.
 *
 * @param problems the people
 * @param people where they ended, with the points of the keypoints' slots and then the joints
 */
record FittedBodies(List<FitProblem> problems, PosedPeople people) {

    /**
     * At the initialiser's guess.
     *
     * @param energies there, {@code [B]}
     */
    List<FittedBody> atGuess(double[] energies) {
        List<FittedBody> bodies = new ArrayList<>();
        for (int b = 0; b < problems.size(); b++) {
            double energy = energies[b];
            bodies.add(body(b, new FittedBody.Quality(energy, energy, 0, 1, 0, Termination.MAX_STEPS, List.of())));
        }
        return bodies;
    }

    /**
     * Refined.
     *
     * @param outcomes one a person
     * @param iterates the people after each step, the start first; empty unless wanted
     */
    List<FittedBody> refined(List<Optimum.Outcome> outcomes, List<PosedPeople> iterates) {
        List<FittedBody> bodies = new ArrayList<>();
        for (int b = 0; b < problems.size(); b++) {
            Optimum.Outcome outcome = outcomes.get(b);
            bodies.add(body(
                    b,
                    new FittedBody.Quality(
                            outcome.value(),
                            outcome.values()[0],
                            outcome.steps(),
                            outcome.evaluations(),
                            outcome.safeguarded(),
                            outcome.termination(),
                            trajectory(b, outcome, iterates))));
        }
        return bodies;
    }

    private static List<FittedBody.Iterate> trajectory(
            int person, Optimum.Outcome outcome, List<PosedPeople> iterates) {
        List<FittedBody.Iterate> trajectory = new ArrayList<>();
        for (int k = 0; k <= outcome.steps() && k < iterates.size(); k++) {
            PosedPeople then = iterates.get(k);
            trajectory.add(new FittedBody.Iterate(
                    k,
                    outcome.values()[k],
                    outcome.gradientNorms()[k],
                    outcome.stepLengths()[k],
                    then.pose(person),
                    then.betas(person),
                    then.translation(person)));
        }
        return trajectory;
    }

    private FittedBody body(int person, FittedBody.Quality quality) {
        FitProblem problem = problems.get(person);
        int slots = KeypointCatalogue.all().size();
        float[] points = people.points(person);
        float[] pixels = pixels(problem.camera(), points);
        int[] slot = KeypointCatalogue.slots(problem.layout());
        float[] keypoints = new float[2 * slot.length];
        float[] residuals = new float[slot.length];
        double error = reprojection(problem, slot, pixels, keypoints, residuals);
        return new FittedBody(
                people.pose(person),
                people.betas(person),
                people.translation(person),
                problem.camera(),
                Arrays.copyOfRange(points, 3 * slots, points.length),
                Arrays.copyOfRange(pixels, 2 * slots, pixels.length),
                keypoints,
                residuals,
                error,
                quality);
    }

    private static float[] pixels(Camera camera, float[] points) {
        float[] pixels = new float[points.length / 3 * 2];
        for (int i = 0; i < points.length / 3; i++) {
            float z = Math.max(points[3 * i + 2], FitEnergy.NEAREST);
            pixels[2 * i] = (float) (camera.focalX() * points[3 * i] / z + camera.centerX());
            pixels[2 * i + 1] = (float) (camera.focalY() * points[3 * i + 1] / z + camera.centerY());
        }
        return pixels;
    }

    /** Fills keypoints and residuals; returns the mean residual over the person's size. */
    private static double reprojection(
            FitProblem problem, int[] slot, float[] pixels, float[] keypoints, float[] residuals) {
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
        return sum / Math.max(seen, 1) / size;
    }
}
