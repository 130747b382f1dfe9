package dev.secant.jobs.execution;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the execution of jobs in this process. It starts before HTTP is served and stops after it, so that
 * requests which wait for a job see it end.
 */
public final class Worker implements SmartLifecycle, DbSchedulerStarter {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final Scheduler scheduler;
    private final JobExecution execution;
    private final DeadExecutions deadExecutions;
    private final Runnable closeBatchers;
    private final boolean enabled;
    private final ScheduledExecutorService cancels;
    private volatile boolean running;

    /**
     * @param deadExecutions frees what a killed process held
     * @param closeBatchers sends waiting items back to the queue
     * @param enabled whether this process executes jobs
     */
    public Worker(
            Scheduler scheduler,
            JobExecution execution,
            DeadExecutions deadExecutions,
            Runnable closeBatchers,
            boolean enabled) {
        this.scheduler = scheduler;
        this.execution = execution;
        this.deadExecutions = deadExecutions;
        this.closeBatchers = closeBatchers;
        this.enabled = enabled;
        this.cancels = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "job-cancels");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void start() {
        doStart();
    }

    @Override
    public void doStart() {
        if (running) {
            return;
        }
        running = true;
        if (enabled) {
            deadExecutions.free();
            scheduler.start();
            var unused = cancels.scheduleWithFixedDelay(this::pollCancels, 1, 1, TimeUnit.SECONDS);
            var unusedToo = cancels.scheduleWithFixedDelay(this::recordProgress, 1, 1, TimeUnit.SECONDS);
        }
    }

    private void pollCancels() {
        try {
            execution.pollCancels();
        } catch (RuntimeException e) {
            log.warn("Could not look for jobs to cancel; trying again.", e);
        }
    }

    private void recordProgress() {
        try {
            execution.recordProgress();
        } catch (RuntimeException e) {
            log.warn("Could not store the progress of jobs; trying again.", e);
        }
    }

    /**
     * Takes no more jobs while no device is in service, so that other processes have them; goes on when one is back.
     *
     * @param available whether there is one
     */
    public void devicesAvailable(boolean available) {
        if (!running || !enabled) {
            return;
        }
        if (available) {
            scheduler.resume();
        } else {
            scheduler.pause();
        }
    }

    /** Whether this process executes jobs, and does so now. */
    public boolean ready() {
        return !enabled || (running && !scheduler.getSchedulerState().isShuttingDown());
    }

    /** Whether this process executes jobs. */
    public boolean enabled() {
        return enabled;
    }

    @Override
    public void stop() {
        running = false;
        cancels.shutdown();
        // No new executions; those whose items wait give their jobs back. The scheduler itself stops with its bean.
        scheduler.pause();
        closeBatchers.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopping is for good: items that wait go back to the queue. A context that pauses leaves it running. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
