package dev.secant.security;

/** How clients authenticate. */
public enum SecurityMode {
    /** Not at all: whoever reaches the port may do everything. */
    NONE,
    /** By API keys that {@code secant keys create} makes. */
    KEYS,
    /** By JSON Web Tokens of an OAuth 2 authorization server. */
    JWT
}
