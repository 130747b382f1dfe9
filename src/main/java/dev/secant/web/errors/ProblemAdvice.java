package dev.secant.web.errors;

import dev.secant.jobs.Jobs;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns everything that goes wrong into a problem. */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

    /** When a client may try again, seconds. */
    public static final String RETRY_AFTER = "5";

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetails> problem(ProblemException e, HttpServletRequest request) {
        return respond(e.type(), e.detail(), e.errors(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetails> queueFull(Jobs.QueueFullException e, HttpServletRequest request) {
        return respond(ProblemType.QUEUE_FULL, String.valueOf(e.getMessage()), List.of(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetails> keyReused(Jobs.IdempotencyKeyReusedException e, HttpServletRequest request) {
        return respond(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                String.valueOf(e.getMessage()),
                List.of(RequestError.of("Idempotency-Key", "Maybe make a new key for a new request.")),
                request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetails> notJson(JacksonException e, HttpServletRequest request) {
        return respond(ProblemType.MALFORMED_REQUEST, JsonErrors.detail(e), JsonErrors.errors(e), request);
    }

    /** A header or parameter with characters that nobody sends for a good reason; it is looked at when it is first read. */
    @ExceptionHandler
    ResponseEntity<ProblemDetails> rejected(RequestRejectedException e, HttpServletRequest request) {
        return respond(ProblemType.MALFORMED_REQUEST, ProblemWriter.REJECTED, List.of(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetails> unexpected(Exception e, HttpServletRequest request) {
        log.error("{} {} failed.", request.getMethod(), request.getRequestURI(), e);
        return respond(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.description(), List.of(), request);
    }

    private static ResponseEntity<ProblemDetails> respond(
            ProblemType type, String detail, List<RequestError> errors, HttpServletRequest request) {
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(type.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (type == ProblemType.QUEUE_FULL
                || type == ProblemType.TOO_MANY_STREAMS
                || type == ProblemType.SERVICE_BUSY) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return response.body(ProblemDetails.of(type, detail, request.getRequestURI(), errors));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemType type = ProblemType.of(status);
        String detail = type.description();
        List<RequestError> errors = List.of();
        if (e instanceof MissingServletRequestParameterException missing) {
            type = ProblemType.INVALID_REQUEST;
            detail = "The parameter %s is missing.".formatted(missing.getParameterName());
            errors = List.of(RequestError.of(missing.getParameterName(), detail));
        } else if (e instanceof TypeMismatchException mismatch) {
            type = ProblemType.INVALID_REQUEST;
            String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                    ? argument.getName()
                    : Objects.requireNonNullElse(mismatch.getPropertyName(), "");
            detail = "The parameter %s (%s) is malformed.".formatted(name, mismatch.getValue());
            errors = List.of(RequestError.of(name, detail));
        } else if (e instanceof MethodArgumentNotValidException invalid) {
            type = ProblemType.INVALID_REQUEST;
            errors = invalid.getFieldErrors().stream()
                    .map(field -> RequestError.of(
                            field.getField(),
                            "The parameter %s (%s) is malformed."
                                    .formatted(field.getField(), field.getRejectedValue())))
                    .toList();
            detail = errors.isEmpty() ? type.description() : errors.get(0).detail();
        } else if (e instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable, headers, request);
        }
        return entity(type, detail, errors, headers, request);
    }

    private static ResponseEntity<Object> unreadable(
            HttpMessageNotReadableException e, HttpHeaders headers, WebRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedBodyException refused) {
                headers = new HttpHeaders(headers);
                headers.set(HttpHeaders.CONNECTION, "close");
                if (refused.type() == ProblemType.SERVICE_BUSY) {
                    headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
                }
                return entity(refused.type(), refused.detail(), List.of(), headers, request);
            }
        }
        if (e.getCause() instanceof JacksonException json) {
            return entity(
                    ProblemType.MALFORMED_REQUEST, JsonErrors.detail(json), JsonErrors.errors(json), headers, request);
        }
        return entity(ProblemType.MALFORMED_REQUEST, "The request has no body.", List.of(), headers, request);
    }

    private static ResponseEntity<Object> entity(
            ProblemType type, String detail, List<RequestError> errors, HttpHeaders headers, WebRequest request) {
        String path = request instanceof ServletWebRequest servlet
                ? servlet.getRequest().getRequestURI()
                : null;
        return ResponseEntity.status(type.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetails.of(type, detail, path, errors));
    }
}
