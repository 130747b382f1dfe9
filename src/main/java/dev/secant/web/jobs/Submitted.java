package dev.secant.web.jobs;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The answers of the calls that take a job. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(responseCode = "200", description = "The job has ended in time; here is its result")
@ApiResponse(responseCode = "202", description = "The job was taken; Location is where it is")
public @interface Submitted {

    String PREFER = "wait=N holds the answer for up to N seconds, until the result is there (RFC 7240)";
    String KEY = "Any text of yours; the same key with the same body gives the same job, however often it is sent";
}
