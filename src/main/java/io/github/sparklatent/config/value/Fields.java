package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.cluster.table.NearestName;
import java.util.List;

/** The named values of a section that is itself a value. All names are known ones. */
public record Fields(ConfigObject section, String noun) {
    /**
     * Checks the names of a section.
     *
     * @param noun noun for the object that the section describes, with its article: {@code a convolution}
     * @throws MisfitException if a name is not known
     */
    public static Fields of(ConfigObject section, String noun, List<String> known) {
        for (String name : section.keySet()) {
            if (!known.contains(name)) {
                String hint = NearestName.hint(name, known);
                throw new MisfitException(
                        "has %s with \"%s\", must have %s%s".formatted(noun, name, String.join(", ", known), hint));
            }
        }
        return new Fields(section, noun);
    }

    /** Returns whether the section has a value of this name. */
    public boolean has(String name) {
        return section.containsKey(name);
    }

    /** Returns the value of a name, or a default if it is not given. */
    public <T> T get(String name, ValueType<T> kind, T preset) {
        return has(name) ? get(name, kind) : preset;
    }

    /** Returns the value of a name. Throws a MisfitException if it is missing or invalid. */
    public <T> T get(String name, ValueType<T> kind) {
        ConfigValue value = section.get(name);
        if (value == null) {
            throw new MisfitException("has %s without \"%s\"".formatted(noun, name));
        }
        try {
            return kind.read(value);
        } catch (MisfitException e) {
            throw new MisfitException("has %s whose %s %s".formatted(noun, name, e.getMessage()));
        }
    }
}
