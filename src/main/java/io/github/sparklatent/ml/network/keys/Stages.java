package io.github.sparklatent.ml.network.keys;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.OptionsRecord;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The value type of {@code train.stages}: the stages of a training in order, each at most once.
 *
 * @param phases stages that the model type has
 * @param fixedOrder whether stages must have the order of {@code phases} and include the last one
 */
public record Stages(List<Phase> phases, boolean fixedOrder) implements ValueType<List<StageSetting>> {
    private static final String TRAIN = "train.";
    private static final String NAME = "name";
    private static final String WEIGHT = "adversarialWeight";
    private static final String PATH = "train.stages";
    private static final String EPOCHS = "train.maxEpochs";
    private static final String TARGET = "adversarialTarget";
    private static final List<Key<?>> KEYS = OptionsRecord.keys(AveragingOptions.DEFAULT);

    /** The stages of a mixture-of-Gaussians variational autoencoder. */
    static final Key<List<StageSetting>> OF_MIXTURE = key(
            new Stages(
                    List.of(
                            phase(ClusteringPhase.AUTOENCODER),
                            new Phase("encoder", false, Map.of(EPOCHS, 5.0)),
                            new Phase("decoder", true, Map.of(EPOCHS, 5.0)),
                            new Phase("joint", true, Map.of(EPOCHS, 40.0))),
                    false),
            "stages in order, with keys of train; decoder, joint: adversarialWeight, adversarialTarget; autoencoder first");

    /** The stages of a variational autoencoder, if any are given. */
    static final Key<List<StageSetting>> OF_VARIATIONAL = Key.optional(
            PATH,
            new Stages(
                    Stream.of("encoder", "decoder", "joint")
                            .map(name -> new Phase(name, false, Map.of()))
                            .toList(),
                    false),
            "one, of encoder and decoder together",
            "stages in order, with keys of train; maxEpochs is that of train by default");

    /** The stages of variational deep embedding and of other models that are trained in them. */
    static final Key<List<StageSetting>> OF_CLUSTERING = key(
            new Stages(
                    Arrays.stream(ClusteringPhase.values()).map(Stages::phase).toList(), true),
            "stages in order, with keys of train; fixed and clustering warm up over 100 steps by default");

    /**
     * A stage that a model type has.
     *
     * @param adversarial whether the stage may use a discriminator
     * @param own defaults of this stage, by path
     */
    record Phase(String name, boolean adversarial, Map<String, Object> own) {
        /** Returns the defaults of this stage, overridden by the given values. */
        Map<String, Settings.Given> under(Map<String, Settings.Given> overrides, ConfigOrigin origin) {
            Map<String, Settings.Given> given = new HashMap<>();
            own.forEach((path, value) -> given.put(path, new Settings.Given(value, origin)));
            return StageSetting.over(given, overrides);
        }
    }

    public Stages {
        phases = List.copyOf(phases);
    }

    private static Key<List<StageSetting>> key(Stages stages, String meaning) {
        return Key.of(PATH, stages, stages.preset(), meaning);
    }

    /** Returns the defaults of a stage as keys. Plain averaging is the default of all stages. */
    private static Phase phase(ClusteringPhase phase) {
        AveragingOptions preset = phase.preset(AveragingOptions.DEFAULT);
        Schedule schedule = preset.optimizer().schedule();
        Map<String, Object> own = new HashMap<>(Map.of(EPOCHS, preset.maxEpochs()));
        if (schedule.type() == Schedule.Type.COSINE) {
            String section = "train.optimizer.schedule.";
            own.put(section + "type", schedule.type());
            own.put(section + "decayFraction", schedule.decayFraction());
            own.put(section + "finalRatio", schedule.finalRatio());
        }
        return new Phase(phase.toString(), false, own);
    }

