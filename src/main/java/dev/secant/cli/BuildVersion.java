package dev.secant.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class BuildVersion implements IVersionProvider {

    private static final String RESOURCE = "/META-INF/build-info.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The resource (%s) is missing.%nMaybe the classes were not built by Maven."
                                .formatted(RESOURCE));
            }
            build.load(in);
        }
        return new String[] {"secant " + build.getProperty("build.version")};
    }
}
