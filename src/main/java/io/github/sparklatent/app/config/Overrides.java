package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.ml.network.keys.NetworkKeys;
import io.github.sparklatent.ml.network.keys.VariationalKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code --set key=value} of a command line.
 *
 * <p>A value is a text as it stands, so that {@code hdfs://host/x}, {@code sensor_*} and {@code
 * k-means||} need no quotes (HOCON would take {@code //} for a comment); numbers, {@code true},
 * {@code false} and {@code null} are what they look like, and what begins with <code>[ { " $</code>
 * is HOCON.
 */
final class Overrides {
    static final String PLACE = "--set";

    private static final Pattern AS_IT_STANDS =
            Pattern.compile(
                    "true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?|[\\[{\"$].*",
                    Pattern.DOTALL);

    /** What jobs that begin with a saved model read of the sections that a training fills. */
    private static final Set<String> READ_BY_ALL =
            Set.of(CommonKeys.TYPE.path(), CommonKeys.MODEL_PATH.path());

    /** The same of the job that measures. */
    private static final Set<String> READ_BY_EVALUATE =
            Set.of(
                    NetworkKeys.IMAGE.path(),
                    VariationalKeys.IMPORTANCE_SAMPLES.path(),
                    CommonKeys.PARTITIONS.path());

    private static final List<String> OF_TRAINING = List.of("model.", "train.");

    private Overrides() {}

    /** One sentence for each that changes nothing, since a saved model is taken as it is. */
    static List<String> idle(List<String> overrides, Job job) {
        if (!job.readsModel()) {
            return List.of();
        }
        return parse(overrides).entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(path -> OF_TRAINING.stream().anyMatch(path::startsWith))
                .filter(path -> !READ_BY_ALL.contains(path))
                .filter(path -> job != Job.EVALUATE || !READ_BY_EVALUATE.contains(path))
                .sorted()
                .map(
                        path ->
                                "--set: %s has no effect on %s, which takes the model as it was saved"
                                        .formatted(path, job))
                .toList();
    }

    /**
     * @throws ConfigurationException that lists all that are not {@code key=value}
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
            throw new MisfitException("has no =, must be key=value");
        }
        String value = override.substring(equals + 1).strip();
        String hocon =
                AS_IT_STANDS.matcher(value).matches() ? value : ConfigUtil.quoteString(value);
        try {
            String path =
                    ConfigUtil.joinPath(
                            ConfigUtil.splitPath(override.substring(0, equals).strip()));
            return ConfigFactory.parseString(
                    path + " = " + hocon,
                    ConfigParseOptions.defaults().setOriginDescription(PLACE));
        } catch (ConfigException.BadPath e) {
            throw new MisfitException("does not begin with a key, must be key=value");
        } catch (ConfigException.Parse e) {
            throw new MisfitException(
                    "has a value that is not HOCON: put quotes around a text that begins with "
                            + value.substring(0, 1));
        }
    }
}
