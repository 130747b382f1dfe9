package dev.secant.body.io;

import dev.secant.body.BodyModel;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of a body model: what it holds, the body that is made of it, and what was checked.
 *
 * @param format container and layout, for example {@code SMPL-X, .npz}
 * @param joints of the file; a body has 24 of SMPL-H's 52 and SMPL-X's 55
 * @param betas shape directions of the file; a body has the first ten
 * @param poseBlendShapes whether the file has pose directions other than zero
 * @param model the body
 * @param checks each with its finding
 */
public record BodyFile(
        String format, int joints, int betas, boolean poseBlendShapes, BodyModel model, List<Check> checks) {

    public BodyFile {
        checks = List.copyOf(checks);
    }

    /**
     * Something that should hold of a body.
     *
     * @param name what was looked at
     * @param passed whether it is as it should be
     * @param finding what was found
     */
    public record Check(String name, boolean passed, String finding) {}

    /** Whether every check passed. */
    public boolean sound() {
        return checks.stream().allMatch(Check::passed);
    }

    /**
     * Reads a file as {@link BodyModels#load} does.
     *
     * @throws dev.secant.body.BodyFormatException if it holds no body, or is damaged
     */
    public static BodyFile read(Path file) {
        if (SmplPickleLoader.recognises(file)) {
            return of(SmplPickleLoader.read(file), "pickle");
        }
        NpzReader npz = NpzBodyLoader.open(file);
        if (!BodyModelReader.recognises(npz)) {
            return of(SmplArrays.from(npz, NpzBodyLoader.name(file)), ".npz");
        }
        BodyModel model = BodyModelReader.read(npz);
        return new BodyFile(
                "Secant, .npz",
                model.jointCount(),
                model.shapeCount(),
                model.hasPoseDirections(),
                model,
                BodyChecks.of(model));
    }

    private static BodyFile of(SmplArrays arrays, String container) {
        BodyModel model = arrays.toModel();
        return new BodyFile(
                "%s, %s".formatted(arrays.family().title(), container),
                arrays.parents().length,
                arrays.storedShapes(),
                model.hasPoseDirections(),
                model,
                BodyChecks.of(model, arrays));
    }
}
