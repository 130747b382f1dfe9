/** The page at {@code /}: the headers that its files are served with. The files are static resources. */
@NullMarked
package dev.secant.web.page;

import org.jspecify.annotations.NullMarked;
