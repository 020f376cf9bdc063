package io.github.sparklatent.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelTypes;
import io.github.sparklatent.config.Schema;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.config.value.Hocon;
import io.github.sparklatent.config.value.MisfitException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings that together solve a task, such as to find anomalies. The file {@code presets.conf} has all of them with
 * their reasons.
 *
 * @param task what the preset does, as a clause
 * @param why why it takes its model, as a clause
 * @param settings keys and values, whose origins have the reasons as comments
 */
public record Preset(String name, String task, String why, Config settings) {
    /** Number of columns of numbers from which on a preset's section {@code numbers} is used. */
    private static final int FEW = 10;

    /** The preset of a table for which none is named. */
    public static final String DEFAULT = "groups";

    private static final List<String> NAMES = List.of(DEFAULT, "anomalies", "impute", "generate", "compress", "images");

    /** Returns the names of all presets. */
    public static List<String> names() {
        return NAMES;
    }

    /** Returns a preset with the section that suits the table. */
    public static Preset of(String name, OptionalInt numbers) {
        return of(name, numbers, Optional.empty());
    }

    /**
     * Returns a preset with the section that suits the table, or another one that has the asked type of model.
     *
     * @param numbers number of columns of the table if all of them are numbers; else empty
     * @param type asked type of model, such as that of a saved model
     * @throws UsageException if there is no preset of this name
     */
    public static Preset of(String name, OptionalInt numbers, Optional<String> type) {
        if (!NAMES.contains(name)) {
            throw new UsageException("--preset is \"%s\", expected one of %s%s"
                    .formatted(name, String.join(", ", NAMES), NearestName.hint(name, NAMES)));
        }
        Config all = ConfigFactory.parseResources(
                        Preset.class,
                        "presets.conf",
                        ConfigParseOptions.defaults().setAllowMissing(false))
                .resolve();
        Config own = all.getConfig(name);
        List<String> sections = Stream.of("fewNumbers", "numbers", "settings")
                .filter(own::hasPath)
                .sorted(Comparator.comparing(section -> !suits(section, numbers)))
                .toList();
        String section = sections.stream()
                .filter(one -> type.isEmpty() || type.get().equals(own.getString(one + ".model.type")))
                .findFirst()
                .orElse(sections.get(0));
        String why = own.hasPath(section + "Why") ? own.getString(section + "Why") : own.getString("why");
        return new Preset(name, own.getString("task"), why, own.getConfig(section));
    }

    private static boolean suits(String section, OptionalInt numbers) {
        return switch (section) {
            case "fewNumbers" -> numbers.isPresent() && numbers.getAsInt() < FEW;
            case "numbers" -> numbers.isPresent();
            default -> true;
        };
    }

    /** Returns the type of model of the preset. */
    public String type() {
        return settings.getString("model.type");
    }

    /**
     * Returns the preset for another type of model: without the sections {@code model} and {@code train}, which were
     * chosen for its own type, and without what that type does not have.
     */
    public Preset forType(String other, ModelTypes types) {
        Optional<Schema> schema = types.find(other).map(types::schema);
        if (other.equals(type()) || schema.isEmpty()) { // the reader reports an unknown type
            return this;
        }
        Config kept = settings.withoutPath("model").withoutPath("train");
        for (Map.Entry<String, ConfigValue> setting : kept.entrySet()) {
            String path = setting.getKey();
            boolean fits = schema.get()
                    .key(path)
                    .filter(key -> fits(key, setting.getValue()))
                    // codes have components only by model.cluster, which a preset does not set
                    .filter(key -> schema.get().key("model.cluster").isEmpty()
                            || !setting.getValue().unwrapped().toString().contains("prediction"))
                    .isPresent();
            kept = fits ? kept : kept.withoutPath(path);
        }
        return new Preset(name, task, "model.type = " + other + " is set", kept);
    }

    private static boolean fits(Key<?> key, ConfigValue value) {
        try {
            key.kind().read(value);
            return true;
        } catch (MisfitException e) {
            return false;
        }
    }

    /**
     * Returns the settings as a layer of a configuration.
     *
     * @param origin place that messages and {@code --dry-run} name
     */
    public Config layer(String origin) {
        Config layer = ConfigFactory.empty();
        for (Map.Entry<String, ConfigValue> setting : settings.entrySet()) {
            layer = layer.withValue(
                    setting.getKey(), setting.getValue().withOrigin(ConfigOriginFactory.newSimple(origin)));
        }
        return layer;
    }

    /** Returns the settings with their reasons, one line each, in the order of the file. */
    public String text() {
        return settings.entrySet().stream()
                .sorted(Comparator.comparing(
                        setting -> setting.getValue().origin().lineNumber()))
                .map(Preset::line)
                .collect(Collectors.joining());
    }

    private static String line(Map.Entry<String, ConfigValue> setting) {
        String reason = String.join(" ", setting.getValue().origin().comments()).strip();
        String text = String.join(".", ConfigUtil.splitPath(setting.getKey()))
                + " = "
                + Hocon.text(setting.getValue().unwrapped());
        return (reason.isEmpty() ? "  " + text : "  %-48s # %s".formatted(text, reason)) + "\n";
    }
}
