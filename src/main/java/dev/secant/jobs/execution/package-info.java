/**
 * Durable execution: a worker leases a job, runs its kind's work, and frees what a dead process left.
 *
 * <p>Kinds are known by {@link dev.secant.jobs.execution.JobWork} only; what they compute runs on {@link dev.secant.jobs.devices}.
 */
@NullMarked
package dev.secant.jobs.execution;

import org.jspecify.annotations.NullMarked;
