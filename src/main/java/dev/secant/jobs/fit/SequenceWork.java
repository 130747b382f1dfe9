package dev.secant.jobs.fit;

import dev.secant.fit.FitProvenance;
import dev.secant.fit.Observations;
import dev.secant.fit.sequence.FittedSequence;
import dev.secant.fit.sequence.SequenceFitter;
import dev.secant.fit.sequence.SequenceObserver;
import dev.secant.jobs.devices.Batcher;
import dev.secant.jobs.devices.NotTriedException;
import dev.secant.jobs.execution.ItemFailures;
import dev.secant.jobs.execution.JobRun;
import dev.secant.jobs.execution.JobWork;
import dev.secant.jobs.store.ItemOutcome;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.JobKind;
import dev.secant.jobs.store.RunningItem;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;

/** Does SEQUENCE jobs, of one item each: initial estimates by the devices, then all frames together on this process' processors. */
final class SequenceWork implements JobWork {

    private final SequenceFitter fitter;
    private final ExecutorService runners;
    private final Batcher<FrameEstimates.Key, Observations, FrameEstimates.Estimate> batcher;
    private final JsonMapper json;

    SequenceWork(
            SequenceFitter fitter,
            ExecutorService runners,
            Batcher<FrameEstimates.Key, Observations, FrameEstimates.Estimate> batcher,
            JsonMapper json) {
        this.fitter = fitter;
        this.runners = runners;
        this.batcher = batcher;
        this.json = json;
    }

    @Override
    public JobKind kind() {
        return JobKind.SEQUENCE;
    }

    @Override
    public void run(JobRun run) throws InterruptedException {
        if (!run.isDone(0)) {
            run.add(List.of(await(runners.submit(() -> fit(run)))));
        }
    }

    private static ItemResult await(Future<ItemResult> running) throws InterruptedException {
        try {
            return running.get();
        } catch (InterruptedException e) {
            running.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotTriedException notTried) {
                throw notTried;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("A sequence's run failed.", e);
        }
    }

    private ItemResult fit(JobRun run) {
        SequencePayload payload = json.readValue(run.payload(), SequencePayload.class);
        AtomicReference<FitProvenance> provenance = new AtomicReference<>();
        try {
            FittedSequence sequence = fitter.fit(
                    payload.problem(),
                    payload.settings(),
                    frames -> {
                        FrameEstimates.Estimate estimate = FrameEstimates.of(batcher, frames, run::cancelled);
                        provenance.set(estimate.provenance());
                        return estimate.batch();
                    },
                    observer(run, payload.settings().steps()));
            return new ItemResult(
                    0,
                    sequence.completed() ? ItemOutcome.SUCCEEDED : ItemOutcome.CANCELLED,
                    json.writeValueAsString(SequenceOutcome.of(sequence, Objects.requireNonNull(provenance.get()))),
                    null,
                    null);
        } catch (CancellationException e) {
            return new ItemResult(0, ItemOutcome.CANCELLED, null, null, "Cancelled before there was an estimate.");
        } catch (NotTriedException e) {
            throw e;
        } catch (RuntimeException e) {
            return ItemResult.failed(0, ItemFailures.message(0, e));
        }
    }

    private static SequenceObserver observer(JobRun run, int steps) {
        return new SequenceObserver() {
            @Override
            public void onStep(int step, double energy) {
                // The initial estimates are worth about one step.
                run.progress()
                        .report(
                                0,
                                new RunningItem.Point(step, step, Double.isFinite(energy) ? energy : null, null),
                                (1.0 + step) / (1.0 + steps));
            }

            @Override
            public boolean isCancelled() {
                return run.cancelled();
            }
        };
    }
}
