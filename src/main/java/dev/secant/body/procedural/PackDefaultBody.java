package dev.secant.body.procedural;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModelWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the default body's resource anew: {@code java ... PackDefaultBody src/main/resources/dev/secant/body/default.npz}. */
final class PackDefaultBody {

    private PackDefaultBody() {}

    public static void main(String[] arguments) throws IOException {
        BodyModel model = ProceduralBody.generate(ProceduralBodySpec.DEFAULT);
        BodyModelWriter.write(model, Path.of(arguments[0]));
        System.out.println("%d vertices, %d faces, digest %s"
                .formatted(model.vertexCount(), model.faces().length / 3, model.digest()));
    }
}
