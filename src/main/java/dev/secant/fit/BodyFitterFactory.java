package dev.secant.fit;

import ai.djl.Device;

/** Makes fitters: each is for one thread, and holds weights on one device. */
@FunctionalInterface
public interface BodyFitterFactory {

    /**
     * A new fitter.
     *
     * @param device where its networks run
     */
    BodyFitter on(Device device);
}
