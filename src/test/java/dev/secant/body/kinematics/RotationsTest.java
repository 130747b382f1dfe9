package dev.secant.body.kinematics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationsTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-12, 1e-6, 9.9e-5, 1.01e-4, 0.1, 1, 3, Math.PI - 1e-6})
    void vectorToMatrixAndBack(double angle) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50; i++) {
            double[] axis = {random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble() - 0.5};
            double length = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
            double[] vector = {angle * axis[0] / length, angle * axis[1] / length, angle * axis[2] / length};
            double[] matrix = Rotations.matrix(vector[0], vector[1], vector[2]);
            assertThat(Rotations.axisAngle(matrix)).containsExactly(vector, within(1e-9));
        }
    }

    @Test
    void matrixIsOrthogonalAndTurnsTheRightWay() {
        double[] m = Rotations.matrix(0, 0, Math.PI / 2);
        assertThat(m).containsExactly(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, within(1e-15));
        double[] general = Rotations.matrix(0.4, -2.1, 1.3);
        double[] transposed = {
            general[0], general[3], general[6], general[1], general[4], general[7], general[2], general[5], general[8]
        };
        assertThat(Rotations.multiply(general, transposed))
                .containsExactly(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, within(1e-14));
    }

    @Test
    void halfTurnsAreFoundAboutEveryAxis() {
        assertThat(Rotations.axisAngle(new double[] {1, 0, 0, 0, -1, 0, 0, 0, -1}))
                .containsExactly(new double[] {Math.PI, 0, 0}, within(1e-12));
        assertThat(Rotations.axisAngle(new double[] {-1, 0, 0, 0, 1, 0, 0, 0, -1}))
                .containsExactly(new double[] {0, Math.PI, 0}, within(1e-12));
        assertThat(Rotations.axisAngle(new double[] {-1, 0, 0, 0, -1, 0, 0, 0, 1}))
                .containsExactly(new double[] {0, 0, Math.PI}, within(1e-12));
    }
}
