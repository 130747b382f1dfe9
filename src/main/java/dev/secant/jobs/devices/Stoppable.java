package dev.secant.jobs.devices;

/** Has items that wait, and gives them back when the process shuts down. */
public interface Stoppable {

    /** Ends items that wait with a {@link NotTriedException}, and lets running batches finish without waiting for them. */
    void stop();
}
