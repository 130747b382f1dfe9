package dev.secant.training;

import dev.secant.evaluation.BodySampler;
import dev.secant.evaluation.BodySamples;
import java.util.SplittableRandom;

/** A stage of the body's training: draws the same people at the same step, whatever came before. */
abstract class BodyStage implements TrainingLoop.Stage {

    private final BodySampler sampler;
    private int batch;
    private long seed;

    BodyStage(BodySampler sampler) {
        this.sampler = sampler;
    }

    /**
     * Called once before its first step.
     *
     * @param all the parameters of all networks
     */
    void begin(Parameters all, int people, long streams) {
        batch = people;
        seed = streams;
    }

    final BodySamples draw(int step) {
        return sampler.draw(batch, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step));
    }
}
