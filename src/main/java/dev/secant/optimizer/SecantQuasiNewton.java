package dev.secant.optimizer;

import ai.djl.ndarray.NDArray;
import dev.secant.tensor.MemoryScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The classical core of the {@code secant} preset: a limited-memory, positive definite quasi-Newton method whose line
 * search is exact on quadratics without an evaluation for it, see {@link VirtualSearch}. It has no learned part yet.
 *
 * <p>Replacing f by {@code c f + d} (c positive) or x by {@code c x} changes nothing but rounding, and permuting the
 * coordinates permutes the iterates. A step is taken only if the value falls; values closer than ten units of rounding
 * count as equal where the gradient shrinks by a tenth. An item without an acceptable step stops as stalled. All that is
 * not the objective runs on the JVM in double precision, O(nL) a step.
 *
 * @param memory L, the pairs kept
 */
public record SecantQuasiNewton(int memory) implements Optimizer {

    private static final double ROUNDING_UNITS = 10;

    public SecantQuasiNewton {
        if (memory < 1) {
            throw new IllegalArgumentException("The memory (%d) must be positive.".formatted(memory));
        }
    }

    /** With a memory of 16 pairs. */
    public SecantQuasiNewton() {
        this(16);
    }

    @Override
    public String name() {
        return "Secant";
    }

    @Override
    @SuppressWarnings("try")
    public Optimum minimize(Objective objective, NDArray start, StopRule stopRule, Observer observer) {
        try (BatchRun run = BatchRun.begin(objective, start, stopRule, observer)) {
            VirtualSearch[] searches = begin(run);
            while (run.isActive()) {
                try (MemoryScope scope = MemoryScope.open()) {
                    searches = run.accept(step(run, searches)).of(searches);
                }
            }
            return run.finish();
        }
    }

    @SuppressWarnings("try")
    private VirtualSearch[] begin(BatchRun run) {
        try (MemoryScope scope = MemoryScope.open()) {
            Rows all = Rows.all(run.size());
            double[][] gradients = rows(run.current().gradient(), all.size());
            double[][] points = rows(run.current().x(), all.size());
            VirtualSearch[] searches = new VirtualSearch[all.size()];
            for (int row = 0; row < searches.length; row++) {
                searches[row] = new VirtualSearch(
                        memory,
                        run.current().values()[row],
                        gradients[row],
                        Math.sqrt(Vectors.dot(points[row], points[row])));
            }
            return searches;
        }
    }

    /** One step of every item; those that found none stay and are stopped. */
    private static Evaluation step(BatchRun run, VirtualSearch[] searches) {
        Arrays.stream(searches).forEach(VirtualSearch::begin);
        List<Evaluation> parts = new ArrayList<>();
        int[] places = new int[searches.length];
        Arrays.fill(places, -1);
        Rows searching = affordable(run, Rows.all(searches.length));
        int evaluated = 0;
        while (!searching.isEmpty()) {
            Evaluation part = run.evaluate(searching, displacements(run, searches, searching));
            parts.add(part);
            int[] at = searching.indices();
            boolean[] again = answer(run, searches, at, part, places, evaluated);
            evaluated += at.length;
            searching = affordable(run, searching.filter(k -> again[k]));
        }
        parts.add(run.current());
        for (int row = 0; row < places.length; row++) {
            if (places[row] < 0) {
                run.stall(row);
                places[row] = evaluated + row;
            }
        }
        return Evaluation.choose(parts, places);
    }

    private static boolean[] answer(
            BatchRun run, VirtualSearch[] searches, int[] at, Evaluation part, int[] places, int evaluated) {
        double[][] gradients = rows(part.gradient(), at.length);
        double[][] moved = rows(part.step(), at.length);
        boolean[] again = new boolean[at.length];
        for (int k = 0; k < at.length; k++) {
            int row = at[k];
            VirtualSearch search = searches[row];
            double tolerance =
                    ROUNDING_UNITS * run.epsilon() * Math.abs(run.current().values()[row]);
            switch (search.tell(part.values()[k], gradients[k], moved[k], tolerance)) {
                case ACCEPT -> {
                    places[row] = evaluated + k;
                    run.noteSecantResidual(row, search.secantResidual(gradients[k], moved[k]));
                    if (search.wasSafeguarded()) {
                        run.countSafeguard(row);
                    }
                    search.move(part.values()[k], gradients[k], moved[k]);
                }
                case TRY_AGAIN -> again[k] = true;
                case GIVE_UP -> {}
            }
        }
        return again;
    }

    private static Rows affordable(BatchRun run, Rows rows) {
        boolean late = run.isLate();
        return rows.filter(k -> !late && run.mayEvaluate(rows.indices()[k], 1));
    }

    private static NDArray displacements(BatchRun run, VirtualSearch[] searches, Rows rows) {
        int n = (int) run.current().x().getShape().get(1);
        double[] flat = new double[rows.size() * n];
        for (int k = 0; k < rows.size(); k++) {
            System.arraycopy(searches[rows.indices()[k]].displacement(), 0, flat, k * n, n);
        }
        return run.array(flat, rows.size(), n);
    }

    private static double[][] rows(NDArray array, int count) {
        double[] flat = Evaluation.doubles(array);
        int n = flat.length / Math.max(count, 1);
        double[][] rows = new double[count][];
        for (int k = 0; k < count; k++) {
            rows[k] = Arrays.copyOfRange(flat, k * n, (k + 1) * n);
        }
        return rows;
    }
}
