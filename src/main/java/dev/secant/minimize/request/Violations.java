package dev.secant.minimize.request;

import dev.secant.minimize.InvalidRequestException;
import dev.secant.minimize.RequestViolation;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a request, as far as it has been read; each thing once. */
final class Violations {

    private final List<RequestViolation> found = new ArrayList<>();

    void add(RequestViolation violation) {
        if (!found.contains(violation)) {
            found.add(violation);
        }
    }

    void add(String pointer, String message) {
        add(RequestViolation.at(pointer, message));
    }

    /** Notes a violation where a condition does not hold, and answers whether it does. */
    boolean require(boolean condition, String pointer, String message) {
        if (!condition) {
            add(pointer, message);
        }
        return condition;
    }

    int size() {
        return found.size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    InvalidRequestException exception() {
        return new InvalidRequestException(found);
    }
}
