package dev.secant.body;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** SMPL's {@code .npz} layout, of a body with another topology. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MakeHumanNpzBodyTest extends BodyModelContract {

    private BodyModel body;

    @BeforeAll
    void load() {
        body = BodyModels.load(SharedData.require("body/makehuman_smpl24.npz"));
    }

    @Override
    BodyModel body() {
        return body;
    }

    @Override
    double mirrorTolerance() {
        return 0.01;
    }

    @Override
    int pieces() {
        return 1;
    }
}
