package dev.secant.jobs.devices;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/** Made only in a process that executes jobs, {@code secant.jobs.worker}: an API alone loads no engine. */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnBooleanProperty(name = "secant.jobs.worker", matchIfMissing = true)
public @interface OnWorker {}
