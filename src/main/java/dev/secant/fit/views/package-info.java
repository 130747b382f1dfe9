/**
 * Several calibrated views of one person: the cameras, people matched across views, points triangulated, and one body fitted to all
 * views at once.
 *
 * <p>{@link dev.secant.fit.views.MultiViewFitter} is the entry.
 */
@NullMarked
package dev.secant.fit.views;

import org.jspecify.annotations.NullMarked;
