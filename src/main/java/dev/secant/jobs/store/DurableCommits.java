package dev.secant.jobs.store;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes commits of an embedded H2 survive the death of the process.
 *
 * <p>H2 hands commits to the operating system up to half a second late. With {@code WRITE_DELAY=0} it does so at once, but
 * then never reclaims space: its file grew by 75 kB a job. So after the commits that matter, those that a client is told
 * of, a checkpoint is made. Concurrent ones share it.
 */
public final class DurableCommits {

    private final JdbcClient jdbc;
    private final boolean needed;
    private final Object lock = new Object();
    private long requested;
    private long done;

    /** @param needed false for a database that writes its commits itself */
    public DurableCommits(JdbcClient jdbc, boolean needed) {
        this.jdbc = jdbc;
        this.needed = needed;
    }

    /** Makes a checkpoint when the running transaction has committed, before its caller goes on. */
    void afterCommit() {
        if (needed) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    make();
                }
            });
        }
    }

    private void make() {
        long ticket;
        synchronized (lock) {
            ticket = ++requested;
        }
        synchronized (this) {
            long covers;
            synchronized (lock) {
                if (done >= ticket) {
                    return;
                }
                covers = requested;
            }
            jdbc.sql("checkpoint").update();
            synchronized (lock) {
                done = covers;
            }
        }
    }
}
