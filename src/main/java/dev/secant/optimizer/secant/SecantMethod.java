package dev.secant.optimizer.secant;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.batch.BatchEvaluation;
import dev.secant.optimizer.batch.BatchRun;
import dev.secant.optimizer.batch.TrialLoop;
import dev.secant.optimizer.batch.TrialMethod;
import dev.secant.optimizer.policy.PolicyAssignment;
import dev.secant.optimizer.policy.SecantPolicy;

/**
 * {@link SecantQuasiNewton} at work on a batch: each item has an {@link ExtrapolatedLineSearch} each step, and now and then a {@link
 * BasinHopping} before it; {@link SecantVectors} are everyone's.
 */
final class SecantMethod implements TrialMethod {

    private final BatchRun run;
    private final SecantVectors vectors;
    private final boolean isDiagnosed;
    private Item[] items;

    private static final class Item {
        final ExtrapolatedLineSearch search;
        final BasinHopping hop;
        boolean landed;
        boolean failedToHop;

        Item(ExtrapolatedLineSearch search, BasinHopping hop) {
            this.search = search;
            this.hop = hop;
        }
    }

    private SecantMethod(BatchRun run, PolicyAssignment policies, int memory, boolean isDiagnosed) {
        this.run = run;
        this.isDiagnosed = isDiagnosed;
        this.vectors = SecantVectors.of(run, policies, memory, isDiagnosed);
        this.items = new Item[run.size()];
        for (int row = 0; row < items.length; row++) {
            SecantPolicy policy = policies.of(run.item(row));
            items[row] = new Item(
                    new ExtrapolatedLineSearch(policy, run, vectors, run.startNorm(row)),
                    new BasinHopping(policy, run, vectors));
        }
    }

    /**
     * Minimizes a batch.
     *
     * @param memory L, the pairs kept
     * @param isDiagnosed whether the secant residual of each step is computed, which costs a product with the inverse Hessian
     */
    static Optimum minimize(
            Objective objective,
            Points start,
            Execution execution,
            StopRule rule,
            Observer observer,
            PolicyAssignment policies,
            int memory,
            boolean isDiagnosed) {
        return TrialLoop.minimize(
                objective,
                start,
                execution,
                rule,
                observer,
                run -> new SecantMethod(run, policies, memory, isDiagnosed));
    }

    @Override
    public void begin() {
        for (int row = 0; row < items.length; row++) {
            Item item = items[row];
            item.landed = false;
            item.failedToHop = false;
            if (item.hop.isDue(row)) {
                item.hop.begin(row);
            } else {
                item.search.begin(row);
            }
        }
    }

    @Override
    public Proposal propose(RowSelection rows) {
        return new Proposal(vectors.displacements(rows), null);
    }

    @Override
    public void measure(BatchEvaluation trials) {
        vectors.measure(trials);
    }

    @Override
    public Verdict tell(int row, BatchEvaluation trials, int k) {
        Item item = items[row];
        return item.hop.isOngoing() ? tellHop(item, row, trials, k) : tellSearch(item, row, trials, k);
    }

    private Verdict tellHop(Item item, int row, BatchEvaluation trials, int k) {
        switch (item.hop.tell(row, trials, k)) {
            case LANDED -> {
                item.landed = true;
                return Verdict.ACCEPT;
            }
            case FAILED -> {
                item.failedToHop = true;
                item.search.begin(row);
                return Verdict.TRY_AGAIN;
            }
            default -> {
                return Verdict.TRY_AGAIN;
            }
        }
    }

    private Verdict tellSearch(Item item, int row, BatchEvaluation trials, int k) {
        switch (item.search.tell(row, trials, k)) {
            case ACCEPT -> {
                if (isDiagnosed && !vectors.isEmpty(row)) {
                    run.noteSecantResidual(row, vectors.residual(row, trials, k));
                }
                return Verdict.ACCEPT;
            }
            case TRY_AGAIN -> {
                return Verdict.TRY_AGAIN;
            }
            default -> {
                return Verdict.END;
            }
        }
    }

    @Override
    public boolean wasSafeguarded(int row) {
        Item item = items[row];
        return item.failedToHop || (!item.landed && !item.hop.isOngoing() && item.search.wasSafeguarded());
    }

    @Override
    public void learn(BatchEvaluation next) {
        for (int row = 0; row < items.length; row++) {
            if (!run.isStopped(row)) {
                if (items[row].landed) {
                    items[row].search.jump(row, next);
                } else {
                    items[row].search.move(row, next);
                }
            }
        }
        vectors.endStep(next);
    }

    @Override
    public void keep(RowSelection rows) {
        items = rows.of(items);
        vectors.keep(rows);
    }

    @Override
    public void close() {
        vectors.close();
    }
}
