package dev.secant.optimizer.lsr1;

import ai.djl.Device;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.Block;
import dev.secant.optimizer.batch.Held;
import dev.secant.optimizer.batch.OwnedArray;
import dev.secant.optimizer.batch.Products;
import dev.secant.optimizer.batch.StepLoop;
import dev.secant.optimizer.batch.VectorSpace;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * L-SR1 as published: learned symmetric-rank-one preconditioning (Lifshitz, Zuler, Fouks and Raviv, arXiv 2508.12270,
 * ICML 2026), in the variant of the reference implementation or of the paper's text.
 *
 * <p>One evaluation a step, no line search and no safeguard: the iterates may diverge. {@link Optimum} still holds the
 * best point seen. Networks compute in float32, everything else in the start's data type.
 */
public final class LearnedSr1 implements Optimizer {

    private final Sr1Networks networks;
    private final Sr1Inference inference;

    /**
     * With trained or fresh weights.
     *
     * @param settings variant and sizes
     * @param weights parameters and running statistics by name, see {@link Sr1Networks#initialise}
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    public LearnedSr1(Sr1Settings settings, Map<String, FloatTensor> weights) {
        this.networks = new Sr1Networks(settings);
        networks.initialise(0).forEach((name, expected) -> {
            FloatTensor given = weights.get(name);
            if (given == null || !java.util.Arrays.equals(given.shape(), expected.shape())) {
                throw new IllegalArgumentException(
                        "The weights' (%s) must be a %s, not %s.%nMaybe they belong to another preset or width."
                                .formatted(name, expected, given));
            }
        });
        this.inference = new Sr1Inference(networks, weights);
    }

    private LearnedSr1(Sr1Networks networks, Sr1Inference inference) {
        this.networks = networks;
        this.inference = inference;
    }

    /** The same weights with another memory; no weight depends on it. */
    public LearnedSr1 withMemory(int vectors) {
        return new LearnedSr1(new Sr1Networks(networks.settings().withMemory(vectors)), inference);
    }

    /** Variant and sizes. */
    public Sr1Settings settings() {
        return networks.settings();
    }

    public Sr1Networks.Generator generator(Device device) {
        return inference.on(device);
    }

    @Override
    public String name() {
        return "L-SR1 (%s)".formatted(networks.settings().variant().presetName());
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        Execution on = execution.preferring(Storage.TENSORS);
        return Autograd.withGraph(
                false,
                () -> StepLoop.minimize(
                        objective,
                        start,
                        on,
                        stopRule,
                        observer,
                        run -> new Iteration(networks, run, inference.on(on.device()))));
    }

    /** The state of one batch; networks and buffer are on the engine, whatever the storage. */
    private static final class Iteration implements StepLoop.StepMethod {

        private final Sr1Networks networks;
        private final BatchRun run;
        private final VectorSpace space;
        private final Sr1Networks.Generator generator;
        private final RankOneBuffer buffer;
        private final List<OwnedArray> slots = new ArrayList<>();
        private final Held lastGradient;
        private @Nullable Products residuals;

        Iteration(Sr1Networks networks, BatchRun run, Sr1Networks.Generator generator) {
            this.networks = networks;
            this.run = run;
            this.space = run.space();
            this.generator = generator;
            this.buffer = new RankOneBuffer(networks.settings());
            this.lastGradient = space.hold();
        }

        @Override
        @SuppressWarnings("try")
        public Block displacement() {
            BatchEvaluation current = run.current();
            boolean first = lastGradient.isEmpty();
            Block p = first ? current.x() : current.step();
            Block q = first ? current.gradient() : space.sum(1, current.gradient(), -1, lastGradient.get());
            lastGradient.set(space.copy(current.gradient()));
            int slot = buffer.nextSlot();
            if (slot == slots.size()) {
                slots.add(new OwnedArray());
            }
            if (space.storage() == Storage.TENSORS) {
                return displacement(p, q, slots.get(slot), first);
            }
            try (MemoryScope scope = MemoryScope.open()) {
                return displacement(p, q, slots.get(slot), first);
            }
        }

        private Block displacement(Block p, Block q, OwnedArray slot, boolean first) {
            Sr1Networks.Step step = networks.step(
                    space.tensor(run.current().x()),
                    space.tensor(p),
                    space.tensor(run.current().gradient()),
                    space.tensor(q),
                    buffer,
                    generator,
                    false);
            slot.set(step.vector());
            // Read back with the next point's value.
            residuals = first ? null : space.products(space.sum(1, space.block(step.oldMatrixOnChange()), -1, p));
            return space.block(step.displacement());
        }

        @Override
        public void learn(BatchEvaluation next) {
            if (residuals != null) {
                for (int row = 0; row < run.size(); row++) {
                    double length = run.current().stepLengths()[row];
                    run.noteSecantResidual(row, Math.sqrt(residuals.get(row, 0, 0)) / length);
                }
            }
        }

        @Override
        public void keep(RowSelection rows) {
            slots.forEach(slot -> slot.keep(rows));
            lastGradient.keep(rows);
            buffer.replaceAll(slots.stream().map(OwnedArray::get).toList());
        }

        @Override
        public void close() {
            slots.forEach(OwnedArray::close);
            lastGradient.close();
        }
    }
}
