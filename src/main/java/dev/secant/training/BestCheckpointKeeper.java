package dev.secant.training;

import dev.secant.io.AtomicFile;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The weights of the lowest validation so far, kept in a file beside the training's state, so that they outlive a kill. */
public final class BestCheckpointKeeper {

    private static final String MEASURE = "measure";

    private final Path file;
    private SafeTensors best;

    /** Those of an earlier run, if the file exists. */
    public BestCheckpointKeeper(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                best = SafeTensors.read(in);
            }
        } else {
            best = new SafeTensors(Map.of(MEASURE, "Infinity"), Map.of());
        }
    }

    /** Keeps weights if their measure is lower, or if there are none yet; never any that are not finite. */
    public void offer(double measure, Map<String, FloatTensor> weights) throws IOException {
        if (areFinite(weights) && (measure < measure() || best.tensors().isEmpty())) {
            double known = Double.isNaN(measure) ? Double.POSITIVE_INFINITY : measure;
            best = new SafeTensors(Map.of(MEASURE, Double.toString(known)), weights);
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.write(file, best::write);
        }
    }

    private static boolean areFinite(Map<String, FloatTensor> weights) {
        for (FloatTensor tensor : weights.values()) {
            for (float value : tensor.values()) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The lowest measure; infinite if there are no weights yet. */
    public double measure() {
        return Double.parseDouble(best.metadata().getOrDefault(MEASURE, "Infinity"));
    }

    /** The weights of the lowest measure, by name. */
    public Map<String, FloatTensor> weights() {
        return best.tensors();
    }
}
