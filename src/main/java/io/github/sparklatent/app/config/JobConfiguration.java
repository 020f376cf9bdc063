package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.SettingsReader;
import io.github.sparklatent.ml.network.keys.EvaluateKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checked configuration of a job. Immutable.
 *
 * @param modelPath result directory of the model to read; absent: the output directory
 * @param settings all settings as plain keys and values, to print and to save with a result
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
     * Loads the configuration of a job from a file.
     *
     * @param file HOCON, with its includes; <code>${NAME}</code> refers to another key or an
     *     environment variable
     * @param overrides {@code key=value} each, as given to {@code --set}
     * @throws ConfigurationException if the configuration is invalid; the message lists all errors
     */
    public static JobConfiguration load(
            Path file, List<String> overrides, Job job, ModelTypes types) {
        return load(file, overrides, job, types, System.getenv());
    }

    /**
     * Loads the configuration of a job from the defaults and the overrides, without a file.
     *
     * @param overrides {@code key=value} each, as given to {@code --set}
     * @throws ConfigurationException if the configuration is invalid; the message lists all errors
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
     * Returns one sentence for each override that has no effect because the job uses a saved model.
     *
     * @param overrides the overrides given to {@link #load}
     */
    public static List<String> withoutEffect(List<String> overrides, Job job) {
        return Overrides.withoutEffect(overrides, job);
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

    /**
     * Returns the required settings that are missing for a job other than the one for which this
     * configuration was loaded.
     */
    public List<Problem> unmet(Job job) {
        return Requirements.unmet(job, settings);
    }

    /** Returns the type of model. */
    public ModelType type() {
        return settings.schema().type();
    }

    /** Returns the result directory of the model that the job reads. */
    public String savedModel() {
        return modelPath
                .or(output::path)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "neither model.path nor output.path is set"));
    }

    /** Returns the path of the saved network whose layer is the feature space, if there is one. */
    public Optional<String> featureModel() {
        return settings.findOwn(EvaluateKeys.FEATURE_MODEL);
    }

    /**
     * Returns the result directory of the job: {@code output.path}, or a directory beside it if the
     * model is read from there.
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
                                () ->
                                        new IllegalStateException(
                                                "neither model.path nor output.path is set"));
        return job == Job.TRAIN || modelPath.isPresent() ? path : Sibling.of(path, job.suffix());
    }
}
