/**
 * The REST surface: controllers, the records they read and write, and problem details.
 *
 * <p>Every error is a {@link dev.secant.web.ProblemType}. Requests are checked in full before a job is stored, and every
 * complaint names the place by a JSON Pointer.
 */
@NullMarked
package dev.secant.web;

import org.jspecify.annotations.NullMarked;
