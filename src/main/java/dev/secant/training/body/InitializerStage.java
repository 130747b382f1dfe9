package dev.secant.training.body;

import ai.djl.ndarray.NDManager;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.problems.body.BodySampler;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.CommonJoints;
import dev.secant.training.Parameters;
import java.util.List;

/** Trains the initialiser. */
final class InitializerStage extends BodyStage {

    private final BodyNetworks networks;
    private final PointRig rig;
    private final BodySamples validation;
    private final NDManager manager;
    private InitializerTraining training;

    @SuppressWarnings("NullAway.Init") // Set by begin, before the first step.
    InitializerStage(
            BodyNetworks networks, PointRig rig, BodySamples validation, BodySampler sampler, NDManager manager) {
        super(sampler);
        this.networks = networks;
        this.rig = rig;
        this.validation = validation;
        this.manager = manager;
    }

    @Override
    void prepare(Parameters all) {
        training = new InitializerTraining(
                networks.initializer(), all, rig, KeypointCatalogue.initializerSlots(), manager);
    }

    @Override
    public String name() {
        return "initializer";
    }

    @Override
    public List<String> validationColumns() {
        return List.of("pa_mpjpe_mm", "mpjpe_mm");
    }

    @Override
    public double accumulate(int step) {
        return training.accumulate(draw(step));
    }

    @Override
    double[] measure() {
        CommonJoints.Errors errors = training.validate(validation);
        return new double[] {errors.procrustes(), errors.mpjpe()};
    }
}
