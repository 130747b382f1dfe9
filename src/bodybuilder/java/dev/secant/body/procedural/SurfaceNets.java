package dev.secant.body.procedural;

import java.util.ArrayList;
import java.util.List;

/**
 * Naive surface nets (Gibson, "Constrained Elastic Surface Nets", 1998) of the left half of a symmetric field: one vertex a
 * cell that the surface passes, one quadrilateral a grid edge that it crosses. Cells straddle the mirror plane, so that the
 * cut is a closed row of vertices with x = 0.
 */
final class SurfaceNets {

    private final SignedDistanceField field;
    private final double size;
    private final int nx;
    private final int ny;
    private final int nz;
    private final double y0;
    private final double z0;
    private final double[] values;
    private final int[] vertexOfCell;
    private final List<double[]> vertices = new ArrayList<>();
    private final List<int[]> faces = new ArrayList<>();

    private SurfaceNets(SignedDistanceField field, double size, double[] low, double[] high) {
        this.field = field;
        this.size = size;
        this.nx = 2 + (int) Math.ceil(high[0] / size);
        this.ny = 1 + (int) Math.ceil((high[1] - low[1]) / size);
        this.nz = 1 + (int) Math.ceil((high[2] - low[2]) / size);
        this.y0 = low[1];
        this.z0 = low[2];
        this.values = new double[nx * ny * nz];
        this.vertexOfCell = new int[nx * ny * nz];
    }

    /**
     * @param size edge of a cell, metres
     * @param low lower corner of a box around the solid; its x is not used
     * @param high upper corner
     */
    static HalfMesh extract(SignedDistanceField field, double size, double[] low, double[] high) {
        SurfaceNets nets = new SurfaceNets(field, size, low, high);
        nets.sample();
        nets.placeVertices();
        nets.connect();
        return new HalfMesh(nets.vertices.toArray(double[][]::new), nets.faces.toArray(int[][]::new));
    }

    private double x(int i) {
        return (i - 0.5) * size;
    }

    private int index(int i, int j, int k) {
        return (i * ny + j) * nz + k;
    }

    private void sample() {
        for (int i = 0; i < nx; i++) {
            for (int j = 0; j < ny; j++) {
                for (int k = 0; k < nz; k++) {
                    values[index(i, j, k)] = field.at(x(i), y0 + j * size, z0 + k * size);
                }
            }
        }
    }

    private void placeVertices() {
        for (int i = 0; i < nx - 1; i++) {
            for (int j = 0; j < ny - 1; j++) {
                for (int k = 0; k < nz - 1; k++) {
                    placeVertex(i, j, k);
                }
            }
        }
    }

    /** The mean of the points where the surface crosses the cell's edges. */
    private void placeVertex(int i, int j, int k) {
        double[] sum = new double[3];
        int crossings = 0;
        for (int corner = 0; corner < 8; corner++) {
            for (int axis = 0; axis < 3; axis++) {
                int bit = 1 << axis;
                if ((corner & bit) != 0) {
                    continue;
                }
                double a = corner(i, j, k, corner);
                double b = corner(i, j, k, corner | bit);
                if ((a < 0) == (b < 0)) {
                    continue;
                }
                crossings++;
                double t = a / (a - b);
                for (int c = 0; c < 3; c++) {
                    sum[c] += ((corner >> c) & 1) + (c == axis ? t : 0);
                }
            }
        }
        if (crossings > 0) {
            double vx = i == 0 ? 0 : x(i) + sum[0] / crossings * size;
            double vy = y0 + (j + sum[1] / crossings) * size;
            double vz = z0 + (k + sum[2] / crossings) * size;
            vertices.add(new double[] {vx, vy, vz});
            vertexOfCell[index(i, j, k)] = vertices.size();
        }
    }

    private double corner(int i, int j, int k, int corner) {
        return values[index(i + (corner & 1), j + ((corner >> 1) & 1), k + (corner >> 2))];
    }

    private void connect() {
        for (int i = 1; i < nx - 1; i++) {
            for (int j = 1; j < ny - 1; j++) {
                for (int k = 1; k < nz - 1; k++) {
                    connect(i, j, k, index(1, 0, 0), index(0, 1, 0), index(0, 0, 1));
                    connect(i, j, k, index(0, 1, 0), index(0, 0, 1), index(1, 0, 0));
                    connect(i, j, k, index(0, 0, 1), index(1, 0, 0), index(0, 1, 0));
                }
            }
        }
    }

    /** The quadrilateral across the grid edge that leaves (i, j, k) along one axis; b and c step along the other two. */
    private void connect(int i, int j, int k, int along, int b, int c) {
        int at = index(i, j, k);
        boolean inside = values[at] < 0;
        if (inside == (values[at + along] < 0)) {
            return;
        }
        int[] quad = {
            vertexOfCell[at - b - c] - 1, vertexOfCell[at - c] - 1, vertexOfCell[at] - 1, vertexOfCell[at - b] - 1
        };
        if (!inside) {
            int swap = quad[1];
            quad[1] = quad[3];
            quad[3] = swap;
        }
        if (distance(quad[0], quad[2]) <= distance(quad[1], quad[3])) {
            faces.add(new int[] {quad[0], quad[1], quad[2]});
            faces.add(new int[] {quad[0], quad[2], quad[3]});
        } else {
            faces.add(new int[] {quad[0], quad[1], quad[3]});
            faces.add(new int[] {quad[1], quad[2], quad[3]});
        }
    }

    private double distance(int a, int b) {
        double[] p = vertices.get(a);
        double[] q = vertices.get(b);
        double dx = p[0] - q[0];
        double dy = p[1] - q[1];
        double dz = p[2] - q[2];
        return dx * dx + dy * dy + dz * dz;
    }
}
