package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.cluster.table.NearestName;
import java.util.List;

/** The values of a section that stands within a value: each named, none unknown. */
public record Fields(ConfigObject section, String noun) {
    /**
     * @param noun what the section describes, with its article: {@code a convolution}
     * @throws MisfitException for a name that is not one of those known
     */
    public static Fields of(ConfigObject section, String noun, List<String> known) {
        for (String name : section.keySet()) {
            if (!known.contains(name)) {
                String hint = NearestName.hint(name, known);
                throw new MisfitException(
                        "has %s with \"%s\", must have %s%s"
                                .formatted(noun, name, String.join(", ", known), hint));
            }
        }
        return new Fields(section, noun);
    }

    public boolean has(String name) {
        return section.containsKey(name);
    }

    /** The value of a name; a default where it is not given. */
    public <T> T get(String name, ValueType<T> kind, T preset) {
        return has(name) ? get(name, kind) : preset;
    }

    /**
     * The value of a name.
     *
     * @throws MisfitException where it is missing or does not fit
     */
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
