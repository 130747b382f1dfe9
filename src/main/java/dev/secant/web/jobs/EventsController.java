package dev.secant.web.jobs;

import dev.secant.jobs.Jobs;
import dev.secant.jobs.store.Job;
import dev.secant.web.WebProperties;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams changes of a job as server-sent events. */
@RestController
@Tag(name = "jobs")
class EventsController implements DisposableBean {

    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

    private final Jobs jobs;
    private final Semaphore streams;
    private final SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("events-");
    private volatile boolean closed;

    EventsController(Jobs jobs, WebProperties properties) {
        this.jobs = jobs;
        this.streams = new Semaphore(properties.maxStreams());
        threads.setVirtualThreads(Runtime.version().feature() >= FIRST_JAVA_WITH_VIRTUAL_THREADS);
    }

    @GetMapping(path = "/v1/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "streamJobEvents",
            summary = "Stream changes of a job as server-sent events",
            description =
                    "Events named job carry the job as data and its revision as id; events named progress, sent about once"
                            + " a second while items are running, carry the progress of those items and have no id. The stream ends"
                            + " when the job ends. With Last-Event-ID only later changes are sent; 204 if there will be none.")
    @ApiResponse(
            responseCode = "200",
            description = "The event stream",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @Nullable
    SseEmitter events(
            @PathVariable String id,
            @Parameter(description = "Id of the last event received")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable
                    String lastEventId,
            HttpServletResponse response) {
        Job job = JobsController.find(jobs, id);
        long seen = revision(lastEventId);
        if (job.state().ended() && seen >= job.revision()) {
            // The one answer that keeps an EventSource from connecting again.
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return null;
        }
        if (!streams.tryAcquire()) {
            throw new ProblemException(ProblemType.TOO_MANY_STREAMS, ProblemType.TOO_MANY_STREAMS.description());
        }
        SseEmitter emitter = new SseEmitter(0L);
        JobEventStream stream = new JobEventStream(jobs, job.id(), seen, emitter);
        threads.execute(() -> {
            try {
                stream.run(() -> closed);
            } finally {
                streams.release();
            }
        });
        return emitter;
    }

    private static long revision(@Nullable String lastEventId) {
        try {
            return lastEventId == null ? -1 : Long.parseLong(lastEventId.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void destroy() {
        closed = true;
        threads.close();
    }
}
