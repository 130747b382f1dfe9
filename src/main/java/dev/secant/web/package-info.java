/**
 * The REST surface: its settings, wiring and API description. Resources are in sub-packages.
 *
 * <p>Every error is a {@link dev.secant.web.errors.ProblemType}. Requests are checked in full before a job is stored, and every complaint
 * names the place by a JSON Pointer.
 */
@NullMarked
package dev.secant.web;

import org.jspecify.annotations.NullMarked;
