package dev.secant.jobs.devices;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether a device works: a circuit breaker. After some batches in a row of which nothing came out but the device's own errors it goes
 * out of service; after a back-off it is probed, and comes back where the probe succeeds. The back-off doubles until a batch succeeds.
 * A device that has just come back goes at its first failed batch. Safe for use by many threads.
 */
public final class DeviceHealth {

    /** Whether a device is given batches. */
    public enum State {
        IN_SERVICE,
        OUT_OF_SERVICE
    }

    /**
     * When a device goes, and when it is probed.
     *
     * @param failures failed batches in a row that take it out of service
     * @param backOff from then to the first probe
     * @param longestBackOff between probes
     */
    public record Policy(int failures, Duration backOff, Duration longestBackOff) {

        public Policy {
            if (failures < 1) {
                throw new IllegalArgumentException(
                        "The failures (%d) that take a device out of service must be positive.".formatted(failures));
            }
            if (backOff.isNegative() || backOff.isZero() || longestBackOff.compareTo(backOff) < 0) {
                throw new IllegalArgumentException("The back-off (%s) must be positive and at most the longest (%s)."
                        .formatted(backOff, longestBackOff));
            }
        }
    }

    /**
     * A device's state for people.
     *
     * @param state whether it is given batches
     * @param since when that began
     * @param batches how many have ended
     * @param failures how many of them failed by the device's fault
     * @param lastFailure the last such failure
     * @param nextProbe when an out of service device is probed
     */
    public record Report(
            State state,
            Instant since,
            long batches,
            long failures,
            @Nullable String lastFailure,
            @Nullable Instant nextProbe) {}

    private final Policy policy;
    private final InstantSource clock;
    private State state = State.IN_SERVICE;
    private Instant since;
    private long batches;
    private long failures;
    private int inARow;
    private @Nullable String lastFailure;
    private Duration backOff;
    private @Nullable Instant nextProbe;

    /** A device in service. */
    public DeviceHealth(Policy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
        this.since = clock.instant();
        this.backOff = policy.backOff();
    }

    /** Whether the device is given batches. */
    public synchronized boolean inService() {
        return state == State.IN_SERVICE;
    }

    /** A batch ended with a result. */
    public synchronized void succeeded() {
        batches++;
        inARow = 0;
        backOff = policy.backOff();
    }

    /** A batch ended without a result, but not by the device's fault. */
    public synchronized void inconclusive() {
        batches++;
    }

    /**
     * A batch ended without a result, by the device's fault.
     *
     * @return whether this took the device out of service
     */
    public synchronized boolean failed(Throwable failure) {
        batches++;
        failures++;
        inARow++;
        lastFailure = String.valueOf(failure.getMessage());
        if (state == State.OUT_OF_SERVICE || inARow < policy.failures()) {
            return false;
        }
        state = State.OUT_OF_SERVICE;
        since = clock.instant();
        nextProbe = since.plus(backOff);
        return true;
    }

    /** Whether it is time for a probe. Answers true once; {@link #probed} must follow. */
    public synchronized boolean takeProbe() {
        Instant due = nextProbe;
        if (state == State.IN_SERVICE || due == null || clock.instant().isBefore(due)) {
            return false;
        }
        nextProbe = null;
        return true;
    }

    /**
     * A probe has ended.
     *
     * @param failure why it failed; null where it did not
     * @return whether the device is back
     */
    public synchronized boolean probed(@Nullable Throwable failure) {
        if (failure == null) {
            state = State.IN_SERVICE;
            since = clock.instant();
            inARow = policy.failures() - 1;
        } else {
            lastFailure = String.valueOf(failure.getMessage());
        }
        backOff = backOff.multipliedBy(2).compareTo(policy.longestBackOff()) < 0
                ? backOff.multipliedBy(2)
                : policy.longestBackOff();
        nextProbe = failure == null ? null : clock.instant().plus(backOff);
        return failure == null;
    }

    /** The state for people. */
    public synchronized Report report() {
        return new Report(state, since, batches, failures, lastFailure, nextProbe);
    }
}
