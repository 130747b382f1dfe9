/**
 * Jobs: {@link dev.secant.jobs.Jobs} is the way in, for callers that submit, await, read and cancel.
 *
 * <p>A job is a row in {@link dev.secant.jobs.store}; db-scheduler executes it durably by {@link dev.secant.jobs.execution}; what the jobs of
 * a kind do is in a package of its own.
 */
@NullMarked
package dev.secant.jobs;

import org.jspecify.annotations.NullMarked;
