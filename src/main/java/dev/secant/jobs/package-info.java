/**
 * Jobs: their states, the store, durable execution, the batcher and the work of each kind.
 *
 * <p>{@link dev.secant.jobs.Jobs} is the way in. A job is a row; db-scheduler executes it durably; its work hands items to
 * a {@link dev.secant.jobs.Batcher}, which runs the items of many jobs together on a device's thread.
 */
@NullMarked
package dev.secant.jobs;

import org.jspecify.annotations.NullMarked;
