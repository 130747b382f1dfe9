package dev.secant.jobs.devices;

/** An item was not tried, because this process shuts down or has no device in service: its job belongs back in the queue. */
public final class NotTriedException extends RuntimeException {

    NotTriedException(String why) {
        super("The item was not tried: %s.".formatted(why));
    }
}
