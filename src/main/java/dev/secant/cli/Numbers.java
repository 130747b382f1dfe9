package dev.secant.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Numbers as options take them. */
final class Numbers {

    private Numbers() {}

    /** {@code 20,50}. */
    static String joined(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
