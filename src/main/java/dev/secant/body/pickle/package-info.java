/**
 * Python's pickles as inert data: a short list of opcodes and of classes, within limits. Nothing in a file is executed.
 *
 * <p>{@link dev.secant.body.pickle.PickleReader} is the entry.
 */
@NullMarked
package dev.secant.body.pickle;

import org.jspecify.annotations.NullMarked;
