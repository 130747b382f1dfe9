package dev.secant.optimizer.quasinewton;

/**
 * The trust-region subproblem {@code min g'p + p'Bp / 2, ||p|| <= radius} in the eigenvectors of B: {@code p = -g / (lambda
 * + shift)} with the least shift that makes B + shift I positive semidefinite and p short enough (Moré and Sorensen, SIAM
 * J. Sci. Stat. Comput. 4, 1983).
 */
final class TrustRegionSubproblem {

    private static final int MAX_ITERATIONS = 60;

    private final double[] eigenvalues;
    private final double[] gradient;

    /**
     * The problem.
     *
     * @param eigenvalues of B
     * @param gradient its components along the eigenvectors
     */
    TrustRegionSubproblem(double[] eigenvalues, double[] gradient) {
        this.eigenvalues = eigenvalues;
        this.gradient = gradient;
    }

    /** The components of the solution. */
    double[] solve(double radius) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double norm = 0;
        for (int k = 0; k < eigenvalues.length; k++) {
            least = Math.min(least, eigenvalues[k]);
            most = Math.max(most, Math.abs(eigenvalues[k]));
            norm = Math.hypot(norm, gradient[k]);
        }
        double tiny = 1e-14 * most;
        if (least > tiny) {
            double[] newton = step(0);
            if (length(newton) <= radius) {
                return newton;
            }
        }
        double low = Math.max(0, -least);
        double[] edge = step(low + tiny);
        if (length(edge) <= radius) {
            return hardCase(edge, radius);
        }
        return step(shift(low + tiny, Math.max(0, norm / radius - least) + tiny, radius));
    }

    /** {@code -(g'p + p'Bp / 2)}: by how much the model falls. */
    double decrease(double[] p) {
        double decrease = 0;
        for (int k = 0; k < p.length; k++) {
            decrease -= gradient[k] * p[k] + 0.5 * eigenvalues[k] * p[k] * p[k];
        }
        return decrease;
    }

    /** Newton's iteration for {@code 1 / ||p|| = 1 / radius}, kept within a bracket. */
    private double shift(double from, double to, double radius) {
        double low = from;
        double high = to;
        double shift = low;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            double[] p = step(shift);
            double length = length(p);
            if (Math.abs(length - radius) <= 1e-6 * radius) {
                break;
            }
            low = length > radius ? shift : low;
            high = length > radius ? high : shift;
            double slope = 0;
            for (int k = 0; k < p.length; k++) {
                slope += p[k] * p[k] / (eigenvalues[k] + shift);
            }
            double next = shift + (length * length / slope) * (length - radius) / radius;
            shift = next > low && next < high ? next : 0.5 * (low + high);
        }
        return shift;
    }

    /** The gradient has no part along the lowest eigenvector: that part goes to the boundary. */
    private double[] hardCase(double[] p, double radius) {
        int lowest = 0;
        for (int k = 1; k < eigenvalues.length; k++) {
            lowest = eigenvalues[k] < eigenvalues[lowest] ? k : lowest;
        }
        double rest = length(p);
        double room = radius * radius - rest * rest + p[lowest] * p[lowest];
        p[lowest] = Math.copySign(Math.sqrt(Math.max(0, room)), -gradient[lowest]);
        return p;
    }

    private double[] step(double shift) {
        double[] p = new double[gradient.length];
        for (int k = 0; k < p.length; k++) {
            p[k] = gradient[k] == 0 ? 0 : -gradient[k] / (eigenvalues[k] + shift);
        }
        return p;
    }

    private static double length(double[] p) {
        double squares = 0;
        for (double component : p) {
            squares += component * component;
        }
        return Math.sqrt(squares);
    }
}
