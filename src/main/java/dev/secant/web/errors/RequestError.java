package dev.secant.web.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where in the body: a JSON Pointer (RFC 6901)
 * @param parameter which query parameter or header
 * @param detail what is wrong
 * @param line in a formula, from 1; absent elsewhere
 * @param column in a formula, from 1; absent elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestError(
        @Nullable String pointer,
        @Nullable String parameter,
        String detail,
        @Nullable Integer line,
        @Nullable Integer column) {

    /** An error in the body. */
    public static RequestError at(String pointer, String detail) {
        return new RequestError(pointer, null, detail, null, null);
    }

    /** An error in a query parameter or header. */
    public static RequestError of(String parameter, String detail) {
        return new RequestError(null, parameter, detail, null, null);
    }
}
