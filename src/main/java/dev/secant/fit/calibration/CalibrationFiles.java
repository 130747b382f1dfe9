package dev.secant.fit.calibration;

import dev.secant.fit.views.CalibratedCamera;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads calibrated cameras from files: {@link Pose2SimFile} where a file ends in {@code .toml}, else {@link OpenCvCalibrations}. */
public final class CalibrationFiles {

    private CalibrationFiles() {}

    /**
     * The cameras of files that belong together, such as {@code intri.yml} and {@code extri.yml}, in the order of the files.
     *
     * @param files at least one
     * @throws CalibrationException if a file cannot be read, is of no known form, or two cameras have one id
     */
    public static List<CalibratedCamera> read(List<Path> files) {
        List<CalibratedCamera> cameras = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new CalibrationException("The calibration file (%s) does not exist.".formatted(file));
            }
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".toml")) {
                cameras.addAll(Pose2SimFile.read(file));
            } else {
                others.add(file);
            }
        }
        if (!others.isEmpty()) {
            cameras.addAll(OpenCvCalibrations.read(others));
        }
        if (cameras.isEmpty()) {
            throw new CalibrationException("The calibration (%s) has no camera.".formatted(files));
        }
        Set<String> ids = new HashSet<>();
        for (CalibratedCamera camera : cameras) {
            if (!ids.add(camera.id())) {
                throw new CalibrationException(
                        "The calibration (%s) has two cameras with the id (%s).".formatted(files, camera.id()));
            }
        }
        return cameras;
    }
}
