package dev.secant.minimize;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where in the body: a JSON Pointer (RFC 6901)
 * @param message what is wrong
 * @param line in a formula, from 1; null elsewhere
 * @param column in a formula, from 1; null elsewhere
 */
public record RequestViolation(String pointer, String message, @Nullable Integer line, @Nullable Integer column) {

    public static RequestViolation at(String pointer, String message) {
        return new RequestViolation(pointer, message, null, null);
    }
}
