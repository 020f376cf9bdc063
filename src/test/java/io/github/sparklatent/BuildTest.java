package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Properties;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the build promises to the code. */
@Tag("slow")
class BuildTest {
    @Test
    void testsRunWithTheFlagsThatSparkGivesItsOwnProcesses() {
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .contains(JavaModuleOptions.defaultModuleOptions().split(" "));
    }

    @Test
    void theOriginIsFilledIn() throws IOException {
        Properties origin = new Properties();
        try (InputStream in = BuildTest.class.getResourceAsStream("build.properties")) {
            origin.load(in);
        }
        assertThat(origin.getProperty("version")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(origin.getProperty("commit")).matches("[0-9a-f]{40}|unknown");
        assertThat(origin.getProperty("modified")).matches("true|false|unknown");
    }
}
