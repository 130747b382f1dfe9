package dev.secant.jobs.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secant.fit.FitJacobian;
import dev.secant.fit.ModelHessian;
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
        ModelHessian hessian =
                new ModelHessian(new FitJacobian.Rows(new int[0], new float[0][]), new float[] {-1}, new float[0]);

        assertThatThrownBy(hessian::factor).satisfies(failure -> assertThat(ItemFailures.message(0, failure))
                .startsWith("No body can be fitted: the model Hessian is not positive definite."));
    }
}
