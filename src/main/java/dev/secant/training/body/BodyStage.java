package dev.secant.training.body;

import dev.secant.problems.body.BodySampler;
import dev.secant.problems.body.BodySamples;
import dev.secant.training.BestCheckpointKeeper;
import dev.secant.training.Parameters;
import dev.secant.training.TrainingLoop;
import java.io.IOException;
import java.util.SplittableRandom;

/** A stage of the body's training: draws the same people at the same step, whatever came before. */
abstract class BodyStage implements TrainingLoop.Stage {

    private final BodySampler sampler;
    private Parameters trained;
    private BestCheckpointKeeper best;
    private int batch;
    private long seed;

    @SuppressWarnings("NullAway.Init") // Set by begin, before the first step.
    BodyStage(BodySampler sampler) {
        this.sampler = sampler;
    }

    /**
     * Called once before its first step.
     *
     * @param all the parameters of all networks
     * @param own those that this stage trains
     * @param kept the best of them
     */
    final void begin(Parameters all, Parameters own, BestCheckpointKeeper kept, int people, long streams) {
        trained = own;
        best = kept;
        batch = people;
        seed = streams;
        prepare(all);
    }

    /** Makes what the steps need of the parameters of all networks. */
    abstract void prepare(Parameters all);

    /** Measures the model; the lowest first number is the best. */
    abstract double[] measure();

    @Override
    public final double[] validate() throws IOException {
        double[] measured = measure();
        best.offer(measured[0], trained.snapshot());
        return measured;
    }

    final BodySamples draw(int step) {
        return sampler.draw(batch, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step));
    }
}
