/** Training of the body fit's networks: the initialiser, the refiner, and both together. */
@NullMarked
package dev.secant.training.body;

import org.jspecify.annotations.NullMarked;
