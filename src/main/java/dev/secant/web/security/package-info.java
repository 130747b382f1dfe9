/** Authentication and authorization of HTTP requests, security headers, and cross-origin requests. */
@NullMarked
package dev.secant.web.security;

import org.jspecify.annotations.NullMarked;
