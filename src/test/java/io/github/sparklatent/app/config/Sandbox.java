package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.ModelTypes;
import io.github.sparklatent.ml.Families;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Configuration files in a directory of their own, and the sentences that come of them. */
public record Sandbox(Path directory) {
    /** What every job can run with. */
    public static final String COMPLETE = "data.path = in, output.path = out\n";

    public Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads the configuration of a job from a file, with its includes and an environment. */
    public static JobConfiguration load(
            Path file, List<String> overrides, Job job, ModelTypes types, Map<String, String> environment) {
        Config config = ConfigurationFile.read(file, Overrides.parse(overrides), environment);
        return JobConfiguration.load(config, file.toString(), job, types);
    }

    public JobConfiguration load(String text, String... overrides) {
        return load(Map.of(), text, overrides);
    }

    public JobConfiguration load(Map<String, String> environment, String text, String... overrides) {
        Path file = write("job.conf", text);
        return load(file, List.of(overrides), Job.TRAIN, Families.types(), environment);
    }

    /** The error of {@code job.conf} without the directory; nothing if it is right. */
    public List<String> problems(Job job, String text, String... overrides) {
        return problems(job, write("job.conf", text), overrides);
    }

    public List<String> problems(Job job, Path file, String... overrides) {
        try {
            load(file, List.of(overrides), job, Families.types(), Map.of());
            return List.of();
        } catch (ConfigurationException e) {
            return e.getMessage().replace(directory + "/", "").lines().toList();
        }
    }

    /** The error of {@code job.conf} behind one line that gives the paths: the text begins on line 2. */
    public List<String> problems(String text, String... overrides) {
        return problems(Job.TRAIN, COMPLETE + text, overrides);
    }
}
