package dev.secant.objective.graph;

import ai.djl.ndarray.NDArray;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Functions of one number, applied to every element: as they are written, folded and computed. */
public enum Elementwise {
    EXP("exp", Math::exp, NDArray::exp),
    LOG("log", Math::log, NDArray::log),
    SQRT("sqrt", Math::sqrt, NDArray::sqrt),
    SIN("sin", Math::sin, NDArray::sin),
    COS("cos", Math::cos, NDArray::cos),
    TAN("tan", Math::tan, NDArray::tan),
    ASIN("asin", Math::asin, NDArray::asin),
    ACOS("acos", Math::acos, NDArray::acos),
    ATAN("atan", Math::atan, NDArray::atan),
    SINH("sinh", Math::sinh, NDArray::sinh),
    COSH("cosh", Math::cosh, NDArray::cosh),
    TANH("tanh", Math::tanh, NDArray::tanh),
    SIGMOID("sigmoid", Elementwise::sigmoid, array -> array.getNDArrayInternal().sigmoid()),
    SOFTPLUS("softplus", Elementwise::softplus, Elementwise::softplus),
    ABS("abs", Math::abs, NDArray::abs),
    SIGN("sign", Math::signum, NDArray::sign),
    SQUARE("square", value -> value * value, NDArray::square),
    NEGATE("negate", value -> -value, NDArray::neg);

    private final String written;

    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final DoubleUnaryOperator folded;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<NDArray> computed;

    Elementwise(String written, DoubleUnaryOperator folded, UnaryOperator<NDArray> computed) {
        this.written = written;
        this.folded = folded;
        this.computed = computed;
    }

    /** The name in a formula. */
    String written() {
        return written;
    }

    public double fold(double value) {
        return folded.applyAsDouble(value);
    }

    NDArray compute(NDArray array) {
        return computed.apply(array);
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    private static double softplus(double value) {
        return Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
    }

    /** The engine's own switches to the identity at 20, which is a jump of 2e-9: too much for float64. */
    private static NDArray softplus(NDArray array) {
        NDArray shift = array.stopGradient().getNDArrayInternal().relu();
        return array.sub(shift).exp().add(shift.neg().exp()).log().add(shift);
    }
}
