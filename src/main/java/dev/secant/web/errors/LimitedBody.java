package dev.secant.web.errors;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A request body within limits. It takes a place among the uploads with its first read and gives it back with its last. One thread reads
 * it.
 */
final class LimitedBody extends ServletInputStream {

    private static final int BUFFER = 1 << 13;

    private final ServletInputStream stream;
    private final RequestBodyFilter.Limits limits;
    private final Semaphore uploads;
    private boolean started;
    private boolean placed;
    private boolean ended;
    private long deadline;
    private long read;

    LimitedBody(ServletInputStream stream, RequestBodyFilter.Limits limits, Semaphore uploads) {
        this.stream = stream;
        this.limits = limits;
        this.uploads = uploads;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int got = pass(bytes, offset, length);
        read += Math.max(0, got);
        if (read > limits.bytes()) {
            throw RefusedBodyException.tooLarge(limits.bytes());
        }
        return got;
    }

    /** Reads to the end, or until this much has been read in all. */
    void skipRest(long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (!ended) {
            read += Math.max(0, pass(buffer, 0, buffer.length));
            if (read > most) {
                throw RefusedBodyException.tooLarge(most);
            }
        }
    }

    /** Reads what has come already, without waiting, so that the client gets to read its response. */
    void skipWhatIsThere() throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long skipped = 0; skipped < limits.bytes() && stream.available() > 0; ) {
            int got = stream.read(buffer, 0, Math.min(buffer.length, stream.available()));
            if (got < 0) {
                return;
            }
            skipped += got;
        }
    }

    /** Gives back its place. */
    void release() {
        if (placed) {
            placed = false;
            uploads.release();
        }
    }

    private int pass(byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        start();
        int got;
        try {
            got = stream.read(bytes, offset, length);
        } catch (SocketTimeoutException e) {
            throw timeout(e);
        }
        if (got < 0) {
            ended = true;
            release();
        } else if (System.nanoTime() - deadline > 0) {
            throw timeout(null);
        }
        return got;
    }

    private void start() throws RefusedBodyException {
        if (!started) {
            started = true;
            deadline = System.nanoTime() + limits.time().toNanos();
            placed = uploads.tryAcquire();
        }
        if (!placed) {
            throw RefusedBodyException.tooMany();
        }
    }

    private static RefusedBodyException timeout(@Nullable Throwable cause) {
        RefusedBodyException tooSlow = RefusedBodyException.tooSlow();
        if (cause != null) {
            tooSlow.initCause(cause);
        }
        return tooSlow;
    }

    @Override
    public boolean isFinished() {
        return stream.isFinished();
    }

    @Override
    public boolean isReady() {
        return stream.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        stream.setReadListener(listener);
    }
}
