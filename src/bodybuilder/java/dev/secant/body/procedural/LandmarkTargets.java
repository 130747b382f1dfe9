package dev.secant.body.procedural;

import dev.secant.body.BodyLandmark;
import dev.secant.body.Landmark;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the landmarks lie on the mean body (floor at y = 0), and the triangles that carry them. */
final class LandmarkTargets {

    private static final Map<BodyLandmark, double[]> CENTRE_AND_LEFT = Map.of(
            BodyLandmark.NOSE, new double[] {0, 1.5455, 0.1225},
            BodyLandmark.LEFT_EYE, new double[] {0.031, 1.577, 0.095},
            BodyLandmark.LEFT_EAR, new double[] {0.082, 1.564, 0.000},
            BodyLandmark.LEFT_BIG_TOE, new double[] {0.1545, 0.016, 0.162},
            BodyLandmark.LEFT_SMALL_TOE, new double[] {0.2085, 0.017, 0.1165},
            BodyLandmark.LEFT_HEEL, new double[] {0.1415, 0.030, -0.100},
            BodyLandmark.HEAD_TOP, new double[] {0, 1.6924, 0.006},
            BodyLandmark.CHIN, new double[] {0, 1.476, 0.093});

    private LandmarkTargets() {}

    /** By {@link BodyLandmark#id()}, each on the triangle nearest to its target; the right side is the left's mirror. */
    static Map<String, Landmark> on(TriangleMesh mesh) {
        Map<String, Landmark> landmarks = new LinkedHashMap<>();
        for (BodyLandmark name : BodyLandmark.values()) {
            double[] target = CENTRE_AND_LEFT.get(name);
            if (target == null) {
                landmarks.put(name.id(), mirrored(nearest(mesh, target(name.mirrored())), mesh.mirror()));
            } else {
                landmarks.put(name.id(), nearest(mesh, target));
            }
        }
        return landmarks;
    }

    private static double[] target(BodyLandmark name) {
        double[] target = CENTRE_AND_LEFT.get(name);
        if (target == null) {
            throw new IllegalStateException("The landmark (%s) has no target.".formatted(name));
        }
        return target;
    }

    private static Landmark mirrored(Landmark landmark, int[] mirror) {
        int[] vertices = new int[landmark.vertices().length];
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = mirror[landmark.vertices()[i]];
        }
        return new Landmark(vertices, landmark.weights());
    }

    /** On the mid-line only edges of the cut are looked at, so that the landmark stays on it. */
    private static Landmark nearest(TriangleMesh mesh, double[] target) {
        double best = Double.POSITIVE_INFINITY;
        Landmark nearest = new Landmark(new int[0], new float[0]);
        for (int[] face : mesh.faces()) {
            double[] w = target[0] == 0 ? alongCut(mesh, face, target) : SurfacePoint.nearest(mesh, face, target);
            if (w.length == 0) {
                continue;
            }
            double distance = SurfacePoint.distance(mesh, face, w, target);
            if (distance < best) {
                best = distance;
                nearest = new Landmark(face.clone(), new float[] {(float) w[0], (float) w[1], (float) w[2]});
            }
        }
        return nearest;
    }

    private static double[] alongCut(TriangleMesh mesh, int[] face, double[] target) {
        for (int c = 0; c < 3; c++) {
            int next = (c + 1) % 3;
            if (mesh.mirror()[face[c]] == face[c] && mesh.mirror()[face[next]] == face[next]) {
                double t = SurfacePoint.alongEdge(mesh.vertices()[face[c]], mesh.vertices()[face[next]], target);
                double[] w = new double[3];
                w[c] = 1 - t;
                w[next] = t;
                return w;
            }
        }
        return new double[0];
    }
}
