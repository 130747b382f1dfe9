/**
 * Durable execution: a worker leases a job, runs its kind's work, and frees what a dead process left.
 *
 * <p>{@link dev.secant.jobs.execution.Batcher} runs the items of many jobs together on a device's thread. Kinds are known by
 * {@link dev.secant.jobs.execution.JobWork} only.
 */
@NullMarked
package dev.secant.jobs.execution;

import org.jspecify.annotations.NullMarked;
