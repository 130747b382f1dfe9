package dev.secant.jobs.execution;

import dev.secant.fit.ModelHessian;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told of an item that could not be computed: sentences of ours. Exceptions of the engine or of Java go to the log. */
public final class ItemFailures {

    private static final Logger log = LoggerFactory.getLogger(ItemFailures.class);

    private ItemFailures() {}

    /**
     * The reason of a failure, as a sentence.
     *
     * @param item its index in the request
     * @param failure what was thrown while it was computed, or an {@link ExecutionException} around it
     */
    public static String message(int item, Throwable failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ModelHessian.NotPositiveDefiniteException failed) {
            return String.valueOf(failed.getMessage());
        }
        log.error("An item ({}) could not be computed.", item, cause);
        return cause instanceof OutOfMemoryError
                ? "The memory of the worker does not suffice. Maybe send fewer starts or people at once."
                : "Internal error during the computation. Details are in the server log.";
    }
}
