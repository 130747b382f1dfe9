/**
 * Bodies and motions in files: NumPy's {@code .npz}, SMPL's pickles, and our own layout, read and written.
 *
 * <p>{@link dev.secant.body.io.BodyModels} is the entry. A pickle is data: only classes on a list are let in, and none is executed.
 */
@NullMarked
package dev.secant.body.io;

import org.jspecify.annotations.NullMarked;
