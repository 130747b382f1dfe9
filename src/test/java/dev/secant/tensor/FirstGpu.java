package dev.secant.tensor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;

/** The GPU of the suites that are tagged {@code gpu}. Where there is none they are skipped, and say so. */
public final class FirstGpu {

    private FirstGpu() {}

    /** The first GPU; skips the test where there is none. */
    public static Device orSkip() {
        Device preferred = TensorRuntime.get().preferredDevice();
        assumeTrue(preferred.isGpu(), "skipped: this machine, or the build of PyTorch, has no GPU");
        return preferred;
    }
}
