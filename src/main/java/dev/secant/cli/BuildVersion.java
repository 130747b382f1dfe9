package dev.secant.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built, as {@code --version} prints it. */
final class BuildVersion implements IVersionProvider {

    private static final String BUILD_INFO = "/META-INF/build-info.properties";

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream in = BuildVersion.class.getResourceAsStream(BUILD_INFO)) {
            if (in == null) {
                throw new IOException("The build has no %s. Maybe build it with Maven.".formatted(BUILD_INFO));
            }
            Properties properties = new Properties();
            properties.load(in);
            return new String[] {"secant " + properties.getProperty("build.version")};
        }
    }
}
