package dev.secant.tensor;

/** IEEE 754 binary16, which Java has only since version 20: 1 sign, 5 exponent and 10 fraction bits. */
final class HalfFloats {

    private static final int SMALLEST_NORMAL = 0x38800000;
    private static final int OVERFLOW = 0x47800000;
    private static final int INFINITE = 0x7f800000;

    private HalfFloats() {}

    /** The nearest half; what is too large becomes infinite, NaN stays NaN. */
    static short of(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > INFINITE) {
            return (short) (sign | 0x7e00);
        }
        // To nearest, ties to even: add half of the last place kept, less one where that place is even.
        if (magnitude >= SMALLEST_NORMAL) {
            int rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
            return (short) (sign | (rounded >= OVERFLOW ? 0x7c00 : (rounded - 0x38000000) >>> 13));
        }
        int shift = 126 - (magnitude >>> 23);
        if (shift > 24) {
            return (short) sign;
        }
        int fraction = (magnitude & 0x7fffff) | 0x800000;
        int half = (1 << (shift - 1)) - 1 + ((fraction >>> shift) & 1);
        return (short) (sign | ((fraction + half) >>> shift));
    }

    /** The same number. */
    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | INFINITE | (fraction << 13));
        }
        if (exponent != 0) {
            return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
        }
        float magnitude = fraction * 0x1p-24f;
        return sign == 0 ? magnitude : -magnitude;
    }
}
