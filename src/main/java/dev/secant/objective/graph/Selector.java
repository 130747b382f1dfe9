package dev.secant.objective.graph;

/**
 * What one subscript chooses, counted from 0.
 *
 * @param first the first index
 * @param step the distance between indices; negative counts down
 * @param count how many
 * @param single whether the axis disappears
 */
public record Selector(int first, int step, int count, boolean single) {
    int lowest() {
        return step > 0 ? first : first + step * (count - 1);
    }

    int highest() {
        return step > 0 ? first + step * (count - 1) : first;
    }
}
