package dev.secant.web.minimizations;

import dev.secant.jobs.minimization.MinimizationProperties;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.request.Validation;
import dev.secant.minimize.request.Validator;
import dev.secant.objective.array.ArrayEvaluator;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Validates and evaluates objectives beside whatever minimizations run: on plain arrays, on the request's own thread, as many at once as there are
 * processors, since each may take as much memory as a formula is allowed. One that does not get its turn in time is answered with 503.
 */
@Component
final class ObjectiveValidation {

    private final Validator validator = new Validator();
    private final Duration timeout;
    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors());

    ObjectiveValidation(MinimizationProperties properties) {
        this.timeout = properties.validationTimeout();
    }

    /** @throws ProblemException 503 if other validations hold it up for too long */
    Validation validate(MinimizationPlan plan) throws InterruptedException {
        return inTurn(() -> validator.validate(plan));
    }

    /**
     * The values of an objective at points.
     *
     * @param points n numbers each
     * @throws ProblemException 503 if other validations hold it up for too long
     */
    double[] values(MinimizationPlan plan, double[][] points) throws InterruptedException {
        return inTurn(() -> {
            ArrayEvaluator objective =
                    ArrayEvaluator.bind(plan.compiled(), plan.definition().parameters());
            double[] gradient = new double[objective.dimension()];
            return Arrays.stream(points)
                    .mapToDouble(point -> objective.evaluate(0, point, gradient))
                    .toArray();
        });
    }

    private <T> T inTurn(Supplier<T> work) throws InterruptedException {
        if (!turns.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ProblemException(ProblemType.SERVICE_BUSY, ProblemType.SERVICE_BUSY.description());
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    /** One for each validation that may run now. */
    Semaphore turns() {
        return turns;
    }
}
