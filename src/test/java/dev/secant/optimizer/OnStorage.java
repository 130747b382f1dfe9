package dev.secant.optimizer;

/** An optimizer that is made to run on a storage. */
public record OnStorage(Optimizer optimizer, Storage storage) implements Optimizer {

    @Override
    public String name() {
        return "%s on %s".formatted(optimizer.name(), storage);
    }

    @Override
    public Optimum minimize(
            Objective objective, Points start, Execution execution, StopRule stopRule, Observer observer) {
        return optimizer.minimize(objective, start, execution.with(storage), stopRule, observer);
    }
}
