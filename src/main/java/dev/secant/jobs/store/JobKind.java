package dev.secant.jobs.store;

/** What a job computes. */
public enum JobKind {
    /** Bodies from 2D keypoints; an item is a person. */
    FIT,
    /** Minima of an objective; an item is a start. */
    MINIMIZATION
}
