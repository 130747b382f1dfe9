package dev.secant.fit.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AnimationModel;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.NodeModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.fit.learned.DefaultBodyFitter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FittedMeshesTest {

    private static final BodyModel BODY = BodyModels.defaultBody();
    private static final int STEPS = 4;
    private static FittedBody fitted;

    @BeforeAll
    static void fit() {
        fitted = new DefaultBodyFitter(BODY, CheckpointRegistry.bundled(), "body")
                .fit(
                        List.of(SamplePerson.WALKING.problem(BODY, KeypointLayout.BODY_25)),
                        new FitSettings(STEPS, true),
                        item -> false)
                .get(0);
    }

    private static GltfModel rigged(List<FittedBody.Iterate> trajectory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FittedMeshes(BODY).writeRigged("fit", fitted, trajectory, out);
        return new GltfModelReader().readWithoutReferences(new ByteArrayInputStream(out.toByteArray()));
    }

    /** The joints of the result, y and z reversed. */
    @Test
    void theSkeletonStandsWhereTheFitPutIt() throws IOException {
        List<NodeModel> joints = rigged(List.of()).getSkinModels().get(0).getJoints();
        assertThat(joints).hasSize(SmplJoint.count());
        for (int j = 0; j < joints.size(); j++) {
            float[] place = joints.get(j).computeGlobalTransform(null);
            for (int axis = 0; axis < 3; axis++) {
                float expected = (axis == 0 ? 1 : -1) * fitted.joints3d()[3 * j + axis];
                assertThat(place[12 + axis]).as("joint %d, axis %d", j, axis).isCloseTo(expected, within(1e-4f));
            }
        }
    }

    @Test
    void theAnimationHasAFrameForEachIterate() throws IOException {
        assertThat(fitted.quality().trajectory()).hasSizeBetween(2, STEPS + 1);
        AnimationModel animation =
                rigged(fitted.quality().trajectory()).getAnimationModels().get(0);
        AccessorFloatData times = (AccessorFloatData)
                animation.getChannels().get(0).getSampler().getInput().getAccessorData();
        assertThat(times.getNumElements())
                .isBetween(
                        fitted.quality().trajectory().size(),
                        fitted.quality().trajectory().size() + 1);
        assertThat(times.get(1)).isCloseTo(0.2f, within(1e-6f));
    }

    @Test
    void withoutIteratesNothingMoves() throws IOException {
        assertThat(rigged(List.of()).getAnimationModels()).isEmpty();
    }

    @Test
    void thePosedMeshIsTheRiggedOnesPose() {
        float[] vertices = new FittedMeshes(BODY).posed("p", fitted).vertices();
        float head = 0;
        for (int i = 1; i < vertices.length; i += 3) {
            head = Math.max(head, vertices[i]);
        }
        assertThat(head).as("y points up").isGreaterThan(-fitted.joints3d()[3 * SmplJoint.HEAD.index() + 1]);
        assertThat(vertices[2]).as("in front of a camera that looks along -z").isNegative();
    }
}
