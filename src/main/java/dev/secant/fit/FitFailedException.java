package dev.secant.fit;

/** A person to whom no body can be fitted; the message is meant for the client. */
public final class FitFailedException extends RuntimeException {

    /** @param message a sentence that says what is wrong, and with advice if there is any */
    public FitFailedException(String message) {
        super(message);
    }
}
