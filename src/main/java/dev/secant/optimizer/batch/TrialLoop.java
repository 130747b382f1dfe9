package dev.secant.optimizer.batch;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The loop of the methods that try points until one is acceptable, see {@link TrialMethod}. */
public final class TrialLoop {

    private static final int NOWHERE = -1;

    private final BatchRun run;
    private final TrialMethod method;
    private final List<BatchEvaluation> parts = new ArrayList<>(4);

    private TrialLoop(BatchRun run, TrialMethod method) {
        this.run = run;
        this.method = method;
    }

    /**
     * Minimizes a batch.
     *
     * @param method makes the method's state, after the start was evaluated
     */
    public static Optimum minimize(
            Objective objective,
            Points start,
            Execution execution,
            StopRule rule,
            Observer observer,
            Function<BatchRun, TrialMethod> method) {
        try (BatchRun run = BatchRun.begin(objective, start, execution, rule, observer);
                TrialMethod state = method.apply(run)) {
            run.repeat(new TrialLoop(run, state)::step);
            return run.finish();
        }
    }

    private void step() {
        if (method.evaluations() > 1 && !keep(run.afford(method.evaluations()))) {
            return;
        }
        method.begin();
        int[] places = search();
        if (parts.isEmpty()) {
            keep(run.endWithoutMove());
            return;
        }
        BatchEvaluation next = BatchEvaluation.choose(run.space(), parts, run.all(), places);
        parts.clear();
        method.learn(next);
        keep(run.accept(next));
    }

    /** Whether anything still runs. */
    private boolean keep(RowSelection rows) {
        if (!rows.isAll() && !rows.isEmpty()) {
            method.keep(rows);
        }
        return run.isActive();
    }

    /** Where the item moves to, among the rows of all parts; those that move nowhere have stalled. */
    private int[] search() {
        int size = run.size();
        int[] places = new int[size];
        Arrays.fill(places, NOWHERE);
        boolean[] goesOn = new boolean[size];
        int evaluated = 0;
        RowSelection searching = affordable(run.all());
        while (!searching.isEmpty()) {
            TrialMethod.Proposal proposal = method.propose(searching);
            BatchEvaluation trials = run.evaluate(searching, proposal.direction(), proposal.lengths());
            method.measure(trials);
            parts.add(trials);
            int open = 0;
            int[] rows = searching.indices();
            for (int k = 0; k < rows.length; k++) {
                int row = rows[k];
                TrialMethod.Verdict verdict = method.tell(row, trials, k);
                if (verdict == TrialMethod.Verdict.ACCEPT || verdict == TrialMethod.Verdict.PREFER) {
                    places[row] = evaluated + k;
                }
                goesOn[k] = verdict == TrialMethod.Verdict.TRY_AGAIN || verdict == TrialMethod.Verdict.PREFER;
                open += goesOn[k] ? 1 : 0;
            }
            evaluated += rows.length;
            searching = open == 0 ? RowSelection.NONE : affordable(searching.where(goesOn, open));
        }
        for (int row = 0; row < size; row++) {
            if (method.wasSafeguarded(row)) {
                run.countSafeguard(row);
            }
            if (places[row] == NOWHERE) {
                run.stall(row);
                // It has stopped: any row does.
                places[row] = 0;
            }
        }
        return places;
    }

    private RowSelection affordable(RowSelection rows) {
        if (run.isLate()) {
            return RowSelection.NONE;
        }
        boolean[] affords = new boolean[rows.size()];
        int count = 0;
        for (int k = 0; k < affords.length; k++) {
            affords[k] = run.mayEvaluate(rows.indices()[k], 1);
            count += affords[k] ? 1 : 0;
        }
        return count == affords.length ? rows : rows.where(affords, count);
    }
}
