/** From a request to a plan: everything is checked, and every violation is reported with its place. */
@NullMarked
package dev.secant.minimize.request;

import org.jspecify.annotations.NullMarked;
