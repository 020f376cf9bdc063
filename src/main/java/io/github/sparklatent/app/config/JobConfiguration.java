package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a job is told, checked. Immutable.
 *
 * @param modelPath the saved result to read; absent: the output directory's
 * @param settings the same as plain keys and values, to print and to keep with a result
 */
public record JobConfiguration(
        Optional<String> modelPath,
        DataSection data,
        TrainSection train,
        OutputSection output,
        ScoreSection score,
        SampleSection sample,
        Settings settings) {

    /**
     * The configuration of a job.
     *
     * @param file HOCON, with its includes; <code>${NAME}</code> is another key or an environment
     *     variable
     * @param overrides {@code key=value} each, as {@code --set} takes them
     * @throws ConfigurationException that lists everything that is wrong with it
     */
    public static JobConfiguration load(
            Path file, List<String> overrides, Job job, ModelTypes types) {
        return load(file, overrides, job, types, System.getenv());
    }

    /**
     * The configuration of a job without a file: the defaults, and what is laid over them.
     *
     * @param overrides {@code key=value} each, as {@code --set} takes them
     * @throws ConfigurationException that lists everything that is wrong with it
     */
    public static JobConfiguration load(List<String> overrides, Job job, ModelTypes types) {
        return load(Overrides.parse(overrides), Overrides.PLACE, job, types);
    }

    static JobConfiguration load(
            Path file,
            List<String> overrides,
            Job job,
            ModelTypes types,
            Map<String, String> environment) {
        Config config = ConfigurationFile.read(file, overrides, environment);
        return load(config, file.toString(), job, types);
    }

    /**
     * Overrides that change nothing of a job, one sentence each: it takes a saved model as it is.
     *
     * @param overrides that {@link #load} has taken
     */
    public static List<String> idle(List<String> overrides, Job job) {
        return Overrides.idle(overrides, job);
    }

    private static JobConfiguration load(Config config, String source, Job job, ModelTypes types) {
        List<Problem> problems = new ArrayList<>();
        Settings settings = SettingsReader.read(config.root(), source, types, problems);
        problems.addAll(Requirements.unmet(job, settings));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return of(settings);
    }

    private static JobConfiguration of(Settings settings) {
        return new JobConfiguration(
                settings.find(CommonKeys.MODEL_PATH),
                DataSection.of(settings),
                TrainSection.of(settings),
                OutputSection.of(settings),
                ScoreSection.of(settings),
                SampleSection.of(settings),
                settings);
    }

    /** What another job than the one it was loaded for would lack. */
    public List<Problem> unmet(Job job) {
        return Requirements.unmet(job, settings);
    }

    /** Returns the type of model. */
    public ModelType type() {
        return settings.schema().type();
    }

    /** The result directory whose model the job reads. */
    public String savedModel() {
        return modelPath
                .or(output::path)
                .orElseThrow(() -> new IllegalStateException("no job without a path is loaded"));
    }

    /**
     * Where the job writes: {@code output.path}, or beside it when the model is read from there.
     *
     * @throws IllegalArgumentException if the job writes nothing
     */
    public String resultPath(Job job) {
        if (!job.writes()) {
            throw new IllegalArgumentException(job + " writes nothing");
        }
        String path =
                output.path()
                        .orElseThrow(
                                () -> new IllegalStateException("no job without a path is loaded"));
        return job == Job.TRAIN || modelPath.isPresent() ? path : Sibling.of(path, job.suffix());
    }
}
