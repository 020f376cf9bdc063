package io.github.sparklatent.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a resolved file against the keys of its model type and collects all problems. */
public final class SettingsReader {
    private static final String TYPE = "model.type";

    private final Map<String, Settings.Given> given = new HashMap<>();
    private final Set<String> misfits = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Schema schema;
    private final ModelTypes types;
    private final boolean typeKnown;

    private SettingsReader(ConfigObject root, ModelTypes types) {
        this.types = types;
        Optional<ModelType> type = type(root);
        typeKnown = type.isPresent();
        schema = types.schema(type.orElse(types.first()));
        readSection("", root);
    }

    /**
     * Reads the settings of a file.
     *
     * @param source the path of the file as the user wrote it
     * @param problems list that receives the problems found. Modified.
     */
    public static Settings read(ConfigObject root, String source, ModelTypes types, List<Problem> problems) {
        SettingsReader reader = new SettingsReader(root, types);
        Settings settings = new Settings(reader.schema, source, reader.given, reader.misfits);
        problems.addAll(reader.problems);
        if (reader.typeKnown) {
            problems.addAll(Conflicts.ofJob(settings));
            problems.addAll(settings.conflicts());
        }
        return settings;
    }

    /** Reads the type first, because it determines the keys. {@link #readKey} reports an invalid type. */
    private Optional<ModelType> type(ConfigObject root) {
        if (!(root.get("model") instanceof ConfigObject model) || isAbsent(model.get("type"))) {
            return Optional.of(types.first());
        }
        try {
            return types.find(types.kind().read(model.get("type")));
        } catch (MisfitException e) {
            return Optional.empty(); // readKey reports it
        }
    }

    private void readSection(String prefix, ConfigObject section) {
        section.forEach((name, value) -> {
            String path = prefix + ConfigUtil.joinPath(name);
            Optional<Key<?>> key = schema.key(path);
            if (key.isPresent()) {
                readKey(key.get(), value);
            } else if (!schema.isSection(path)) {
                unknown(path, value);
            } else if (value instanceof ConfigObject inner) {
                readSection(path + ".", inner);
            } else if (!isAbsent(value)) {
                problems.add(Problem.at(
                        value.origin(),
                        path + " is " + Found.show(value) + ", must be a section: " + path + " { ... }"));
            }
        });
    }

    private void readKey(Key<?> key, ConfigValue value) {
        if (isAbsent(value)) {
            return;
        }
        try {
            ValueType<?> kind = key.path().equals(TYPE) ? types.kind() : key.kind();
            given.put(key.path(), new Settings.Given(kind.read(value), value.origin()));
        } catch (MisfitException e) {
            misfits.add(key.path());
            if (typeKnown || CommonSections.KEYS.contains(key)) {
                String note = key.path().equals(TYPE) ? ": this version has no other type" : "";
                problems.add(Problem.at(e.origin().orElse(value.origin()), key + " " + e.getMessage() + note));
            }
        }
    }

    /** Reports an unknown path. If the type is unknown, only sections common to all types are checked. */
    private void unknown(String path, ConfigValue value) {
        if (typeKnown || !path.contains(".") || path.startsWith("data.") || path.startsWith("output.")) {
            problems.add(Problem.at(value.origin(), schema.unknown(path)));
        }
    }

    /** A HOCON null removes an earlier value. */
    private static boolean isAbsent(ConfigValue value) {
        return value == null || value.valueType() == ConfigValueType.NULL;
    }
}
