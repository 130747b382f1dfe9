package dev.secant.fit.learned;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.Observations;
import dev.secant.fit.SamplePerson;
import dev.secant.optimizer.EngineUse;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** On tensors, what a fit costs the engine does not depend on how many people there are: one person eight times, and 512 times. */
class FitEngineCallsTest {

    /** Fewer than it takes to converge: then no step is a matter of rounding. */
    private static final int STEPS = 3;

    private final BodyModel body = BodyModels.defaultBody();

    @Test
    void doNotDependOnTheBatch() {
        EngineUse few = use(8);
        EngineUse many = use(512);
        assertThat(few.calls()).isPositive();
        // Each round reads back once, what its pairs give included; the start once more for its slopes.
        assertThat(few.readBacks()).isPositive().isLessThanOrEqualTo(few.rounds() + 1);
        assertThat(many.rounds()).isEqualTo(few.rounds());
        assertThat(many.readBacks()).isEqualTo(few.readBacks());
        // A step in which some person's point is no better than the best so far takes one call more, whatever the
        // batch: the last
        // digits, which the engine's loops give another batch, decide.
        assertThat(many.calls()).isBetween(few.calls() - STEPS, few.calls() + STEPS);
    }

    @SuppressWarnings("try")
    private EngineUse use(int people) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu());
                MemoryScope scope = MemoryScope.open()) {
            BodyNetworks networks = BodyNetworks.of(CheckpointRegistry.bundled().get("body"), body, manager);
            Observations observations = Observations.of(
                    Collections.nCopies(people, SamplePerson.SITTING.problem(body, KeypointLayout.BODY_25)));
            FitStart start = networks.start(observations, manager, Storage.TENSORS);
            try (Optimum optimum = start.optimizer()
                    .minimize(
                            start.energy(),
                            start.zero(),
                            Execution.on(Device.cpu()).with(Storage.TENSORS),
                            StopRule.steps(STEPS),
                            Observer.NONE)) {
                assertThat(optimum.items())
                        .extracting(Optimum.Outcome::steps)
                        .isEqualTo(Collections.nCopies(people, STEPS));
                return optimum.engine();
            }
        }
    }
}
