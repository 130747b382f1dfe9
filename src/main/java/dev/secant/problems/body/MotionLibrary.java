package dev.secant.problems.body;

import dev.secant.body.io.MotionClip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
