package dev.secant.optimizer.secant;

import org.jspecify.annotations.Nullable;

/** What is to happen to one row's vectors on tensors before its next trial, and the row's scalars; all of it given as coefficients. */
final class RowCommand {

    /** Where the next line goes. */
    enum Aim {
        /** A multiple of the last line. */
        LINE,
        /** A multiple of the rejected move. */
        MOVE,
        DOWNHILL,
        FALL_BACK,
        DESCENT,
        /** Not along a line: a hop. */
        HOP
    }

    /** Whether anything but the aim is to be done. */
    boolean pending;

    /** Whether a pair is stored, whether it is the line's, in which slot, and its {@code p'p / n}. */
    boolean stores;

    boolean ofTheLine;
    int slot;
    double unit;

    /** The offset's coefficients: of itself and of the line. */
    double offset = 1;

    double offsetLine;

    /** The base gradient's: of itself, of the current and of the trial's gradient, and of the line's change. */
    double base = 1;

    double baseCurrent;
    double baseTrial;
    double baseChange;

    Aim aim = Aim.LINE;

    /** The factor of the line along its direction, and what the aim is multiplied by. */
    double factor = 1;

    double amount = 1;
    boolean guarded;

    @Nullable
    Shaping shaping;

    /** A hop's displacement: so much along every coordinate, or so many asymmetries. */
    double probe;

    double jump;
    boolean keepsProbe;

    void returnToCurrent() {
        setBase(0, 0, 0, 1, 0, 0);
    }

    /** Whether the next line is a multiple of the one that is held; a rejected move is held by then, and a hop leaves the line. */
    boolean alongTheLine() {
        return aim == Aim.LINE || aim == Aim.MOVE || aim == Aim.HOP;
    }

    /** Nothing is left to do. */
    void done() {
        stores = false;
        keepsProbe = false;
        jump = 0;
        setBase(1, 0, 1, 0, 0, 0);
        pending = false;
    }

    void setBase(double ofOffset, double ofLine, double ofBase, double ofCurrent, double ofTrial, double ofChange) {
        pending = true;
        offset = ofOffset;
        offsetLine = ofLine;
        base = ofBase;
        baseCurrent = ofCurrent;
        baseTrial = ofTrial;
        baseChange = ofChange;
    }

    void aim(Aim next, double nextFactor, double nextAmount) {
        aim = next;
        factor = nextFactor;
        amount = nextAmount;
        guarded = false;
        shaping = null;
    }
}
