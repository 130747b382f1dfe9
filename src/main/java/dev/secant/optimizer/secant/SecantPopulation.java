package dev.secant.optimizer.secant;

import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Objective;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimizer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.policy.PolicyAssignment;
import dev.secant.optimizer.policy.SecantPolicy;
import java.util.List;

/**
 * {@link SecantQuasiNewton} under several policies at once, for training by evolution: of a batch of {@code P * B} items, those from
 * {@code p * B} on run under policy p.
 *
 * @param policies P of them
 * @param memory L, the pairs kept
 */
public record SecantPopulation(List<SecantPolicy> policies, int memory) implements Optimizer {

    public SecantPopulation {
        policies = List.copyOf(policies);
    }

    @Override
    public String name() {
        return "Secant (population)";
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        int items = start.size();
        if (policies.isEmpty() || items % policies.size() != 0) {
            throw new IllegalArgumentException("The items (%d) of a population must be a multiple of its policies (%d)."
                    .formatted(items, policies.size()));
        }
        // Nobody looks at the secant residuals of a training.
        return SecantMethod.minimize(
                objective,
                start,
                execution.preferring(Storage.ARRAYS),
                stopRule,
                observer,
                new PolicyAssignment(policies, items / policies.size()),
                memory,
                false);
    }
}
