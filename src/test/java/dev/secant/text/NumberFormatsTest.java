package dev.secant.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFormatsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "0.1, 0.1",
        "-0.00123, -0.00123",
        "12.345, 12.3",
        "1000, 1000",
        "4567.8, 4568",
        "1e-6, 1e-6",
        "1.0864e46, 1.09e46",
        "3e-12, 3e-12",
        "NaN, –",
        "Infinity, –"
    })
    void showsAboutThreeDigits(double number, String shown) {
        assertThat(NumberFormats.format(number)).isEqualTo(shown);
    }

    @Test
    void longRowsOfDigitsAreShortened() {
        assertThat(NumberFormats.decimals(68.014, 2)).isEqualTo("68.01");
        assertThat(NumberFormats.decimals(-0.5, 3)).isEqualTo("-0.500");
        assertThat(NumberFormats.decimals(1.0864346238263917e46, 2)).isEqualTo("1.09e46");
        assertThat(NumberFormats.decimals(Double.NaN, 2)).isEqualTo("–");
    }
}
