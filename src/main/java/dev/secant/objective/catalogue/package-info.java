/** Functions known by name: formulas with default parameters and known minima, read from YAML. */
@NullMarked
package dev.secant.objective.catalogue;

import org.jspecify.annotations.NullMarked;
