package dev.secant.optimizer.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secant.tensor.FloatTensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecantPolicyTest {

    @Test
    void refusesWeightsOfAnotherShapeOrName() {
        Map<String, FloatTensor> wrong = new HashMap<>(SecantPolicy.initialise(1));
        wrong.put("constants", new FloatTensor(new long[] {2}, new float[2]));
        assertThatThrownBy(() -> new SecantPolicy(wrong))
                .hasMessageContaining("(constants)")
                .hasMessageContaining("[12]");
        wrong.remove("constants");
        assertThatThrownBy(() -> new SecantPolicy(wrong)).hasMessageContaining("constants");
    }
}
