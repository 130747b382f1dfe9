package dev.secant.optimizer.lsr1;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.BatchEvaluation;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.FirstOrderRun;
import dev.secant.optimizer.batch.OwnedArray;
import dev.secant.optimizer.batch.TensorBatchRun;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        return Autograd.withGraph(
                false,
                () -> FirstOrderRun.minimize(
                        objective,
                        start,
                        stopRule,
                        observer,
                        run -> new Iteration(networks, run, inference.on(start.device()))));
    }

    /** The state of one batch. */
    private static final class Iteration implements FirstOrderRun.Update {

        private final Sr1Networks networks;
        private final TensorBatchRun run;
        private final Sr1Networks.Generator generator;
        private final RankOneBuffer buffer;
        private final List<OwnedArray> slots = new ArrayList<>();
        private final OwnedArray lastGradient = new OwnedArray();

        Iteration(Sr1Networks networks, TensorBatchRun run, Sr1Networks.Generator generator) {
            this.networks = networks;
            this.run = run;
            this.generator = generator;
            this.buffer = new RankOneBuffer(networks.settings());
        }

        @Override
        public NDArray displacement() {
            NDArray x = run.current().x();
            NDArray g = run.current().gradient();
            NDArray p = lastGradient.isEmpty() ? x : run.current().step();
            NDArray q = lastGradient.isEmpty() ? g : g.sub(lastGradient.get());
            int slot = buffer.nextSlot();
            Sr1Networks.Step step = networks.step(x, p, g, q, buffer, generator, false);
            noteResiduals(step.oldMatrixOnChange(), p);
            if (slot == slots.size()) {
                slots.add(new OwnedArray());
            }
            slots.get(slot).set(step.vector());
            lastGradient.set(g.duplicate());
            return step.displacement();
        }

        private void noteResiduals(NDArray product, NDArray p) {
            if (lastGradient.isEmpty()) {
                return;
            }
            double[] residuals = BatchEvaluation.doubles(
                    product.sub(p).square().sum(new int[] {1}).sqrt());
            for (int row = 0; row < run.size(); row++) {
                run.noteSecantResidual(row, residuals[row] / run.current().stepLengths()[row]);
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
