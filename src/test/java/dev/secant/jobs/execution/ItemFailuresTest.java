package dev.secant.jobs.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.fit.FitFailedException;
import org.junit.jupiter.api.Test;

class ItemFailuresTest {

    @Test
    void nothingOfJavaOrTheEngineIsTold() {
        assertThat(ItemFailures.message(0, new IllegalStateException("ai.djl.engine.EngineException: at::native")))
                .isEqualTo("Internal error during the computation. Details are in the server log.");
        assertThat(ItemFailures.message(0, new OutOfMemoryError("Java heap space")))
                .startsWith("The memory of the worker does not suffice.");
    }

    @Test
    void whatIsMeantForTheClientIsTold() {
        assertThat(ItemFailures.message(0, new FitFailedException("No body."))).isEqualTo("No body.");
    }
}
