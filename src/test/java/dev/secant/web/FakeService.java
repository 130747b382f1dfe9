package dev.secant.web;

import dev.secant.SecantApplication;
import dev.secant.fit.BodyFitter;
import dev.secant.fit.BodyFitterFactory;
import dev.secant.fit.FakeFitter;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;

/** The service with a fitter that can be made to hang, as a process of its own. It prints {@code PORT n} when it is ready. */
@TestConfiguration(proxyBeanMethods = false)
public class FakeService {

    /** Once this many batches are done the fitter prints {@code HANGING} and hangs until a byte comes on standard input. */
    static final String BATCHES_BEFORE_HANGING = "secant.test.batches-before-hanging";

    /** Whether the fitter is the one that ships. */
    static final String REAL_FITTER = "secant.test.real-fitter";

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(new Class<?>[] {SecantApplication.class, FakeService.class}, arguments);
    }

    @Bean
    @Primary
    BodyFitterFactory hangingFitters(@Qualifier("bodyFitters") BodyFitterFactory real) {
        return device -> new HangingFitter(
                Boolean.getBoolean(REAL_FITTER) ? real.on(device) : new FakeFitter(),
                Integer.getInteger(BATCHES_BEFORE_HANGING, Integer.MAX_VALUE));
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof ServletWebServerApplicationContext context) {
            System.out.println("PORT " + context.getWebServer().getPort());
        }
    }

    private static final class HangingFitter implements BodyFitter {

        private final BodyFitter fitter;
        private final AtomicInteger batchesBeforeHanging;

        HangingFitter(BodyFitter fitter, int batchesBeforeHanging) {
            this.fitter = fitter;
            this.batchesBeforeHanging = new AtomicInteger(batchesBeforeHanging);
        }

        @Override
        public List<FittedBody> fit(List<FitProblem> problems, FitSettings settings, IntPredicate cancelled) {
            if (batchesBeforeHanging.getAndDecrement() <= 0) {
                System.out.println("HANGING");
                try {
                    var unused = System.in.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return fitter.fit(problems, settings, cancelled);
        }

        @Override
        public FitProvenance provenance() {
            return fitter.provenance();
        }
    }
}
