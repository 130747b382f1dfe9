package dev.secant.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.optimizer.policy.SecantPolicy;
import dev.secant.problems.ProblemFamily;
import dev.secant.problems.ProblemSet;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.MemoryScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One generation of an evolution strategy with antithetic pairs (Salimans et al., Evolution strategies as a scalable alternative to
 * reinforcement learning, 2017): the gradient of the mean loss over normal perturbations of the weights, estimated from differences. Each
 * family's differences are divided by their own deviation, so that one with large losses does not drown the others.
 */
final class EvolutionStage implements TrainingLoop.Stage {

    private final SecantTraining.Settings settings;
    private final Parameters parameters;
    private final NDManager manager;
    private final PolicyTrial trial;
    private final PolicyValidation validation;
    private final BestCheckpointKeeper best;

    EvolutionStage(SecantTraining.Settings settings, Parameters parameters, NDManager manager, ParallelTrials parallel)
            throws IOException {
        this.settings = settings;
        this.parameters = parameters;
        this.manager = manager;
        this.trial = new PolicyTrial(settings.evaluations(), settings.memory(), parallel);
        this.validation = new PolicyValidation(settings, trial, manager);
        this.best = new BestCheckpointKeeper(settings.out().resolve(settings.name() + ".best.safetensors"));
        best.offer(0, SecantPolicy.UNTRAINED.weights());
    }

    BestCheckpointKeeper best() {
        return best;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public List<String> validationColumns() {
        return validation.columns();
    }

    @Override
    public double[] validate() throws IOException {
        Map<String, FloatTensor> weights = parameters.snapshot();
        double[] measured = validation.measure(new SecantPolicy(weights));
        best.offer(measured[0], weights);
        return measured;
    }

    @Override
    @SuppressWarnings("try") // The scope works by being open.
    public double accumulate(int step) {
        // Its own stream for each step, so that a resumed run draws the same problems and perturbations.
        SplittableRandom random = new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + step);
        Map<String, FloatTensor> center = parameters.snapshot();
        List<Map<String, FloatTensor>> noises = new ArrayList<>();
        List<SecantPolicy> policies = new ArrayList<>();
        for (int pair = 0; pair < settings.pairs(); pair++) {
            Map<String, FloatTensor> noise = noise(center, random);
            noises.add(noise);
            policies.add(new SecantPolicy(moved(center, noise, settings.deviation())));
            policies.add(new SecantPolicy(moved(center, noise, -settings.deviation())));
        }
        double[] differences = new double[settings.pairs()];
        double loss = 0;
        for (ProblemFamily family : settings.families()) {
            try (MemoryScope scope = MemoryScope.open()) {
                ProblemSet problems = family.draw(
                        settings.batch(), settings.drawDimension(random), DataType.FLOAT64, random, manager);
                double[] losses = trial.losses(policies, problems);
                loss += addDifferences(losses, differences)
                        / settings.families().size();
            }
        }
        collect(noises, differences);
        return loss;
    }

    /** Adds a family's standardized differences; returns its mean loss. */
    private static double addDifferences(double[] losses, double[] differences) {
        double[] own = new double[differences.length];
        double squares = 0;
        double sum = 0;
        for (int pair = 0; pair < own.length; pair++) {
            own[pair] = losses[2 * pair] - losses[2 * pair + 1];
            squares += own[pair] * own[pair];
            sum += losses[2 * pair] + losses[2 * pair + 1];
        }
        double deviation = Math.sqrt(squares / own.length);
        for (int pair = 0; deviation > 0 && pair < own.length; pair++) {
            differences[pair] += own[pair] / deviation;
        }
        return sum / losses.length;
    }

    /** The estimated gradient of each leaf is the gradient of its product with it. */
    private void collect(List<Map<String, FloatTensor>> noises, double[] differences) {
        double unit = 1.0 / (settings.pairs() * settings.families().size());
        parameters.byName().forEach((name, leaf) -> {
            float[] gradient = new float[Math.toIntExact(leaf.getShape().size())];
            for (int pair = 0; pair < differences.length; pair++) {
                float[] noise = tensor(noises.get(pair), name).values();
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += (float) (unit * differences[pair] * noise[i]);
                }
            }
            try (NDArray estimate = new FloatTensor(leaf.getShape().getShape(), gradient).on(manager)) {
                Autograd.backward(leaf, estimate, false);
            }
        });
    }

    private static Map<String, FloatTensor> noise(Map<String, FloatTensor> center, SplittableRandom random) {
        Map<String, FloatTensor> noise = new LinkedHashMap<>();
        center.forEach((name, tensor) -> {
            float[] values = new float[tensor.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            noise.put(name, new FloatTensor(tensor.shape(), values));
        });
        return noise;
    }

    private static Map<String, FloatTensor> moved(
            Map<String, FloatTensor> center, Map<String, FloatTensor> noise, double length) {
        Map<String, FloatTensor> moved = new LinkedHashMap<>();
        center.forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            float[] by = tensor(noise, name).values();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (length * by[i]);
            }
            moved.put(name, new FloatTensor(tensor.shape(), values));
        });
        return moved;
    }

    private static FloatTensor tensor(Map<String, FloatTensor> tensors, String name) {
        FloatTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("The weight (%s) is missing.".formatted(name));
        }
        return tensor;
    }
}