    /** Returns all stages with their defaults. */
    List<StageSetting> preset() {
        ConfigOrigin origin = ConfigOriginFactory.newSimple("default");
        return phases.stream()
                .map(phase -> new StageSetting(
                        phase.name(), Optional.empty(), Optional.empty(), phase.under(Map.of(), origin)))
                .toList();
    }

    @Override
    public String allowed() {
        return "a list of { name = "
                + String.join(" or ", names())
                + ", maxEpochs = number, ... }"
                + (fixedOrder ? " in this order, including the last one" : "");
    }

    private List<String> names() {
        return phases.stream().map(Phase::name).toList();
    }

    @Override
    public List<StageSetting> read(ConfigValue value) {
        return check(
                Found.isList(value)
                        ? ((ConfigList) value).stream().map(this::stage).toList()
                        : List.of(stage(value)));
    }

    private StageSetting stage(ConfigValue value) {
        if (!(value instanceof ConfigObject section)) {
            throw new MisfitException(
                    "has an element that is %s, must be { name = %s, ... }"
                            .formatted(Found.show(value), String.join(" or ", names())),
                    value.origin());
        }
        Phase phase = phase(section);
        String noun = "a stage " + phase.name();
        List<String> own = phase.adversarial() ? List.of(NAME, WEIGHT, TARGET) : List.of(NAME);
        for (String key : List.of(WEIGHT, TARGET)) {
            if (section.containsKey(key) && !phase.adversarial()) {
                throw new MisfitException(
                        "has %s with \"%s\", which %s".formatted(noun, key, adversarialStage()),
                        section.get(key).origin());
            }
        }
        Map<String, Settings.Given> given = read(section, own, noun);
        StageSetting read = new StageSetting(
                phase.name(),
                own(section, WEIGHT, ValueTypes.real(">= 0"), noun),
                own(section, TARGET, ValueTypes.oneOf(List.of(AdversarialTarget.values())), noun),
                phase.under(given, section.origin()));
        if (read.adversarialTarget().isPresent() && !read.isAdversarial()) {
            throw new MisfitException(
                    "has %s with \"%s\", which needs \"%s\" > 0".formatted(noun, TARGET, WEIGHT),
                    section.get(TARGET).origin());
        }
        return read;
    }

    private Phase phase(ConfigObject section) {
        ConfigValue given = section.get(NAME);
        if (given == null) {
            throw new MisfitException(
                    "has a stage without \"name\", must be one of " + String.join(", ", names()), section.origin());
        }
        try {
            String name = ValueTypes.names(names().toArray()).read(given);
            return phases.get(names().indexOf(name));
        } catch (MisfitException e) {
            throw new MisfitException("has a stage whose name " + e.getMessage(), given.origin());
        }
    }

    private String adversarialStage() {
        String have =
                phases.stream().filter(Phase::adversarial).map(Phase::name).collect(Collectors.joining(" and "));
        return have.isEmpty() ? "no stage of this model has" : "only " + have + " have";
    }

    private static <T> Optional<T> own(ConfigObject section, String key, ValueType<T> type, String noun) {
        ConfigValue value = section.get(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(type.read(value));
        } catch (MisfitException e) {
            throw new MisfitException("has %s whose %s %s".formatted(noun, key, e.getMessage()), value.origin());
        }
    }

    @Override
    public List<StageSetting> check(List<StageSetting> stages) {
        if (stages.isEmpty()) {
            throw MisfitException.of("an empty list", allowed());
        }
        List<String> given = stages.stream().map(StageSetting::name).toList();
        for (int i = 1; i < given.size(); i++) {
            if (given.subList(0, i).contains(given.get(i))) {
                throw new MisfitException("names " + given.get(i) + " twice, must name each once");
            }
        }
        if (fixedOrder) {
            inOrder(given);
        }
        return List.copyOf(stages);
    }

