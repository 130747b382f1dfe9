package dev.secant.fit.calibration;

/** A file is no calibration that can be read; the message names the file and what is wrong with it. */
public final class CalibrationException extends RuntimeException {

    CalibrationException(String message) {
        super(message);
    }

    CalibrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
