package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyLandmark;
import dev.secant.body.BodyModel;
import dev.secant.body.Landmark;
import dev.secant.body.Skin;
import dev.secant.body.SmplJoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finds the landmarks of a body from a file. On SMPL's own topologies (SMPL and SMPL-H, and SMPL-X) they are the vertices that the smplx library publishes
 * ({@code vertex_ids.py}); on any other, they are found by geometry in the rest pose (T-pose, y up, z forward), a vertex each:
 *
 * <ul>
 *   <li>nose: foremost of the head near the mid-line; top: highest of the head; chin: furthest down and forward on the mid-line;
 *   <li>ears: outermost of the head, and forward of the rim, around the height of the nose;
 *   <li>eyes: the front surface at 14 percent of the head's height above the nose and as far out;
 *   <li>heel: rearmost of the foot below the ankle; big toe: foremost of the foot; small toe: furthest out and forward.
 * </ul>
 */
final class LandmarkFinder {

    private static final int SMPL_VERTICES = 6890;
    private static final int SMPL_FACES = 13776;
    private static final int SMPLX_VERTICES = 10475;
    private static final int SMPLX_FACES = 20908;
    private static final double MID_LINE = 0.018;
    private static final double EYE_SHARE = 0.14;

    private final BodyModel model;
    private final int[] owners;
    private final double middle;

    private LandmarkFinder(BodyModel model) {
        this.model = model;
        this.owners = owners(model);
        this.middle = model.skeleton().joints()[3 * SmplJoint.HEAD.index()];
    }

    /** The model with its landmarks; unchanged if its skeleton is not SMPL's or an extension of it. */
    static BodyModel mark(BodyModel model) {
        if (!beginsAsSmpl(model.skeleton().parents())) {
            return model;
        }
        Map<BodyLandmark, Integer> found = new LandmarkFinder(model).find();
        if (model.vertexCount() == SMPL_VERTICES && model.faces().length == 3 * SMPL_FACES) {
            found.putAll(smplVertices());
        } else if (model.vertexCount() == SMPLX_VERTICES && model.faces().length == 3 * SMPLX_FACES) {
            found.putAll(smplxVertices());
        }
        Map<String, Landmark> landmarks = new LinkedHashMap<>();
        found.forEach((name, vertex) -> landmarks.put(name.id(), new Landmark(new int[] {vertex}, new float[] {1})));
        return new BodyModel(
                model.name(),
                model.digest(),
                model.template(),
                model.shapeDirections(),
                model.poseDirections(),
                model.faces(),
                model.skeleton(),
                model.skin(),
                landmarks);
    }

    private static Map<BodyLandmark, Integer> smplVertices() {
        return Map.ofEntries(
                Map.entry(BodyLandmark.NOSE, 332),
                Map.entry(BodyLandmark.RIGHT_EYE, 6260),
                Map.entry(BodyLandmark.LEFT_EYE, 2800),
                Map.entry(BodyLandmark.RIGHT_EAR, 4071),
                Map.entry(BodyLandmark.LEFT_EAR, 583),
                Map.entry(BodyLandmark.LEFT_BIG_TOE, 3216),
                Map.entry(BodyLandmark.LEFT_SMALL_TOE, 3226),
                Map.entry(BodyLandmark.LEFT_HEEL, 3387),
                Map.entry(BodyLandmark.RIGHT_BIG_TOE, 6617),
                Map.entry(BodyLandmark.RIGHT_SMALL_TOE, 6624),
                Map.entry(BodyLandmark.RIGHT_HEEL, 6787));
    }

    private static Map<BodyLandmark, Integer> smplxVertices() {
        return Map.ofEntries(
                Map.entry(BodyLandmark.NOSE, 9120),
                Map.entry(BodyLandmark.RIGHT_EYE, 9929),
                Map.entry(BodyLandmark.LEFT_EYE, 9448),
                Map.entry(BodyLandmark.RIGHT_EAR, 616),
                Map.entry(BodyLandmark.LEFT_EAR, 6),
                Map.entry(BodyLandmark.LEFT_BIG_TOE, 5770),
                Map.entry(BodyLandmark.LEFT_SMALL_TOE, 5780),
                Map.entry(BodyLandmark.LEFT_HEEL, 8846),
                Map.entry(BodyLandmark.RIGHT_BIG_TOE, 8463),
                Map.entry(BodyLandmark.RIGHT_SMALL_TOE, 8474),
                Map.entry(BodyLandmark.RIGHT_HEEL, 8635));
    }

    /** Hands differ between the family's members; the 22 joints before them don't. */
    private static boolean beginsAsSmpl(int[] parents) {
        int[] smpl = SmplJoint.parents();
        int common = SmplJoint.LEFT_HAND.index();
        return parents.length >= common && IntStream.range(0, common).allMatch(joint -> parents[joint] == smpl[joint]);
    }

