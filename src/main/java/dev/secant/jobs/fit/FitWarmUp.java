package dev.secant.jobs.fit;

import dev.secant.body.BodyModel;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.jobs.devices.Batcher;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Makes the first request as fast as the hundredth: weights are loaded and hot code is compiled before it comes. */
final class FitWarmUp {

    private static final int ROUNDS = 20;

    private final Batcher<FitWork.Key, FitProblem, FitOutcome> batcher;
    private final BodyModel body;

    FitWarmUp(Batcher<FitWork.Key, FitProblem, FitOutcome> batcher, BodyModel body) {
        this.batcher = batcher;
        this.body = body;
    }

    /** Begins, on every device, between the batches of whoever comes meanwhile. */
    @EventListener(ApplicationReadyEvent.class)
    void start() {
        List<FitProblem> people = SamplePerson.problems(body, KeypointLayout.BODY_25);
        batcher.warmUp(FitWork.key(new FitSettings(FitSettings.DEFAULT_STEPS, false)), people, ROUNDS);
    }
}
