/** Jobs that minimize objectives: their work, and its wiring. */
@NullMarked
package dev.secant.jobs.minimization;

import org.jspecify.annotations.NullMarked;
