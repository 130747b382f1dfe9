package dev.secant.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {

    private static final SafeTensors TENSORS = new SafeTensors(
            Map.of("step", "7"),
            Map.of("a", new FloatTensor(new long[] {2, 3}, new float[] {1, -2.5f, 3e-8f, 65504, 0, -0f})));

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(read(bytes(TENSORS))).isEqualTo(TENSORS);
    }

    @Test
    void halfIsHalfTheSizeAndStaysWhatItIs() throws IOException {
        byte[] written = bytes(TENSORS.asHalf());
        SafeTensors read = read(written);
        assertThat(bytes(TENSORS)).hasSize(written.length + 12);
        assertThat(read.half()).isTrue();
        assertThat(bytes(read)).isEqualTo(written);
        assertThat(read.tensors().get("a").values())
                .containsExactly(1, -2.5f, (float) Math.scalb(1.0, -24) * 1, 65504, 0, -0f);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 0x3c00",
        "-2.0, 0xc000",
        "65504, 0x7bff",
        "65519.99, 0x7bff",
        "65520, 0x7c00",
        "1e9, 0x7c00",
        "0, 0x0000",
        "-0.0, 0x8000",
        "6.103515625e-5, 0x0400",
        "6.097555e-5, 0x03ff",
        "5.960464e-8, 0x0001",
        "2.98e-8, 0x0000",
        "2.9802326e-8, 0x0001",
        "1.00048828125, 0x3c00",
        "1.00146484375, 0x3c02",
        "0.333251953125, 0x3555"
    })
    void halvesAreIeee754(float value, String expected) {
        assertThat(HalfFloats.of(value))
                .isEqualTo((short) Integer.decode(expected).intValue());
    }

    @Test
    void everyHalfComesBack() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = HalfFloats.toFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(HalfFloats.of(value)).isEqualTo((short) bits);
            }
        }
        assertThat(HalfFloats.toFloat(HalfFloats.of(Float.NaN))).isNaN();
    }

    @Test
    void aFileCutOffIsRefused() throws IOException {
        byte[] whole = bytes(TENSORS);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000,1000000000],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
                "not json"
            })
    void aHeaderThatDoesNotFitIsRefused(String header) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        assertThatThrownBy(() -> read(file.array())).isInstanceOf(IOException.class);
    }

    private static byte[] bytes(SafeTensors tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tensors.write(out);
        return out.toByteArray();
    }

    private static SafeTensors read(byte[] bytes) throws IOException {
        return SafeTensors.read(new ByteArrayInputStream(bytes));
    }
}
