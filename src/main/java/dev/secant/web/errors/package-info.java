/** Problem details (RFC 9457): the catalogue of error types, and what turns exceptions and bad requests into them. */
@NullMarked
package dev.secant.web.errors;

import org.jspecify.annotations.NullMarked;
