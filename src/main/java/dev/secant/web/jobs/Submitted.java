package dev.secant.web.jobs;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The answers of the calls that take a job. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(responseCode = "200", description = "The job finished within the requested wait; the body is its result")
@ApiResponse(responseCode = "202", description = "The job was accepted; Location is its URL")
public @interface Submitted {

    String PREFER = "wait=N holds the response for up to N seconds until the result is available (RFC 7240)";
    String KEY = "Client-chosen key; repeating a request with the same key and body returns the same job";
}
