package dev.secant.jobs.fit;

import dev.secant.fit.FitProvenance;
import dev.secant.fit.FittedBody;

/**
 * What came out for one person, as stored.
 *
 * @param body the body
 * @param provenance what it was found with
 */
public record FitOutcome(FittedBody body, FitProvenance provenance) {}
