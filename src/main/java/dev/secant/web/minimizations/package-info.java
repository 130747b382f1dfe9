/** The resource minimizations: requests with objectives. */
@NullMarked
package dev.secant.web.minimizations;

import org.jspecify.annotations.NullMarked;
