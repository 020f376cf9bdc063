package io.github.sparklatent.app.config;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests that write configurations. */
public abstract class InSandbox {
    @TempDir
    protected Path directory;

    protected Sandbox sandbox;

    @BeforeEach
    protected void open() {
        sandbox = new Sandbox(directory);
    }
}
