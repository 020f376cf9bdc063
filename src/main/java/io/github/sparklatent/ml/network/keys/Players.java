package io.github.sparklatent.ml.network.keys;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.OptionsRecord;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.learn.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The value type of {@code train.players}: the optimisers of single networks of an adversarial model.
 *
 * @param names names of the networks, in the order of their updates
 */
public record Players(List<String> names) implements ValueType<List<PlayerSetting>> {
    /** The keys of an optimiser. All players share the treatment of the moments. */
    private static final Refinable KEYS = new Refinable(OptionsRecord.keys(Optimizer.DEFAULT), List.of());

    public Players {
        names = List.copyOf(names);
    }

    /** Returns the key {@code train.players} for these players, in the order of their updates. */
    static Key<List<PlayerSetting>> of(String... names) {
        return Key.optional(
                "train.players",
                new Players(List.of(names)),
                "all use train.optimizer",
                "own optimizer of single networks, with the keys of train.optimizer");
    }

    @Override
    public String allowed() {
        return "a section { %s { optimizer { ... } } }".formatted(String.join(" { optimizer { ... } }, ", names));
    }

    @Override
    public List<PlayerSetting> read(ConfigValue value) {
        if (!(value instanceof ConfigObject section)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        for (String name : section.keySet()) {
            if (!names.contains(name)) {
                String hint = NearestName.hint(name, names);
                throw new MisfitException(
                        "has a player %s, must have %s%s".formatted(Found.quote(name), String.join(", ", names), hint),
                        section.get(name).origin());
            }
        }
        List<PlayerSetting> players = new ArrayList<>();
        for (String name : names) {
            ConfigValue given = section.get(name);
            if (given != null && given.valueType() != ConfigValueType.NULL) {
                players.add(player(name, given));
            }
        }
        return List.copyOf(players);
    }

    private static PlayerSetting player(String name, ConfigValue value) {
        if (!(value instanceof ConfigObject section)) {
            throw new MisfitException(
                    "has a player %s that is %s, must be a section: %s { optimizer { ... } }"
                            .formatted(name, Found.show(value), name),
                    value.origin());
        }
        return new PlayerSetting(name, KEYS.read(section, "a player " + name));
    }

    @Override
    public List<PlayerSetting> check(List<PlayerSetting> players) {
        return List.copyOf(players);
    }

    @Override
    public Object plain(List<PlayerSetting> players) {
        Map<String, Object> section = new LinkedHashMap<>();
        players.forEach(player -> section.put(player.name(), KEYS.plain(player.refinement())));
        return section;
    }
}
