package dev.secant.training;

/** The learning rate of each training step, a function of the step alone, so that a resumed run continues it. */
@FunctionalInterface
public interface LearningRateSchedule {

    /** The learning rate of a step, from 0. */
    double at(int step);

    /** From {@code rate} down to {@code rate * floor} along half a cosine, after a linear warm-up. */
    static LearningRateSchedule cosine(double rate, double floor, int warmup, int total) {
        return step -> {
            if (step < warmup) {
                return rate * (step + 1) / warmup;
            }
            double done = Math.min(1, (step - warmup) / (double) Math.max(1, total - warmup));
            return rate * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * done)));
        };
    }
}
