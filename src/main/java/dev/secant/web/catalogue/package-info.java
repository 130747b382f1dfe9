/** What a client can choose from: catalogues of functions, bodies, layouts and checkpoints, and example requests. */
@NullMarked
package dev.secant.web.catalogue;

import org.jspecify.annotations.NullMarked;
