package dev.secant.body.io;

import dev.secant.body.BodyModel;
import dev.secant.body.BodyModelContract;
import dev.secant.body.SharedData;
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
    public BodyModel body() {
        return body;
    }

    @Override
    public double mirrorTolerance() {
        return 0.01;
    }

    @Override
    public int pieces() {
        return 1;
    }
}
