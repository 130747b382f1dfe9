package dev.secant.training;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * Listens to a training in silence, and kills it in the middle of a step if it is told one.
 *
 * @param lastStep the step; 0 for none
 */
public record Interruption(int lastStep) implements TrainingProgress {

    public static final Interruption NONE = new Interruption(0);

    /** What a training dies of. */
    public static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A clock by which each look is an hour after the last, so that the state is saved after every step. */
    public static Clock everyStep() {
        return new InstantSource() {
            private Instant now = Instant.EPOCH;

            @Override
            public Instant instant() {
                now = now.plus(Duration.ofHours(1));
                return now;
            }
        }.withZone(ZoneOffset.UTC);
    }

    @Override
    public void onStep(String stage, int step, int steps, double loss) {
        if (step == lastStep) {
            throw new Killed();
        }
    }

    @Override
    public void onValidation(String stage, int step, String report) {}
}
