package dev.secant.training;

import ai.djl.Device;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.problems.Quadratics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Short trainings on random quadratics, one for each variant and seed, each in its own folder {@code out/NAME}. What is
 * there already is not trained again, and a training that was stopped goes on.
 *
 * @param out where the trainings go
 * @param steps meta-steps of each
 * @param learningRate at its highest
 */
public record VariantTraining(Path out, int steps, double learningRate) {

    public VariantTraining {
        if (steps < 1 || !(learningRate > 0)) {
            throw new IllegalArgumentException(
                    "The steps (%d) and the learningRate (%s) of the trainings must be positive."
                            .formatted(steps, learningRate));
        }
    }

    /**
     * Trains a variant with a seed, unless that was done before.
     *
     * @throws IllegalArgumentException if its folder holds a training with other settings
     */
    public Checkpoint train(TrainingVariant variant, long seed, TrainingProgress progress) throws IOException {
        String name = variant.checkpointName(seed);
        Path folder = Files.createDirectories(out.resolve(name));
        String description = "%s, %s, steps=%d, learningRate=%s"
                .formatted(variant.networks(), variant.unrolling(), steps, learningRate);
        claim(folder, description);
        Path done = folder.resolve(name).resolve("1.0.0");
        if (!Files.exists(done.resolve(Checkpoint.MANIFEST_FILE))) {
            MetaTraining.Settings settings = new MetaTraining.Settings(
                    folder,
                    new Quadratics(),
                    variant.networks(),
                    variant.unrolling(),
                    steps,
                    learningRate,
                    seed,
                    Device.cpu());
            new MetaTraining(settings, progress).train(name);
        }
        return Checkpoint.read(done);
    }

    /** Writes down what is trained in a folder; refuses one with something else. */
    private static void claim(Path folder, String settings) throws IOException {
        Path file = folder.resolve("settings.txt");
        if (Files.exists(file)) {
            String found = Files.readString(file);
            if (!found.equals(settings)) {
                throw new IllegalArgumentException(
                        "The folder (%s) holds a training with other settings: %s%nMaybe use another --trainings folder."
                                .formatted(folder, found));
            }
        } else {
            Files.writeString(file, settings);
        }
    }
}
