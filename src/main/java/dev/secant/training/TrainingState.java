package dev.secant.training;

import dev.secant.io.AtomicFile;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a training run needs to go on after a kill as if nothing had happened: parameters, optimizer moments, step.
 *
 * @param step steps done
 * @param tensors parameters and moments by name
 */
record TrainingState(int step, Map<String, FloatTensor> tensors) {

    static TrainingState of(int step, Parameters parameters, AdamW optimizer) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(parameters.snapshot());
        tensors.putAll(optimizer.state());
        return new TrainingState(step, tensors);
    }

    /** Replaces the file in one move, so that a kill leaves either the old state or the new one. */
    void write(Path file) throws IOException {
        AtomicFile.write(file, new SafeTensors(Map.of("step", Integer.toString(step)), tensors)::write);
    }

    static Optional<TrainingState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            SafeTensors stored = SafeTensors.read(in);
            String step = stored.metadata().get("step");
            if (step == null) {
                throw new IOException("The training state (%s) does not say how far it got.".formatted(file));
            }
            return Optional.of(new TrainingState(Integer.parseInt(step), stored.tensors()));
        }
    }

    /** Puts the state back. */
    void restore(Parameters parameters, AdamW optimizer) {
        parameters.restore(tensors);
        optimizer.restore(tensors);
    }
}
