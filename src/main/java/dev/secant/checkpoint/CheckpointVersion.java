package dev.secant.checkpoint;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version {@code MAJOR.MINOR.PATCH}, with {@code -LABEL} behind it while it is not yet stable.
 *
 * @param major changed weights that need changed code
 * @param minor better weights
 * @param patch the same weights, described better
 * @param label empty when stable
 */
public record CheckpointVersion(int major, int minor, int patch, String label)
        implements Comparable<CheckpointVersion> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:-([0-9A-Za-z.-]+))?");
    private static final Comparator<CheckpointVersion> ORDER = Comparator.comparingInt(CheckpointVersion::major)
            .thenComparingInt(CheckpointVersion::minor)
            .thenComparingInt(CheckpointVersion::patch)
            .thenComparing(CheckpointVersion::isStable)
            .thenComparing(CheckpointVersion::label);

    /**
     * Reads a version.
     *
     * @throws CheckpointException if it has another form
     */
    public static CheckpointVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new CheckpointException(
                    "The version (%s) of a checkpoint must look like 1.0.0 or 1.0.0-rc1.".formatted(text));
        }
        String label = matcher.group(4);
        return new CheckpointVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                label == null ? "" : label);
    }

    /** Whether it has no label. */
    public boolean isStable() {
        return label.isEmpty();
    }

    @Override
    public int compareTo(CheckpointVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%d.%d%s".formatted(major, minor, patch, label.isEmpty() ? "" : "-" + label);
    }
}
