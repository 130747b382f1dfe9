package dev.secant.problems.body;

import dev.secant.body.io.MotionClip;
import dev.secant.io.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All poses of a folder of motion clips.
 *
 * @param poses axis-angle by joint, radians, the root to a world with y up, {@code [J, 3]} each
 * @param digest SHA-256 over the files in the order of their names, hexadecimal
 */
public record MotionLibrary(List<float[]> poses, String digest) {

    /**
     * Reads every {@code .npz} below a folder, in the order of their paths.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static MotionLibrary read(Path folder) {
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
        List<float[]> poses = new ArrayList<>();
        for (Path file : files) {
            MotionClip clip = MotionClip.read(file);
            for (int frame = 0; frame < clip.frameCount(); frame++) {
                poses.add(clip.pose(frame));
            }
        }
        return new MotionLibrary(List.copyOf(poses), digest(files));
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
