package dev.secant.evaluation.trial;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.checkpoint.SecantCheckpoint;
import dev.secant.optimizer.Optimizer;
import dev.secant.problems.ProblemSet;
import dev.secant.text.NumberFormats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A learned method: one checkpoint for each family of problems (L-SR1, arXiv 2508.12270, section 5.1.2), or one for all. It
 * does not take part in problems whose family none of its checkpoints was trained on.
 */
public final class LearnedSolver implements ProfileSolver {

    private static final String ANY_FAMILY = "";

    private final String name;
    private final Map<String, Optimizer> byFamily = new LinkedHashMap<>();
    private final Map<String, String> ids = new LinkedHashMap<>();

    private LearnedSolver(String name) {
        this.name = name;
    }

    /**
     * Groups checkpoints that are the same method, trained on different families; where one of them was trained on several, it takes
     * part by itself, too.
     *
     * @param checkpoints those of no optimizer are passed over
     * @throws IllegalArgumentException if two of a method were trained on the same family
     */
    public static List<ProfileSolver> of(List<Checkpoint> checkpoints) {
        Map<String, LearnedSolver> solvers = new LinkedHashMap<>();
        for (Checkpoint checkpoint : checkpoints) {
            LearnedOptimizers.of(checkpoint)
                    .ifPresent(optimizer -> solvers.computeIfAbsent(method(checkpoint.manifest()), LearnedSolver::new)
                            .add(checkpoint, optimizer));
        }
        List<ProfileSolver> all = new ArrayList<>(solvers.values());
        solvers.values().forEach(solver -> solver.general().ifPresent(all::add));
        return all;
    }

    /** The checkpoint of several families alone, where there are others beside it. */
    private Optional<ProfileSolver> general() {
        Optimizer optimizer = byFamily.get(ANY_FAMILY);
        return optimizer == null || byFamily.size() == 1
                ? Optional.empty()
                : Optional.of(ProfileSolver.of(
                        "%s (%s alone)".formatted(name, ids.get(ANY_FAMILY)), optimizer, Integer.MAX_VALUE));
    }

    private void add(Checkpoint checkpoint, Optimizer optimizer) {
        String family = LearnedOptimizers.family(checkpoint).orElse(ANY_FAMILY);
        String other = ids.putIfAbsent(family, checkpoint.id());
        if (other != null) {
            throw new IllegalArgumentException(
                    "The checkpoints (%s) and (%s) are both of %s, trained on (%s).%nMaybe leave one of them out."
                            .formatted(other, checkpoint.id(), name, family));
        }
        byFamily.put(family, optimizer);
    }

    /** What the checkpoints of a method share; the weight of the secant term may differ from family to family. */
    private static String method(CheckpointManifest manifest) {
        if (SecantCheckpoint.isOne(manifest)) {
            return "Secant";
        }
        boolean secant = manifest.settings().get("secantWeight") instanceof Number weight && weight.doubleValue() > 0;
        return String.format(
                Locale.ROOT,
                "L-SR1 %s, a2 %s, %s",
                manifest.preset(),
                NumberFormats.format(manifest.number("rateExponent")),
                secant ? "secant" : "no secant");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Optimizer> on(ProfileProblem problem, ProblemSet drawn) {
        Optimizer special = byFamily.get(problem.trainedFamily());
        return Optional.ofNullable(special == null ? byFamily.get(ANY_FAMILY) : special);
    }
}
