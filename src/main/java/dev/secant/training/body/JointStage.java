package dev.secant.training.body;

import ai.djl.ndarray.NDManager;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.problems.body.BodySampler;
import dev.secant.problems.body.BodySamples;
import dev.secant.training.Parameters;

/** Trains both networks together on the error after the refinement. Measured as the refiner's stage is. */
final class JointStage extends RefinerStage {

    private final BodyNetworks networks;
    private final PointRig rig;
    private final NDManager manager;
    private JointTraining training;

    @SuppressWarnings("NullAway.Init") // Set by prepare, before the first step.
    JointStage(BodyNetworks networks, PointRig rig, BodySamples validation, BodySampler sampler, NDManager manager) {
        super(networks, rig, validation, sampler, manager);
        this.networks = networks;
        this.rig = rig;
        this.manager = manager;
    }

    @Override
    void prepare(Parameters all) {
        training = new JointTraining(
                networks,
                all,
                new InitializerTraining(
                        networks.initializer(), all, rig, KeypointCatalogue.initializerSlots(), manager),
                new RefinerTraining(networks, all, rig, manager),
                manager);
    }

    @Override
    public String name() {
        return "joint";
    }

    @Override
    public double accumulate(int step) {
        return training.accumulate(draw(step));
    }
}
