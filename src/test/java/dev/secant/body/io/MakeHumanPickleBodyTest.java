package dev.secant.body.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.body.BodyModel;
import dev.secant.body.BodyModelContract;
import dev.secant.body.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** SMPL's official {@code .pkl} layout as Python 2 wrote it, with the same body as in the {@code .npz}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MakeHumanPickleBodyTest extends BodyModelContract {

    private static Path zipped;
    private BodyModel body;

    @BeforeAll
    void load(@TempDir Path directory) throws IOException {
        zipped = SharedData.require("body/makehuman_smpl24.pkl.gz");
        Path file = directory.resolve("makehuman_smpl24.pkl");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(zipped))) {
            Files.copy(in, file);
        }
        body = BodyModels.load(file);
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

    @Test
    void sameBodyAsInTheNpz() {
        BodyModel npz = BodyModels.load(SharedData.require("body/makehuman_smpl24.npz"));
        assertThat(body.template()).isEqualTo(npz.template());
        assertThat(body.shapeDirections()).isEqualTo(npz.shapeDirections());
        assertThat(body.faces()).isEqualTo(npz.faces());
        assertThat(body.skin().weights()).isEqualTo(npz.skin().weights());
        assertClose(body.skeleton().joints(), npz.skeleton().joints(), 1e-6);
    }

    @Test
    void gzippedFileIsReadAsItIs() {
        assertThat(BodyModels.load(zipped).digest()).isEqualTo(body.digest());
    }
}
