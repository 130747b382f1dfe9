package dev.secant.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceNamesTest {

    private static final List<Device> TWO_GPUS = List.of(Device.gpu(0), Device.gpu(1), Device.cpu());

    private static List<String> names(List<Device> visible, String setting) {
        return DeviceNames.among(visible, setting).stream().map(DeviceNames::of).toList();
    }

    @Test
    void autoIsAllGpusOrTheCpu() {
        assertThat(names(TWO_GPUS, "auto")).containsExactly("gpu0", "gpu1");
        assertThat(names(List.of(Device.cpu()), "auto")).containsExactly("cpu");
    }

    @Test
    void namesAreTakenInTheirOrder() {
        assertThat(names(TWO_GPUS, "gpu1, CPU")).containsExactly("gpu1", "cpu");
        assertThat(names(TWO_GPUS, "gpu")).containsExactly("gpu0");
    }

    @ParameterizedTest
    @CsvSource({"gpu2,gpu2", "'cpu,',()", "auto|cpu,auto|cpu", "'gpu0,gpu',once", "'',()"})
    void refusesWhatIsNotThere(String setting, String said) {
        assertThatThrownBy(() -> DeviceNames.among(TWO_GPUS, setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }
}
