package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses the {@code --set key=value} options of a command line.
 *
 * <p>A value is plain text, so that {@code hdfs://host/x}, {@code sensor_*} and {@code k-means||} need no quotes (in
 * HOCON, {@code //} starts a comment). Numbers, {@code true}, {@code false} and {@code null} have their own types. A
 * value that begins with <code>[ { " $</code> is HOCON.
 */
final class Overrides {
    static final String PLACE = "--set";

    private static final Pattern HOCON =
            Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?|[\\[{\"$].*", Pattern.DOTALL);

    /** The keys of {@code model} and {@code train} that every job with a saved model reads. */
    private static final Set<String> READ_BY_ALL = Set.of("model.type", "model.path");

    /** The additional keys of these sections that {@code evaluate} reads. */
    private static final Set<String> READ_BY_EVALUATE =
            Set.of("model.image", "model.importanceSamples", "train.partitions");

    private static final List<String> TRAINING_SECTIONS = List.of("model.", "train.");

    private Overrides() {}

    /** Returns one sentence for each override that has no effect because the job uses a saved model. */
    static List<String> withoutEffect(List<String> overrides, Job job) {
        if (!job.readsModel()) {
            return List.of();
        }
        return parse(overrides).entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(path -> TRAINING_SECTIONS.stream().anyMatch(path::startsWith))
                .filter(path -> !READ_BY_ALL.contains(path))
                .filter(path -> job != Job.EVALUATE || !READ_BY_EVALUATE.contains(path))
                .sorted()
                .map(path -> "--set: %s has no effect on %s, which uses the model as it was saved".formatted(path, job))
                .toList();
    }

    /**
     * Parses all overrides.
     *
     * @throws ConfigurationException if an override is not {@code key=value}; the message lists all such overrides
     */
    static Config parse(List<String> overrides) {
        Config all = ConfigFactory.empty();
        List<Problem> problems = new ArrayList<>();
        for (String override : overrides) {
            try {
                all = parse(override).withFallback(all);
            } catch (MisfitException e) {
                problems.add(new Problem(PLACE, 0, Found.quote(override) + " " + e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return all;
    }

    private static Config parse(String override) {
        int equals = override.indexOf('=');
        if (equals < 0) {
            throw new MisfitException("has no =, expected key=value");
        }
        String value = override.substring(equals + 1).strip();
        String hocon = HOCON.matcher(value).matches() ? value : ConfigUtil.quoteString(value);
        try {
            String path = ConfigUtil.joinPath(
                    ConfigUtil.splitPath(override.substring(0, equals).strip()));
            return ConfigFactory.parseString(
                    path + " = " + hocon, ConfigParseOptions.defaults().setOriginDescription(PLACE));
        } catch (ConfigException.BadPath e) {
            throw new MisfitException("does not begin with a key, expected key=value");
        } catch (ConfigException.Parse e) {
            throw new MisfitException("has a value that is not HOCON: put quotes around a text that begins with "
                    + value.substring(0, 1));
        }
    }
}
