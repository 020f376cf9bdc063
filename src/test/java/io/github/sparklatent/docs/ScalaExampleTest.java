package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.tools.nsc.Main;

/** The example in Scala, which Maven does not compile. */
class ScalaExampleTest {
    @Test
    void itCompiles(@TempDir Path classes) {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String[] arguments = {"-d", classes.toString(), "-classpath", path, "src/examples/scala/examples/Tasks.scala"};
        assertThat(Main.process(arguments)).isTrue();
        assertThat(Files.exists(classes.resolve("examples/Tasks.class"))).isTrue();
    }
}
