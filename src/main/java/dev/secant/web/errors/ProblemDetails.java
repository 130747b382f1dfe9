package dev.secant.web.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem as it is written (RFC 9457).
 *
 * @param type the identity of its type
 * @param title what its type is
 * @param status the HTTP status
 * @param detail what is wrong this time
 * @param instance the path that was asked for
 * @param errors the places in the request
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetails(
        URI type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        @Nullable List<RequestError> errors) {

    static ProblemDetails of(ProblemType type, String detail, @Nullable String instance, List<RequestError> errors) {
        return new ProblemDetails(type.type(), type.title(), type.status().value(), detail, instance, errors);
    }
}