    private Map<BodyLandmark, Integer> find() {
        Map<BodyLandmark, Integer> found = new LinkedHashMap<>();
        IntPredicate head = v -> owners[v] == SmplJoint.HEAD.index();
        IntPredicate front = head.and(v -> Math.abs(x(v)) < MID_LINE);
        int nose = best(front, this::z);
        int top = best(head, this::y);
        int chin = best(front.and(v -> y(v) < y(nose) - 0.02), v -> z(v) - y(v));
        found.put(BodyLandmark.NOSE, nose);
        found.put(BodyLandmark.HEAD_TOP, top);
        found.put(BodyLandmark.CHIN, chin);
        IntPredicate earBand = head.and(v -> y(v) > y(nose) - 0.025 && y(v) < y(nose) + 0.030);
        found.put(BodyLandmark.LEFT_EAR, best(earBand, v -> x(v) + 0.1 * z(v)));
        found.put(BodyLandmark.RIGHT_EAR, best(earBand, v -> -x(v) + 0.1 * z(v)));
        double offset = EYE_SHARE * (y(top) - y(chin));
        found.put(BodyLandmark.LEFT_EYE, eye(head, offset, y(nose) + offset));
        found.put(BodyLandmark.RIGHT_EYE, eye(head, -offset, y(nose) + offset));
        foot(
                found,
                SmplJoint.LEFT_ANKLE,
                1,
                BodyLandmark.LEFT_HEEL,
                BodyLandmark.LEFT_BIG_TOE,
                BodyLandmark.LEFT_SMALL_TOE);
        foot(
                found,
                SmplJoint.RIGHT_ANKLE,
                -1,
                BodyLandmark.RIGHT_HEEL,
                BodyLandmark.RIGHT_BIG_TOE,
                BodyLandmark.RIGHT_SMALL_TOE);
        return found;
    }

    private int eye(IntPredicate head, double eyeX, double eyeY) {
        double frontOf = model.skeleton().joints()[3 * SmplJoint.HEAD.index() + 2];
        return best(head.and(v -> z(v) > frontOf), v -> {
            double dx = x(v) - eyeX;
            double dy = y(v) - eyeY;
            // Eyeballs and sockets lie behind the lids: prefer what is in front.
            return 0.2 * z(v) - Math.sqrt(dx * dx + dy * dy);
        });
    }

    private void foot(
            Map<BodyLandmark, Integer> found,
            SmplJoint ankle,
            int side,
            BodyLandmark heel,
            BodyLandmark bigToe,
            BodyLandmark smallToe) {
        float[] joints = model.skeleton().joints();
        double height = joints[3 * ankle.index() + 1];
        double toes = joints[3 * ankle.index() + 2];
        IntPredicate foot = v -> owners[v] == ankle.index() && y(v) < height;
        found.put(heel, best(foot, v -> -z(v)));
        int foremost = best(foot, this::z);
        found.put(bigToe, foremost);
        found.put(smallToe, best(foot.and(v -> z(v) > 0.4 * toes + 0.6 * z(foremost)), v -> side * x(v) + 0.5 * z(v)));
    }

    /** The first vertex of the highest score among those that qualify. */
    private int best(IntPredicate qualifies, IntToDoubleFunction score) {
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < owners.length; v++) {
            if (qualifies.test(v) && score.applyAsDouble(v) > highest) {
                highest = score.applyAsDouble(v);
                best = v;
            }
        }
        if (best < 0) {
            throw new BodyFormatException(("The body '%s' has no surface where a landmark should be. "
                            + "Maybe its rest pose is no T-pose with y up and z forward.")
                    .formatted(model.name()));
        }
        return best;
    }

    private double x(int v) {
        return model.template()[3 * v] - middle;
    }

    private double y(int v) {
        return model.template()[3 * v + 1];
    }

    private double z(int v) {
        return model.template()[3 * v + 2];
    }

    /** The head or ankle that a vertex hangs on, through its strongest joint; -1 for all other vertices. */
    private static int[] owners(BodyModel model) {
        Skin skin = model.skin();
        int[] owners = new int[model.vertexCount()];
        for (int v = 0; v < owners.length; v++) {
            int strongest = v * skin.influences();
            for (int i = strongest; i < (v + 1) * skin.influences(); i++) {
                strongest = skin.weights()[i] > skin.weights()[strongest] ? i : strongest;
            }
            int joint = skin.joints()[strongest];
            while (joint >= 0
                    && joint != SmplJoint.HEAD.index()
                    && joint != SmplJoint.LEFT_ANKLE.index()
                    && joint != SmplJoint.RIGHT_ANKLE.index()) {
                joint = model.skeleton().parents()[joint];
            }
            owners[v] = joint;
        }
        return owners;
    }
}
