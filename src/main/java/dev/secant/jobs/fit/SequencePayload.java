package dev.secant.jobs.fit;

import dev.secant.fit.sequence.SequenceFitter;
import dev.secant.fit.sequence.SequenceProblem;

/**
 * What a SEQUENCE job is asked, as stored.
 *
 * @param settings how to fit
 * @param problem the frames
 */
public record SequencePayload(SequenceFitter.Settings settings, SequenceProblem problem) {}
