package dev.secant.web.jobs;

import dev.secant.jobs.Jobs;
import dev.secant.jobs.execution.JobSignals;
import dev.secant.jobs.store.Job;
import dev.secant.jobs.store.JobState;
import dev.secant.jobs.store.JobStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One client's view of a job: sends it whenever its revision has grown, until it ends. */
final class JobEventStream {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Rounds without a change after which a comment is sent, so that nobody on the way takes the connection for dead. */
    private static final int QUIET_ROUNDS = 15;

    private final Jobs jobs;
    private final UUID id;
    private final SseEmitter emitter;
    private long seen;
    private Instant progressAt = Instant.MIN;

    /** @param seen the last revision that the client has */
    JobEventStream(Jobs jobs, UUID id, long seen, SseEmitter emitter) {
        this.jobs = jobs;
        this.id = id;
        this.seen = seen;
        this.emitter = emitter;
    }

    void run(BooleanSupplier closed) {
        try (JobSignals.Subscription subscription = jobs.signals().subscribe(id)) {
            int quiet = 0;
            boolean more = true;
            while (more && !closed.getAsBoolean()) {
                Optional<Job> job = jobs.store().find(id);
                boolean sent = job.isPresent() && send(job.get());
                sent |= job.isPresent() && sendProgress(job.get());
                quiet = sent ? 0 : quiet + 1;
                if (quiet == QUIET_ROUNDS) {
                    emitter.send(SseEmitter.event().comment("still here"));
                    quiet = 0;
                }
                more = job.isPresent() && !job.get().state().ended();
                if (more) {
                    var unused = subscription.await(LOOK_AGAIN);
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            // The client has gone.
            emitter.completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        }
    }

    private boolean send(Job job) throws IOException {
        if (job.revision() <= seen) {
            return false;
        }
        seen = job.revision();
        emitter.send(SseEmitter.event()
                .id(Long.toString(seen))
                .name("job")
                .data(JobResponse.of(job), MediaType.APPLICATION_JSON));
        return true;
    }

    /** Only while it runs, and only what is newer than what was sent. */
    private boolean sendProgress(Job job) throws IOException {
        Optional<JobStore.Progress> progress =
                job.state() == JobState.RUNNING ? jobs.store().progress(id) : Optional.empty();
        if (progress.isEmpty() || !progress.get().at().isAfter(progressAt)) {
            return false;
        }
        progressAt = progress.get().at();
        emitter.send(SseEmitter.event()
                .name("progress")
                .data(ProgressEvent.of(job, progress.get()), MediaType.APPLICATION_JSON));
        return true;
    }
}