    private void inOrder(List<String> given) {
        List<String> order = names();
        List<String> wanted = order.stream().filter(given::contains).toList();
        if (!given.equals(wanted)) {
            throw new MisfitException("has the stages %s, must have them in the order %s"
                    .formatted(String.join(", ", given), String.join(", ", wanted)));
        }
        String last = order.get(order.size() - 1);
        if (!given.contains(last)) {
            throw new MisfitException("ends with %s, must end with %s".formatted(given.get(given.size() - 1), last));
        }
    }

    @Override
    public Object plain(List<StageSetting> stages) {
        return stages.stream().map(Stages::plain).toList();
    }

    private static Object plain(StageSetting stage) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put(NAME, stage.name());
        stage.adversarialWeight().ifPresent(weight -> section.put(WEIGHT, weight));
        stage.adversarialTarget().ifPresent(target -> section.put(TARGET, target.toString()));
        section.putAll(plain(stage.given()));
        return section;
    }

    /**
     * Reads the values that a section overrides.
     *
     * @param own names that are no keys, which the caller reads
     * @param noun description of the section with its article: {@code a stage joint}
     * @throws MisfitException if a name is unknown or a value is not valid
     */
    private static Map<String, Settings.Given> read(ConfigObject section, List<String> own, String noun) {
        Map<String, Settings.Given> given = new HashMap<>();
        read(section, "", own, noun, given);
        return given;
    }

    private static void read(
            ConfigObject section, String prefix, List<String> own, String noun, Map<String, Settings.Given> given) {
        section.forEach((name, value) -> {
            String path = prefix + name;
            if (!names(prefix, own).contains(name)) {
                throw unknown(path, names(prefix, own), noun, value);
            }
            boolean absent = value.valueType() == ConfigValueType.NULL;
            if (absent || own.contains(path)) {
                return;
            }
            if (names(path + ".", own).isEmpty()) {
                given.put(TRAIN + path, value(path, noun, value));
            } else if (value instanceof ConfigObject inner) {
                read(inner, path + ".", own, noun, given);
            } else {
                throw new MisfitException(
                        "has %s whose %s is %s, must be a section: %s { ... }"
                                .formatted(noun, path, Found.show(value), path),
                        value.origin());
            }
        });
    }

    /** Returns the names that a section may have: keys and sections of keys. */
    private static Set<String> names(String prefix, List<String> own) {
        Set<String> names = new LinkedHashSet<>(prefix.isEmpty() ? own : List.of());
        KEYS.stream()
                .map(key -> key.path().substring(TRAIN.length()))
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("\\.")[0])
                .forEach(names::add);
        return names;
    }

    private static Settings.Given value(String path, String noun, ConfigValue value) {
        Key<?> key = KEYS.stream()
                .filter(candidate -> candidate.path().equals(TRAIN + path))
                .findFirst()
                .orElseThrow();
        try {
            return new Settings.Given(key.kind().read(value), value.origin());
        } catch (MisfitException e) {
            throw new MisfitException("has %s whose %s %s".formatted(noun, path, e.getMessage()), value.origin());
        }
    }

    private static MisfitException unknown(String path, Set<String> names, String noun, ConfigValue value) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        String hint = NearestName.hint(name, names);
        return new MisfitException(
                "has %s with %s, must have %s%s".formatted(noun, Found.quote(path), String.join(", ", names), hint),
                value.origin());
    }

    /** Returns the given values as a section of plain values, in the order of the keys. */
    private static Map<String, Object> plain(Map<String, Settings.Given> given) {
        Map<String, Object> root = new LinkedHashMap<>();
        for (Key<?> key : KEYS) {
            if (given.containsKey(key.path())) {
                Settings.put(root, key.path().substring(TRAIN.length()), plain(key, given));
            }
        }
        return root;
    }

    @SuppressWarnings("unchecked") // read() stored a value of the key's own type
    private static <T> Object plain(Key<T> key, Map<String, Settings.Given> given) {
        return key.kind().plain((T) given.get(key.path()).value());
    }
}
