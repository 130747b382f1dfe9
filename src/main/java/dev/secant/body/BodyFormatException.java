package dev.secant.body;

/** A body or motion file that can't be used; the message names the file, the entry and what was expected. */
public class BodyFormatException extends RuntimeException {

    public BodyFormatException(String message) {
        super(message);
    }

    public BodyFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
