/** Where jobs are kept: their states, items and leases, in H2 or PostgreSQL. Nothing here executes a job. */
@NullMarked
package dev.secant.jobs.store;

import org.jspecify.annotations.NullMarked;
