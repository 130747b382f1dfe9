package dev.secant.optimizer.lsr1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.optimizer.lsr1.Sr1Settings.Variant;
import dev.secant.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** L-SR1 of one quadratic, from the text of the paper, in double precision. */
final class ReferenceSr1 {

    static final double[] CURVATURES = {1, 3, 0.5};
    private static final int N = CURVATURES.length;
    final Sr1Settings settings;
    final Map<String, FloatTensor> weights;
    final List<double[]> buffer = new ArrayList<>();
    double[] x;
    double[] previousX = new double[N];
    double[] previousG = new double[N];
    double secantResidual;

    ReferenceSr1(Sr1Settings settings, Map<String, FloatTensor> weights, double[] start) {
        this.settings = settings;
        this.weights = weights;
        this.x = start.clone();
    }

    void step() {
        double[] g = new double[N];
        double[] p = new double[N];
        double[] q = new double[N];
        for (int j = 0; j < N; j++) {
            g[j] = CURVATURES[j] * x[j];
            p[j] = x[j] - previousX[j];
            q[j] = g[j] - previousG[j];
        }
        double[] product = apply(q);
        secantResidual = norm(minus(product, p)) / norm(p);
        double[] v = new double[N];
        double[] rate = new double[N];
        for (int j = 0; j < N; j++) {
            double[] latent = network("encoder", new double[] {x[j], p[j], product[j], g[j], q[j]});
            v[j] = network("vector", latent)[0];
            rate[j] =
                    Math.min(10, settings.rateScale() * Math.exp(settings.rateExponent() * network("rate", latent)[0]));
        }
        buffer.add(v);
        if (buffer.size() > settings.memory()) {
            buffer.remove(0);
        }
        double[] direction = apply(g);
        previousX = x.clone();
        previousG = g;
        for (int j = 0; j < N; j++) {
            x[j] -= rate[j] * direction[j];
        }
    }

    double[] apply(double[] y) {
        boolean released = settings.variant() == Variant.AS_RELEASED;
        if (buffer.isEmpty()) {
            return y;
        }
        double[] r = released && buffer.size() == settings.memory() ? new double[N] : y.clone();
        for (double[] v : buffer) {
            double dot = 0;
            for (int j = 0; j < N; j++) {
                dot += v[j] * y[j];
            }
            for (int j = 0; j < N; j++) {
                r[j] += v[j] * dot;
            }
        }
        double factor = released ? norm(y) / norm(r) : 1;
        for (int j = 0; j < N; j++) {
            r[j] *= factor;
        }
        return r;
    }

    double[] network(String name, double[] input) {
        double[] h = activate(linear(input, name + ".in"), name + ".in.norm", name + ".in.slope");
        for (String block : List.of("block1", "block2")) {
            for (String layer : List.of(".1", ".2")) {
                String at = name + "." + block + layer;
                h = activate(linear(h, at), at + ".norm", name + "." + block + ".slope");
            }
        }
        return linear(h, name + ".out");
    }

    double[] linear(double[] input, String layer) {
        float[] w = values(layer + ".weight");
        float[] b = values(layer + ".bias");
        double[] out = new double[b.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = b[i];
            for (int j = 0; j < input.length; j++) {
                out[i] += w[i * input.length + j] * input[j];
            }
        }
        return out;
    }

    double[] activate(double[] input, String norm, String slope) {
        float[] mean = values(norm + ".running_mean");
        float[] variance = values(norm + ".running_var");
        float[] scale = values(norm + ".weight");
        float[] shift = values(norm + ".bias");
        double[] out = new double[input.length];
        for (int i = 0; i < out.length; i++) {
            double z = (input[i] - mean[i]) / Math.sqrt(variance[i] + 1e-5) * scale[i] + shift[i];
            out[i] = z > 0 ? z : values(slope)[0] * z;
        }
        return out;
    }

    float[] values(String name) {
        FloatTensor tensor = weights.get(name);
        assertThat(tensor).as(name).isNotNull();
        return tensor.values();
    }

    static double[] minus(double[] a, double[] b) {
        double[] c = new double[a.length];
        for (int j = 0; j < c.length; j++) {
            c[j] = a[j] - b[j];
        }
        return c;
    }

    static double norm(double[] a) {
        double sum = 0;
        for (double value : a) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
