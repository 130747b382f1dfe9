/** Who may use the service: its settings, the scopes, and API keys with the table that keeps them. How HTTP asks for them is in {@code web.security}. */
@NullMarked
package dev.secant.security;

import org.jspecify.annotations.NullMarked;
