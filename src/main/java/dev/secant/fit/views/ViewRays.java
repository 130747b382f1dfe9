package dev.secant.fit.views;

import dev.secant.fit.Observations;
import java.util.List;

/**
 * What V calibrated cameras saw of one person, in the form the fit works on.
 *
 * @param rotations from the world to each camera, {@code [V, 3, 3]}
 * @param translations metres, {@code [V, 3]}
 * @param observations of the person in each view, by slot; V rows
 */
record ViewRays(float[] rotations, float[] translations, Observations observations) {

    /** Of some cameras, whose observations are the rows. */
    static ViewRays of(List<CalibratedCamera> cameras, Observations observations) {
        float[] rotations = new float[9 * cameras.size()];
        float[] translations = new float[3 * cameras.size()];
        for (int v = 0; v < cameras.size(); v++) {
            for (int i = 0; i < 9; i++) {
                rotations[9 * v + i] = (float) cameras.get(v).rotation()[i];
            }
            for (int i = 0; i < 3; i++) {
                translations[3 * v + i] = (float) cameras.get(v).translation()[i];
            }
        }
        return new ViewRays(rotations, translations, observations);
    }

    /** V. */
    int views() {
        return observations.size();
    }

    /** K. */
    int slots() {
        return observations.weights().length / views();
    }
}
