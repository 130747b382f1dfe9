package dev.secant.evaluation.body;

import dev.secant.body.BodyModel;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.optimizer.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Body fits of one batch on both storages in turn, from keypoints to bodies; the shortest time of each counts, so that other work of the
 * machine falls out.
 */
public final class FitStorageTrial {

    /** Deviation of the sample people's keypoints, so that the fit has something to do. */
    private static final double NOISE_PIXELS = 4;

    private final BodyModel body;
    private final Map<Storage, DefaultBodyFitter> fitters = new EnumMap<>(Storage.class);

    /** A trial of a fitter, which it never loads itself. */
    public FitStorageTrial(BodyModel body, DefaultBodyFitter fitter) {
        this.body = body;
        for (Storage storage : Storage.values()) {
            fitters.put(storage, fitter.withStorage(Optional.of(storage)));
        }
    }

    /**
     * Fits.
     *
     * @param people of the batch
     * @param repeats on each storage, at least 1
     * @return the shortest time of each storage, microseconds a person
     */
    public Map<Storage, Double> microseconds(int people, int repeats) {
        List<FitProblem> problems = problems(body, people);
        Map<Storage, Double> shortest = new EnumMap<>(Storage.class);
        for (int k = 0; k < repeats; k++) {
            fitters.forEach((storage, fitter) -> shortest.merge(storage, time(fitter, problems), Math::min));
        }
        return Collections.unmodifiableMap(shortest);
    }

    /** As {@link #microseconds(int, int)}, on one storage only. */
    public double microseconds(Storage storage, int people, int repeats) {
        List<FitProblem> problems = problems(body, people);
        double shortest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < repeats; k++) {
            shortest = Math.min(shortest, time(Objects.requireNonNull(fitters.get(storage)), problems));
        }
        return shortest;
    }

    private static double time(DefaultBodyFitter fitter, List<FitProblem> problems) {
        long began = System.nanoTime();
        fitter.fit(problems, new FitSettings(FitSettings.DEFAULT_STEPS, false), item -> false);
        return (System.nanoTime() - began) * 1e-3 / problems.size();
    }

    /** The sample people over and over, each with noise of its own. */
    static List<FitProblem> problems(BodyModel body, int people) {
        SplittableRandom random = new SplittableRandom(1);
        List<FitProblem> known = SamplePerson.problems(body, KeypointLayout.BODY_25);
        List<FitProblem> problems = new ArrayList<>();
        for (int b = 0; b < people; b++) {
            FitProblem person = known.get(b % known.size());
            double[] keypoints = person.keypoints().clone();
            for (int k = 0; k < keypoints.length; k += 3) {
                keypoints[k] += NOISE_PIXELS * random.nextGaussian();
                keypoints[k + 1] += NOISE_PIXELS * random.nextGaussian();
            }
            problems.add(new FitProblem(person.layout(), keypoints, person.camera()));
        }
        return problems;
    }
}
