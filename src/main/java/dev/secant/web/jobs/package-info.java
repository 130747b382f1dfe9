/** The resource jobs: status, events, results, trajectories, parameters and meshes; and how any job is submitted. */
@NullMarked
package dev.secant.web.jobs;

import org.jspecify.annotations.NullMarked;
