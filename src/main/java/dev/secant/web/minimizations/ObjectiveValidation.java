package dev.secant.web.minimizations;

import ai.djl.Device;
import dev.secant.jobs.minimization.MinimizationProperties;
import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.request.Validation;
import dev.secant.minimize.request.Validator;
import dev.secant.tensor.DeviceThread;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Validates objectives beside whatever minimizations run: in float64 on the request's own thread, as many at once as there are
 * processors; in float32 on a thread for this alone. Neither waits for a batch. One that does not get its turn in time is answered with 503.
 */
@Component
final class ObjectiveValidation implements DisposableBean {

    private final DeviceThread engine;
    private final Validator validator;
    private final Duration timeout;
    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors());

    ObjectiveValidation(Device device, MinimizationProperties properties) {
        this.engine = new DeviceThread(device);
        this.validator = new Validator(device);
        this.timeout = properties.validationTimeout();
    }

    /** @throws ProblemException 503 if other validations hold it up for too long */
    Validation validate(MinimizationPlan plan) throws InterruptedException {
        if (!turns.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw busy();
        }
        try {
            return Validator.needsEngine(plan) ? onEngine(plan) : validator.validate(plan);
        } finally {
            turns.release();
        }
    }

    private Validation onEngine(MinimizationPlan plan) throws InterruptedException {
        Future<Validation> validation = engine.submit(() -> validator.validate(plan));
        try {
            return validation.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            validation.cancel(false);
            throw busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The validation failed.", e.getCause());
        }
    }

    /** The thread that float32 validations run on. */
    DeviceThread engine() {
        return engine;
    }

    private static ProblemException busy() {
        return new ProblemException(ProblemType.SERVICE_BUSY, ProblemType.SERVICE_BUSY.description());
    }

    @Override
    public void destroy() {
        engine.close();
    }
}
