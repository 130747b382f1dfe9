/** Secant: optimization as a service with learned quasi-Newton methods. */
@NullMarked
package dev.secant;

import org.jspecify.annotations.NullMarked;
