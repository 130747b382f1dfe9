package dev.secant.web.errors;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The catalogue of errors (RFC 9457 problem types). Their URIs are stable; {@code GET /v1/problem-types} lists them. */
public enum ProblemType {
    MALFORMED_REQUEST(
            HttpStatus.BAD_REQUEST, "The request cannot be read", "It is not JSON, or not of the right form."),
    INVALID_REQUEST(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The request is invalid",
            "It can be read, but a value is missing or out of bounds; errors lists each by JSON Pointer or parameter."),
    UNKNOWN_PARAMETER(
            HttpStatus.BAD_REQUEST, "A query parameter is unknown", "The call has no parameter of this name."),
    NO_VISIBLE_KEYPOINT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "No person has a visible keypoint",
            "There is nothing to fit: every keypoint of every person has confidence 0."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The idempotency key belongs to another request",
            "An earlier request had the same Idempotency-Key and another body."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here", "No resource has this path."),
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such job", "It never existed, or was deleted or purged."),
    ITEM_NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "The item has no such result",
            "The job has no item of this index, or it has no result (yet), or no trajectory was asked for."),
    RESULT_EXPIRED(HttpStatus.GONE, "The result has expired", "The retention of this job's result has passed."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed", "Allow names those that are."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable form", "Nothing that Accept asks for can be written."),
    REQUEST_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large", "Send fewer people in one request."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The content type is not supported", "Send application/json."),
    QUEUE_FULL(
            HttpStatus.TOO_MANY_REQUESTS,
            "The queue is full",
            "Too many jobs wait; Retry-After tells when to try again."),
    TOO_MANY_STREAMS(
            HttpStatus.TOO_MANY_REQUESTS,
            "Too many event streams are open",
            "Poll the job, or try again after Retry-After."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here", "It is not your fault; our log has more.");

    private final HttpStatus status;
    private final String title;
    private final String description;

    ProblemType(HttpStatus status, String title, String description) {
        this.status = status;
        this.title = title;
        this.description = description;
    }

    /** The HTTP status it comes with. */
    public HttpStatus status() {
        return status;
    }

    /** What it is, in a few words. */
    public String title() {
        return title;
    }

    /** What it means. */
    public String description() {
        return description;
    }

    /** Its identity. */
    public URI type() {
        return URI.create(
                "urn:secant:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The type of an error that the framework found. */
    static ProblemType of(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> REQUEST_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> INVALID_REQUEST;
            case 429 -> QUEUE_FULL;
            default -> status.is4xxClientError() ? MALFORMED_REQUEST : INTERNAL_ERROR;
        };
    }
}
