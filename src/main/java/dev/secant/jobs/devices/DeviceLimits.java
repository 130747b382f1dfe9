package dev.secant.jobs.devices;

import org.springframework.util.unit.DataSize;

/**
 * What a batch on a device may take.
 *
 * @param people maximum people of a batch of fits
 * @param starts maximum starts of a batch of minimizations
 * @param memory of the intermediate results and gradients of a batch of minimizations; a batch that needs more runs in parts
 */
public record DeviceLimits(int people, int starts, DataSize memory) {

    public DeviceLimits {
        if (people < 1 || starts < 1) {
            throw new IllegalArgumentException(
                    "The people (%d) and the starts (%d) of a batch must be positive.".formatted(people, starts));
        }
        if (memory.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "The memory (%s) of a device's batch must be positive.".formatted(memory));
        }
    }
}
