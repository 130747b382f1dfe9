/** Files and what identifies them: digests, and replacement in one move. It knows nothing of what is in them. */
@NullMarked
package dev.secant.io;

import org.jspecify.annotations.NullMarked;
