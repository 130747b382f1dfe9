package dev.secant.fit.learned;

import dev.secant.fit.FitProblem;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Reprojection;
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
        float[] pixels = problem.camera().pixels(points);
        Reprojection reprojection = Reprojection.of(problem, pixels);
        return new FittedBody(
                people.pose(person),
                people.betas(person),
                people.translation(person),
                problem.camera(),
                Arrays.copyOfRange(points, 3 * slots, points.length),
                Arrays.copyOfRange(pixels, 2 * slots, pixels.length),
                reprojection.keypoints(),
                reprojection.residuals(),
                reprojection.error(),
                quality);
    }
}
