package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.GateSection;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import io.github.sparklatent.config.OutputSection;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.config.SampleSection;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.SettingsReader;
import io.github.sparklatent.config.Sibling;
import io.github.sparklatent.config.TrainSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checked configuration of a job. Immutable.
 *
 * @param modelPath result directory of the model to read; absent: the champion of the registry, or the output directory
 * @param version run whose version of the registry the model path is; absent: it is a plain path
 * @param settings all settings as plain keys and values, to print and to save with a result
 */
public record JobConfiguration(
        Optional<String> modelPath,
        Optional<String> version,
        DataSection data,
        TrainSection train,
        OutputSection output,
        ScoreSection score,
        SampleSection sample,
        RegistrySection registry,
        GateSection gate,
        Settings settings) {
    /**
     * Returns a configuration with its includes, environment variables and overrides as one word, for a driver on
     * another machine. Its keys and values are checked here, where the file and the line can be named; what a job
     * requires is left to the driver.
     *
     * @param overrides {@code key=value} each, as given to {@code --set}
     * @throws ConfigurationException if the file cannot be read, or if a key or a value is invalid
     */
    public static String resolved(Path file, List<String> overrides, ModelTypes types) {
        Config config = ConfigurationFile.read(file, Overrides.parse(overrides), System.getenv());
        List<Problem> problems = new ArrayList<>();
        SettingsReader.read(config.root(), file.toString(), types, problems);
        requireNone(problems);
        return ConfigurationFile.encoded(config);
    }

    /**
     * Returns one sentence for each override that has no effect because the job uses a saved model.
     *
     * @param overrides the overrides given to {@link #load}
     */
    public static List<String> withoutEffect(List<String> overrides, Job job) {
        return Overrides.withoutEffect(overrides, job);
    }

    /**
     * Returns what a person typed, resolved: the overrides, then the place of the table, then the file or the text that
     * {@link #resolved} has returned.
     *
     * @param file HOCON; null if there is none
     * @param text text instead of a file; null if there is none
     * @param table keys of the table's place
     */
    public static Config typed(Path file, String text, List<String> overrides, Config table) {
        Config above = Overrides.parse(overrides).withFallback(table);
        return file != null
                ? ConfigurationFile.read(file, above, System.getenv())
                : text != null ? above.withFallback(ConfigurationFile.decoded(text, "--config-text")) : above;
    }

    /**
     * Loads the configuration of a job from keys and values.
     *
     * @param source place that messages about missing keys name
     * @throws ConfigurationException if the configuration is invalid; the message lists all errors
     */
    public static JobConfiguration load(Config config, String source, Job job, ModelTypes types) {
        List<Problem> problems = new ArrayList<>();
        Config own = job == Job.TRAIN ? inRegistry(config) : config;
        Settings settings = SettingsReader.read(own.root(), source, types, problems);
        problems.addAll(Requirements.unmet(job, settings));
        requireNone(problems);
        return of(settings);
    }

    /** Returns the configuration of a training with the registry as its place, if it names a registry and a run. */
    private static Config inRegistry(Config config) {
        try {
            return config.hasPath("registry.path") && config.hasPath("registry.runId")
                    ? config.withValue(
                            "output.path",
                            ConfigValueFactory.fromAnyRef(config.getString("registry.path"), "registry.path"))
                    : config;
        } catch (ConfigException e) { // SettingsReader reports the value
            return config;
        }
    }

    private static void requireNone(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private static JobConfiguration of(Settings settings) {
        return new JobConfiguration(
                settings.text("model.path"),
                Optional.empty(),
                settings.bind(DataSection.DEFAULT),
                settings.bind(TrainSection.DEFAULT),
                settings.bind(OutputSection.DEFAULT),
                settings.bind(ScoreSection.DEFAULT),
                SampleSection.of(settings),
                settings.bind(RegistrySection.DEFAULT),
                settings.bind(GateSection.DEFAULT),
                settings);
    }

    /** Returns the type of model. */
    public ModelType type() {
        return settings.schema().type();
    }

    /** Returns the result directory of the model that the job reads. */
    public String savedModel() {
        return modelPath
                .or(output::path)
                .orElseThrow(() -> new IllegalStateException("neither model.path nor output.path is set"));
    }

    /** Returns a copy that reads the model of a version of the registry, which is in a directory. */
    public JobConfiguration withVersion(String runId, String directory) {
        return new JobConfiguration(
                Optional.of(directory),
                Optional.of(runId),
                data,
                train,
                output,
                score,
                sample,
                registry,
                gate,
                settings);
    }

    /**
     * Returns a copy whose training starts from the model at this path; absent if the configuration names an initial
     * model itself, or if its settings rule one out.
     */
    public Optional<JobConfiguration> withInitialModel(String path) {
        String key = "train.initialModel";
        if (settings.schema().key(key).isEmpty() || settings.isGiven(key)) {
            return Optional.empty();
        }
        Settings warm = settings.with(given -> with(given, key, path));
        return warm.conflicts().isEmpty() ? Optional.of(of(warm)) : Optional.empty();
    }

    private static Map<String, Settings.Given> with(Map<String, Settings.Given> given, String key, Object value) {
        Map<String, Settings.Given> all = new HashMap<>(given);
        all.put(key, new Settings.Given(value, ConfigOriginFactory.newSimple("registry.warmStart")));
        return all;
    }

    /** Returns whether a job reads the champion, or the version of the run, of the registry. */
    public boolean readsRegistry() {
        return modelPath.isEmpty() && registry.path().isPresent();
    }

    /** Returns the path of the saved network whose layer is the feature space, if there is one. */
    public Optional<String> featureModel() {
        return settings.value("evaluate.features.model").map(String.class::cast);
    }

    /**
     * Returns the result directory of the job: {@code output.path}, or a directory beside it if the model is read from
     * there, or for the evaluation of a version of the registry.
     *
     * @throws IllegalArgumentException if the job writes nothing
     */
    public String resultPath(Job job) {
        if (!job.writes()) {
            throw new IllegalArgumentException(job + " writes nothing");
        }
        String path =
                output.path().orElseThrow(() -> new IllegalStateException("neither model.path nor output.path is set"));
        boolean isOwn = job == Job.TRAIN
                || modelPath.isPresent() && version.isEmpty()
                || job.writesRows() && registry.path().isPresent();
        return isOwn ? path : Sibling.of(path, job.suffix());
    }
}
