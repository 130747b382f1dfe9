package dev.secant.body.procedural;

import dev.secant.body.BodyModel;
import dev.secant.body.ModelDigest;
import dev.secant.body.ShapeCoefficient;
import dev.secant.body.Skeleton;
import dev.secant.body.Skin;
import dev.secant.body.SmplJoint;
import java.util.Arrays;

/**
 * Generates the default body: mesh, skeleton, skin weights, shape directions and landmarks, exactly mirror-symmetric and the
 * same to the bit on every run. The pelvis is the origin in every shape; the soles of the mean body lie at y = -0.965 m.
 */
public final class ProceduralBody {

    private static final int INFLUENCES = 4;

    /** Rounding of stored lengths, metres: below a micrometre, and kind to compression. */
    private static final double GRAIN = 1.0 / (1 << 20);

    /** Rounding of stored skin weights. */
    private static final double WEIGHT_GRAIN = 1.0 / (1 << 12);

    private static final double[] LOW = {0, -0.06, -0.26};
    private static final double[] HIGH = {0.95, 1.78, 0.26};
    private static final double CELL = 0.014;

    private final TriangleMesh mesh;
    private final double[][] memberships;
    private final double[][] shapeMemberships;

    private ProceduralBody(TriangleMesh mesh) {
        this.mesh = mesh;
        this.memberships = new double[mesh.vertices().length][];
        this.shapeMemberships = new double[mesh.vertices().length][];
        for (int v = 0; v < memberships.length; v++) {
            memberships[v] = SkinWeightField.at(mesh.vertices()[v]);
            shapeMemberships[v] = SkinWeightField.ofShape(mesh.vertices()[v]);
        }
    }

    /** Takes about ten seconds. */
    public static BodyModel generate(ProceduralBodySpec spec) {
        SignedDistanceField surface = new Anatomy();
        // Coarser cells than 16 mm would lose the thumb.
        HalfMesh half = SurfaceNets.extract(surface, Math.min(CELL * spec.coarseness(), 0.016), LOW, HIGH);
        HalfMesh regular =
                Remesher.remesh(half, surface, p -> spec.coarseness() * EdgeLengthField.edgeLength(p), spec.rounds());
        return new ProceduralBody(TriangleMesh.mirrored(regular)).model(spec.name());
    }

    private BodyModel model(String name) {
        int shapes = ShapeCoefficient.values().length;
        int[] faces = Arrays.stream(mesh.faces()).flatMapToInt(Arrays::stream).toArray();
        float[] template = new float[3 * memberships.length];
        float[] shapeDirections = new float[template.length * shapes];
        double[][] rest = MeanSkeleton.joints();
        float[] joints = new float[3 * rest.length];
        float[] jointDirections = new float[joints.length * shapes];

        for (int v = 0; v < memberships.length; v++) {
            store(template, 3 * v, 1, fromPelvis(mesh.vertices()[v]));
        }
        for (int j = 0; j < rest.length; j++) {
            store(joints, 3 * j, 1, fromPelvis(rest[j]));
        }
        int k = 0;
        for (ShapeCoefficient beta : ShapeCoefficient.values()) {
            ShapeSpace space = ShapeSpace.of(beta);
            for (int j = 0; j < rest.length; j++) {
                store(jointDirections, 3 * j * shapes + k, shapes, space.jointShift()[j]);
            }
            for (int v = 0; v < memberships.length; v++) {
                store(shapeDirections, 3 * v * shapes + k, shapes, shift(space, v));
            }
            k++;
        }
        BodyModel unsigned = new BodyModel(
                name,
                "",
                template,
                shapeDirections,
                new float[0],
                faces,
                new Skeleton(SmplJoint.parents(), joints, jointDirections),
                skin(),
                LandmarkTargets.on(mesh));
        return ModelDigest.sign(unsigned);
    }

    /** The right half is read off the left, so that rounding is the same on both sides. */
    private double[] shift(ShapeSpace space, int vertex) {
        int twin = mesh.mirror()[vertex];
        if (mesh.vertices()[vertex][0] < 0) {
            double[] shift = space.shift(mesh.vertices()[twin], shapeMemberships[twin]);
            return new double[] {-shift[0], shift[1], shift[2]};
        }
        double[] shift = space.shift(mesh.vertices()[vertex], shapeMemberships[vertex]);
        return twin == vertex ? new double[] {0, shift[1], shift[2]} : shift;
    }

    private static double[] fromPelvis(double[] p) {
        return new double[] {p[0], p[1] - MeanSkeleton.PELVIS_HEIGHT, p[2]};
    }

    private static void store(float[] target, int at, int stride, double[] value) {
        for (int c = 0; c < 3; c++) {
            target[at + c * stride] = (float) (Math.rint(value[c] / GRAIN) * GRAIN + 0.0);
        }
    }

    private Skin skin() {
        int count = memberships.length;
        int[] joints = new int[count * INFLUENCES];
        float[] weights = new float[count * INFLUENCES];
        for (int v = 0; v < count; v++) {
            int twin = mesh.mirror()[v];
            boolean right = mesh.vertices()[v][0] < 0;
            int[] kept = SkinWeights.strongest(memberships[right ? twin : v], INFLUENCES);
            double[] shares = SkinWeights.shares(memberships[right ? twin : v], kept, WEIGHT_GRAIN);
            for (int i = 0; i < kept.length; i++) {
                SmplJoint joint = SmplJoint.at(kept[i]);
                joints[v * INFLUENCES + i] = (right ? joint.mirrored() : joint).index();
                weights[v * INFLUENCES + i] = (float) shares[i];
            }
        }
        return new Skin(INFLUENCES, joints, weights);
    }
}
