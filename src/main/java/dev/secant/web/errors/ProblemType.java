package dev.secant.web.errors;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The catalogue of errors (RFC 9457 problem types). Their URIs are stable; {@code GET /v1/problem-types} lists them. */
public enum ProblemType {
    MALFORMED_REQUEST(
            HttpStatus.BAD_REQUEST,
            "Malformed request",
            "The body is not valid JSON, or not of the expected structure."),
    INVALID_REQUEST(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Invalid request",
            "A value is missing or out of range; errors lists each one by JSON Pointer or parameter name."),
    UNKNOWN_PARAMETER(
            HttpStatus.BAD_REQUEST, "Unknown query parameter", "The operation has no query parameter of this name."),
    NO_VISIBLE_KEYPOINT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "No visible keypoint",
            "There is nothing to fit: every keypoint of every person has confidence 0."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Idempotency key already used",
            "An earlier request used the same Idempotency-Key with a different body."),
    AUTHENTICATION_REQUIRED(
            HttpStatus.UNAUTHORIZED,
            "Authentication required",
            "The request has no key or token, or one that is unknown, expired or revoked. Send it as Authorization: Bearer KEY."),
    INSUFFICIENT_SCOPE(
            HttpStatus.FORBIDDEN, "Insufficient scope", "The key or token does not have the scope of this operation."),
    ORIGIN_NOT_ALLOWED(
            HttpStatus.FORBIDDEN,
            "Origin not allowed",
            "Pages of this origin may not send this request. The service's operator can allow it: secant.web.cors.allowed-origins."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found", "No resource has this path."),
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "Job not found", "The job never existed, or has been deleted or purged."),
    ITEM_NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "Item result not found",
            "The job has no item with this index, the item has no result (yet), or no trajectory was requested."),
    JOB_NOT_ENDED(
            HttpStatus.CONFLICT,
            "Job still active",
            "The operation needs a job that has ended; wait for it, or cancel it."),
    RESULT_EXPIRED(HttpStatus.GONE, "Result expired", "The retention period of the result has passed."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed", "The Allow header lists the supported methods."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable", "None of the media types in Accept can be produced."),
    REQUEST_TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "Request too large",
            "The body exceeds the size limit. Maybe split the request into several."),
    REQUEST_TIMEOUT(
            HttpStatus.REQUEST_TIMEOUT,
            "Request timeout",
            "The body did not arrive in time. The connection is closed."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type", "The body must be application/json."),
    QUEUE_FULL(
            HttpStatus.TOO_MANY_REQUESTS, "Queue full", "Too many jobs are waiting. Retry after Retry-After seconds."),
    TOO_MANY_STREAMS(
            HttpStatus.TOO_MANY_REQUESTS,
            "Too many event streams",
            "Too many event streams are open. Poll the job instead, or retry after Retry-After seconds."),
    SERVICE_BUSY(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Service busy",
            "The service is at capacity. Retry after Retry-After seconds."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR, "Internal error", "Internal error. Details are in the server log.");

    private final HttpStatus status;
    private final String title;
    private final String description;

    ProblemType(HttpStatus status, String title, String description) {
        this.status = status;
        this.title = title;
        this.description = description;
    }

    /** Its HTTP status. */
    public HttpStatus status() {
        return status;
    }

    /** A short summary. */
    public String title() {
        return title;
    }

    /** When it occurs, and what to do. */
    public String description() {
        return description;
    }

    /** Its URI. */
    public URI type() {
        return URI.create(
                "urn:secant:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The type of an error detected by the framework. */
    static ProblemType of(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> AUTHENTICATION_REQUIRED;
            case 403 -> INSUFFICIENT_SCOPE;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> REQUEST_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> INVALID_REQUEST;
            case 429 -> QUEUE_FULL;
            case 503 -> SERVICE_BUSY;
            default -> status.is4xxClientError() ? MALFORMED_REQUEST : INTERNAL_ERROR;
        };
    }
}
