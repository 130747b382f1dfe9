package dev.secant.minimize;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointException;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.optimizer.Adam;
import dev.secant.optimizer.Bfgs;
import dev.secant.optimizer.Lbfgs;
import dev.secant.optimizer.LearnedSr1;
import dev.secant.optimizer.LevenbergMarquardt;
import dev.secant.optimizer.NewtonCg;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.SecantQuasiNewton;
import dev.secant.optimizer.Sr1;
import dev.secant.optimizer.Sr1Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The optimizers behind the names of solvers; learned ones come from the checkpoints of a registry. */
public final class Methods {

    private final @Nullable CheckpointRegistry checkpoints;
    private final Map<Learned, LearnedSr1> loaded = new ConcurrentHashMap<>();

    private record Learned(String checkpoint, String weightsSha256, Sr1Settings settings) {}

    private Methods(@Nullable CheckpointRegistry checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** With the learned optimizers of a registry. */
    public static Methods of(CheckpointRegistry checkpoints) {
        return new Methods(checkpoints);
    }

    /** Without learned optimizers. */
    public static Methods classical() {
        return new Methods(null);
    }

    /**
     * The full name of a checkpoint that a solver can run.
     *
     * @param reference {@code name}, {@code name@latest}, {@code name@stable} or {@code name@1.0.0}
     * @return {@code name@1.0.0}
     * @throws CheckpointException if there is none, or its preset is not an optimizer
     */
    String resolve(String reference) {
        Learned learned = learned(reference, null);
        load(learned);
        return learned.checkpoint();
    }

    /** The optimizer of a method; {@code auto}'s is the one it starts with. */
    Optimizer optimizer(MinimizationPlan.Method method) {
        return switch (method.solver()) {
            case AUTO, LSR1 -> secant(method);
            case LBFGS -> method.memory() == null ? new Lbfgs() : new Lbfgs(method.memory());
            case SR1 -> method.memory() == null ? new Sr1() : new Sr1(method.memory());
            case BFGS -> new Bfgs();
            case NEWTON_CG -> new NewtonCg();
            case ADAM -> new Adam(method.learningRate());
            case LM -> new LevenbergMarquardt();
        };
    }

    private Optimizer secant(MinimizationPlan.Method method) {
        String checkpoint = method.checkpoint();
        if (checkpoint != null) {
            return load(learned(checkpoint, method.memory()));
        }
        return method.memory() == null ? new SecantQuasiNewton() : new SecantQuasiNewton(method.memory());
    }

    private LearnedSr1 load(Learned learned) {
        return loaded.computeIfAbsent(learned, key -> {
            Checkpoint checkpoint = registry().get(key.checkpoint());
            try {
                return new LearnedSr1(key.settings(), checkpoint.weights().tensors());
            } catch (IllegalArgumentException e) {
                throw new CheckpointException(
                        "The checkpoint (%s) is not usable: %s".formatted(key.checkpoint(), e.getMessage()), e);
            }
        });
    }

    private Learned learned(String reference, @Nullable Integer memory) {
        Checkpoint checkpoint = registry().get(reference);
        CheckpointManifest manifest = checkpoint.manifest();
        Sr1Settings.Variant variant = variant(manifest.preset())
                .orElseThrow(() ->
                        new CheckpointException("The checkpoint (%s) has the preset (%s); lsr1 runs the presets %s."
                                .formatted(manifest.id(), manifest.preset(), presets())));
        Sr1Settings settings = new Sr1Settings(
                variant,
                memory == null ? (int) manifest.number("memory") : memory,
                (int) manifest.number("hidden"),
                (int) manifest.number("latent"),
                manifest.number("rateScale"),
                manifest.number("rateExponent"));
        return new Learned(manifest.id(), manifest.weightsSha256(), settings);
    }

    private CheckpointRegistry registry() {
        if (checkpoints == null) {
            throw new CheckpointException("There are no checkpoints here.");
        }
        return checkpoints;
    }

    private static Optional<Sr1Settings.Variant> variant(String preset) {
        return Arrays.stream(Sr1Settings.Variant.values())
                .filter(variant -> variant.presetName().equals(preset))
                .findFirst();
    }

    private static List<String> presets() {
        return Arrays.stream(Sr1Settings.Variant.values())
                .map(Sr1Settings.Variant::presetName)
                .toList();
    }
}
