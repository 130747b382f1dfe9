package dev.secant.checkpoint;

/** A checkpoint is missing, corrupt or not what it claims to be. */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong and with which checkpoint. */
    public CheckpointException(String message) {
        super(message);
    }

    /** With the failure behind it. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
