package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code openapi.yaml} to what is served. After an intended change write it anew:
 *
 * <pre>./mvnw test -Dtest=OpenApiContractTest -Dsecant.openapi.write=true</pre>
 */
class OpenApiContractTest extends ApiTest {

    private static final Path COMMITTED = Path.of("openapi.yaml");

    @Test
    void theCommittedContractIsWhatIsServed() throws Exception {
        String served = get("/v3/api-docs.yaml").body();
        if (Boolean.getBoolean("secant.openapi.write")) {
            Files.writeString(COMMITTED, served);
        }

        assertThat(served)
                .as("Maybe run ./mvnw test -Dtest=OpenApiContractTest -Dsecant.openapi.write=true")
                .isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void nothingInItNeedsAUnionType() throws Exception {
        assertThat(get("/v3/api-docs.yaml").body()).doesNotContain("oneOf", "anyOf", "discriminator");
    }
}
