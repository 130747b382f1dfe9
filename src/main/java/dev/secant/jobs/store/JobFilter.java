package dev.secant.jobs.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list, newest first.
 *
 * @param owner only those of this owner
 * @param state only those in this state
 * @param kind only those of this kind
 * @param before only those older than the job of this id
 * @param limit how many at most
 */
public record JobFilter(
        @Nullable String owner, @Nullable JobState state, @Nullable JobKind kind, @Nullable UUID before, int limit) {}
