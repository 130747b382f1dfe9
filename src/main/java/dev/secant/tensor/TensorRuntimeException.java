package dev.secant.tensor;

/** The native tensor library is missing, broken or of another platform. */
public final class TensorRuntimeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TensorRuntimeException(String message, Throwable cause) {
        super(message, cause);
    }
}
