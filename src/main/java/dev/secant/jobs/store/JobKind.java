package dev.secant.jobs.store;

/** What a job computes. */
public enum JobKind {
    /** Bodies from 2D keypoints; an item is a person. */
    FIT,
    /** A body from calibrated views of one person; an item is a person. */
    MULTI_VIEW_FIT,
    /** Poses and one shape of a person in the frames of a video; it has one item. */
    SEQUENCE,
    /** Minima of an objective; an item is a start. */
    MINIMIZATION
}
