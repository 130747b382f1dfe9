package dev.secant.problems.body;

import dev.secant.body.io.MotionClip;
import dev.secant.io.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** All poses of a folder of motion clips, each with a weight that it is drawn with. Immutable. */
public final class MotionLibrary {

    private final List<float[]> poses;
    private final double[] cumulative;
    private final String digest;

    /** Poses, all equally likely; axis-angle by joint, radians, the root to a world with y up, {@code [J, 3]} each. */
    public MotionLibrary(List<float[]> poses, String digest) {
        this(poses, new double[0], digest);
    }

    private MotionLibrary(List<float[]> poses, double[] cumulative, String digest) {
        if (poses.isEmpty()) {
            throw new IllegalArgumentException("There is no motion frame to sample from.");
        }
        this.poses = List.copyOf(poses);
        this.cumulative = cumulative;
        this.digest = digest;
    }

    /** {@code [J, 3]} each. */
    public List<float[]> poses() {
        return poses;
    }

    /** SHA-256 over the files in the order of their names, hexadecimal. */
    public String digest() {
        return digest;
    }

    /** A pose, not to be changed: uniform, or by the weights. */
    float[] draw(SplittableRandom random) {
        if (cumulative.length == 0) {
            return poses.get(random.nextInt(poses.size()));
        }
        int found = Arrays.binarySearch(cumulative, random.nextDouble(cumulative[cumulative.length - 1]));
        return poses.get(Math.min(found < 0 ? -found - 1 : found + 1, poses.size() - 1));
    }

    /**
     * Reads every {@code .npz} below a folder, in the order of their paths; all poses equally likely.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static MotionLibrary read(Path folder) {
        return read(folder, Map.of());
    }

    /**
     * Reads every {@code .npz} below a folder, each frame as likely as its file's weight says.
     *
     * @param weights a CSV file: paths of motion files, in the column "file", ending with the path below the folder, and in the
     *     column "weight" that of each of their frames, relative to others
     * @throws IllegalArgumentException if there is no file, or one without a weight
     */
    public static MotionLibrary read(Path folder, Path weights) {
        Map<String, Double> byFile = new HashMap<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = format.parse(Files.newBufferedReader(weights))) {
            for (CSVRecord row : parser) {
                double weight = Double.parseDouble(row.get("weight"));
                if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("The weight (%s) of the file (%s) is not a number from 0 up."
                            .formatted(row.get("weight"), row.get("file")));
                }
                byFile.put(row.get("file"), weight);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(folder, byFile);
    }

    private static MotionLibrary read(Path folder, Map<String, Double> weights) {
        List<Path> files = files(folder);
        List<float[]> poses = new ArrayList<>();
        List<Double> cumulative = new ArrayList<>();
        double sum = 0;
        for (Path file : files) {
            MotionClip clip = MotionClip.read(file);
            double weight = weights.isEmpty() ? 1 : weight(folder, file, weights);
            for (int frame = 0; frame < clip.frameCount(); frame++) {
                poses.add(clip.pose(frame));
                sum += weight;
                cumulative.add(sum);
            }
        }
        double[] sums = weights.isEmpty()
                ? new double[0]
                : cumulative.stream().mapToDouble(Double::doubleValue).toArray();
        return new MotionLibrary(poses, sums, digest(files));
    }

    private static double weight(Path folder, Path file, Map<String, Double> weights) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        return weights.entrySet().stream()
                .filter(entry -> entry.getKey().equals(path) || entry.getKey().endsWith("/" + path))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The sampling weights have no row for the motion file (%s).".formatted(path)));
    }

    /**
     * The clips of a folder, one for each {@code .npz} below it, in the order of their paths.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static List<MotionClip> clips(Path folder) {
        return files(folder).stream().map(MotionClip::read).toList();
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("The motion folder (%s) is not a folder.".formatted(folder));
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(file -> file.toString().endsWith(".npz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "The motion folder (%s) holds no .npz file. Maybe it is the folder above or below."
                            .formatted(folder));
        }
        return files;
    }

    private static String digest(List<Path> files) {
        Sha256 digest = new Sha256();
        try {
            for (Path file : files) {
                digest.add(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digest.hex();
    }
}
