package dev.secant.jobs;

import dev.secant.fit.BodyFitter;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import java.util.List;
import java.util.function.IntPredicate;

/** Stands where no fitter is installed: every fit fails and says so. */
final class MissingFitter implements BodyFitter {

    @Override
    public List<FittedBody> fit(List<FitProblem> problems, FitSettings settings, IntPredicate cancelled) {
        throw new IllegalStateException("No fitter is installed.");
    }

    @Override
    public String identity() {
        return "missing";
    }
}
