package dev.secant.body.procedural;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Chooses the few joints that move a vertex. */
final class SkinWeights {

    private SkinWeights() {}

    /** The indices of the largest memberships, largest first; ties in joint order; always {@code count} of them. */
    static int[] strongest(double[] membership, int count) {
        return IntStream.range(0, membership.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -membership[j]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Their shares as multiples of {@code grain} that sum to 1 exactly. */
    static double[] shares(double[] membership, int[] kept, double grain) {
        double total = 0;
        for (int joint : kept) {
            total += membership[joint];
        }
        double[] shares = new double[kept.length];
        double rest = 1;
        for (int i = 1; i < kept.length; i++) {
            shares[i] = Math.rint(membership[kept[i]] / total / grain) * grain;
            rest -= shares[i];
        }
        shares[0] = rest;
        return shares;
    }
}
