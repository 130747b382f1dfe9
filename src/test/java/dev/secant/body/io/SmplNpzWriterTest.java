package dev.secant.body.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.BodyModel;
import dev.secant.body.BodyModelContract;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.MeshPoser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The default body as an SMPL tool would see it: every rule of a body holds after the detour. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmplNpzWriterTest extends BodyModelContract {

    private static final BodyModel ORIGINAL = BodyModels.defaultBody();
    private BodyModel copy;

    @BeforeAll
    void writeAndRead(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("secant-default.npz");
        SmplNpzWriter.write(ORIGINAL, Files.newOutputStream(file));
        copy = BodyModels.load(file);
    }

    @Override
    public BodyModel body() {
        return copy;
    }

    @Override
    public double mirrorTolerance() {
        return 1e-5;
    }

    @Override
    public int pieces() {
        return 1;
    }

    @Test
    void regressorGivesTheJointsInEveryShape() {
        assertThat(copy.template()).isEqualTo(ORIGINAL.template());
        assertThat(copy.shapeDirections()).isEqualTo(ORIGINAL.shapeDirections());
        assertThat(copy.name()).isEqualTo(ORIGINAL.name());
        assertClose(copy.skeleton().joints(), ORIGINAL.skeleton().joints(), 1e-5);
        assertClose(copy.skeleton().shapeDirections(), ORIGINAL.skeleton().shapeDirections(), 1e-5);
    }

    @Test
    void regressorsWeightsStaySmall() {
        float[] regressor = RegressorFit.of(ORIGINAL);
        for (int j = 0; j < SmplJoint.count(); j++) {
            double sum = 0;
            for (int v = 0; v < ORIGINAL.vertexCount(); v++) {
                float weight = regressor[j * ORIGINAL.vertexCount() + v];
                sum += weight;
                assertThat(Math.abs(weight)).as("joint %d, vertex %d", j, v).isLessThan(0.5f);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void posedSurfacesAgree() {
        float[] betas = {1, -1, 0.5f, 0.3f, -0.7f, 1.2f, 0.1f, -0.4f, 0.8f, -1.5f};
        float[] pose = values(new SplittableRandom(5), 72, 0.6);
        assertClose(
                new MeshPoser(copy).vertices(betas, pose, new float[3]),
                new MeshPoser(ORIGINAL).vertices(betas, pose, new float[3]),
                1e-4);
    }
}
