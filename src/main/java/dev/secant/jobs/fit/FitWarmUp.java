package dev.secant.jobs.fit;

import dev.secant.body.BodyModel;
import dev.secant.fit.BodyFitter;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.tensor.DeviceThread;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Makes the first request as fast as the hundredth: weights are loaded and hot code is compiled before it comes. */
final class FitWarmUp {

    private static final Logger log = LoggerFactory.getLogger(FitWarmUp.class);

    private static final int ROUNDS = 20;

    private final DeviceThread device;
    private final BodyFitter fitter;
    private final BodyModel body;
    private final boolean enabled;

    FitWarmUp(DeviceThread device, BodyFitter fitter, BodyModel body, boolean enabled) {
        this.device = device;
        this.fitter = fitter;
        this.body = body;
        this.enabled = enabled;
    }

    /** Begins, on the device's thread. */
    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (enabled) {
            go(SamplePerson.problems(body, KeypointLayout.BODY_25), ROUNDS);
        }
    }

    /** One round queues the next, so whoever comes meanwhile waits for one at most. */
    private void go(List<FitProblem> people, int rounds) {
        var unused = device.submit(() -> {
            fit(people);
            if (rounds > 1) {
                go(people, rounds - 1);
            }
            return true;
        });
    }

    private void fit(List<FitProblem> people) {
        try {
            fitter.fit(people, new FitSettings(FitSettings.DEFAULT_STEPS, false), person -> false);
        } catch (RuntimeException e) {
            log.error("The sample people could not be fitted; so nobody can be.", e);
        }
    }
}
