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
import io.github.sparklatent.vae.model.AuxiliaryNetwork;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.stage.VaeStage;
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
 * @param kind kind of the model, which determines the stages
 */
public record Stages(Kind kind) implements ValueType<List<StageSetting>> {
    private static final String TRAIN = "train.";
    private static final String NAME = "name";
    private static final String PATH = "train.stages";
    private static final String EPOCHS = "train.maxEpochs";
    private static final Key<Double> WEIGHT = Key.of(
            TRAIN + "adversarialWeight", ValueTypes.real(">= 0"), 0.0, "weight of the loss against a discriminator");
    private static final Key<AdversarialTarget> TARGET = Key.of(
            TRAIN + "adversarialTarget",
            ValueTypes.oneOf(List.of(AdversarialTarget.values())),
            AdversarialTarget.DEFAULT,
            "rows that the discriminator judges");
    private static final List<Key<?>> ROUNDS = OptionsRecord.keys(AveragingOptions.DEFAULT);
    private static final List<Key<?>> ALL =
            Stream.concat(Stream.of(WEIGHT, TARGET), ROUNDS.stream()).toList();

    /** The stages of a mixture-of-Gaussians variational autoencoder. */
    static final Key<List<StageSetting>> OF_MIXTURE = key(
            Kind.MIXTURE,
            "stages in order, with keys of train; decoder, joint: adversarialWeight, adversarialTarget; autoencoder first");

    /** The stages of a variational autoencoder, if any are given. */
    static final Key<List<StageSetting>> OF_VARIATIONAL = Key.optional(
            PATH,
            new Stages(Kind.VARIATIONAL),
            "one, of encoder and decoder together",
            "stages in order, with keys of train; maxEpochs is that of train by default");

    /** The stages of variational deep embedding and of other models that are trained in them. */
    static final Key<List<StageSetting>> OF_CLUSTERING = key(
            Kind.EMBEDDING,
            "stages in order, with keys of train; fixed and clustering warm up over 100 steps by default");

    private static Key<List<StageSetting>> key(Kind kind, String meaning) {
        Stages stages = new Stages(kind);
        ConfigOrigin origin = ConfigOriginFactory.newSimple("default");
        List<StageSetting> preset = stages.all().stream()
                .map(stage -> stages.setting(stage, Map.of(), origin))
                .toList();
        return Key.of(PATH, stages, preset, meaning);
    }

    private List<VaeStage> all() {
        return VaeStage.of(kind);
    }

    /** Returns whether the stages must have their order and include the last one. */
    private boolean isOrdered() {
        return all().contains(VaeStage.CLUSTERING);
    }

    /** Returns whether the stage may use a discriminator. */
    private boolean isAdversarial(VaeStage stage) {
        return kind.auxiliary() == AuxiliaryNetwork.OPTIONAL_DISCRIMINATOR && stage.movesDecoder();
    }

    /** Returns a stage whose defaults are overridden by the given values. */
    private StageSetting setting(VaeStage stage, Map<String, Settings.Given> own, ConfigOrigin origin) {
        Map<String, Object> defaults = new HashMap<>();
        if (kind.hasComponents()) {
            AveragingOptions preset = stage.preset(AveragingOptions.DEFAULT);
            Schedule schedule = preset.optimizer().schedule();
            defaults.put(EPOCHS, preset.maxEpochs());
            if (schedule.type() == Schedule.Type.COSINE) {
                String section = "train.optimizer.schedule.";
                defaults.put(section + "type", schedule.type());
                defaults.put(section + "decayFraction", schedule.decayFraction());
                defaults.put(section + "finalRatio", schedule.finalRatio());
            }
        }
        Map<String, Settings.Given> given = new HashMap<>();
        defaults.forEach((path, value) -> given.put(path, new Settings.Given(value, origin)));
        return new StageSetting(stage, value(WEIGHT, own), value(TARGET, own), StageSetting.over(given, own));
    }

    @SuppressWarnings("unchecked") // read() stored a value of the key's own type
    private static <T> T value(Key<T> key, Map<String, Settings.Given> given) {
        return given.containsKey(key.path()) ? (T) given.get(key.path()).value() : key.preset();
    }

    @Override
    public String allowed() {
        return "a list of { name = "
                + joined(all(), " or ")
                + ", maxEpochs = number, ... }"
                + (isOrdered() ? " in this order, including the last one" : "");
    }

    private static String joined(List<VaeStage> stages, String delimiter) {
        return stages.stream().map(VaeStage::toString).collect(Collectors.joining(delimiter));
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
                            .formatted(Found.show(value), joined(all(), " or ")),
                    value.origin());
        }
        VaeStage stage = name(section);
        String noun = "a stage " + stage;
        List<VaeStage> adversarial = all().stream().filter(this::isAdversarial).toList();
        for (Key<?> key : List.of(WEIGHT, TARGET)) {
            if (section.containsKey(key.name()) && !adversarial.isEmpty() && !adversarial.contains(stage)) {
                throw new MisfitException(
                        "has %s with \"%s\", which only %s have"
                                .formatted(noun, key.name(), joined(adversarial, " and ")),
                        section.get(key.name()).origin());
            }
        }
        Map<String, Settings.Given> given = new HashMap<>();
        read(section, "", adversarial.contains(stage) ? ALL : ROUNDS, noun, given);
        StageSetting read = setting(stage, given, section.origin());
        if (given.containsKey(TARGET.path()) && !read.isAdversarial()) {
            throw new MisfitException(
                    "has %s with \"%s\", which needs \"%s\" > 0".formatted(noun, TARGET.name(), WEIGHT.name()),
                    section.get(TARGET.name()).origin());
        }
        return read;
    }

    private VaeStage name(ConfigObject section) {
        ConfigValue given = section.get(NAME);
        if (given == null) {
            throw new MisfitException(
                    "has a stage without \"name\", must be one of " + joined(all(), ", "), section.origin());
        }
        try {
            return ValueTypes.oneOf(all()).read(given);
        } catch (MisfitException e) {
            throw new MisfitException("has a stage whose name " + e.getMessage(), given.origin());
        }
    }

    @Override
    public List<StageSetting> check(List<StageSetting> stages) {
        if (stages.isEmpty()) {
            throw MisfitException.of("an empty list", allowed());
        }
        List<VaeStage> given = stages.stream().map(StageSetting::stage).toList();
        for (int i = 1; i < given.size(); i++) {
            if (given.subList(0, i).contains(given.get(i))) {
                throw new MisfitException("names " + given.get(i) + " twice, must name each once");
            }
        }
        if (isOrdered()) {
            inOrder(given);
        }
        return List.copyOf(stages);
    }

    private void inOrder(List<VaeStage> given) {
        List<VaeStage> wanted = all().stream().filter(given::contains).toList();
        if (!given.equals(wanted)) {
            throw new MisfitException("has the stages %s, must have them in the order %s"
                    .formatted(joined(given, ", "), joined(wanted, ", ")));
        }
        VaeStage last = all().get(all().size() - 1);
        if (!given.contains(last)) {
            throw new MisfitException("ends with %s, must end with %s".formatted(given.get(given.size() - 1), last));
        }
    }

    /** Returns the stages as sections of plain values, each in the order of the keys. */
    @Override
    public Object plain(List<StageSetting> stages) {
        return stages.stream().map(Stages::plain).toList();
    }

    private static Object plain(StageSetting stage) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put(NAME, stage.stage().toString());
        for (Key<?> key : ALL) {
            if (stage.given().containsKey(key.path())) {
                Settings.put(section, key.path().substring(TRAIN.length()), plain(key, stage.given()));
            }
        }
        return section;
    }

    private static <T> Object plain(Key<T> key, Map<String, Settings.Given> given) {
        return key.kind().plain(value(key, given));
    }

    /**
     * Reads the values that a section overrides.
     *
     * @param keys keys that the section may have
     * @param noun description of the stage with its article: {@code a stage joint}
     * @throws MisfitException if a name is unknown or a value is not valid
     */
    private static void read(
            ConfigObject section, String prefix, List<Key<?>> keys, String noun, Map<String, Settings.Given> given) {
        Set<String> names = names(prefix, keys);
        section.forEach((name, value) -> {
            String path = prefix + name;
            if (!names.contains(name)) {
                throw new MisfitException(
                        "has %s with %s, must have %s%s"
                                .formatted(
                                        noun,
                                        Found.quote(path),
                                        String.join(", ", names),
                                        NearestName.hint(name, names)),
                        value.origin());
            }
            if (value.valueType() == ConfigValueType.NULL || path.equals(NAME)) {
                return;
            }
            Optional<Key<?>> key = keys.stream()
                    .filter(candidate -> candidate.path().equals(TRAIN + path))
                    .findFirst();
            if (key.isPresent()) {
                given.put(TRAIN + path, value(key.get(), path, noun, value));
            } else if (value instanceof ConfigObject inner) {
                read(inner, path + ".", keys, noun, given);
            } else {
                throw new MisfitException(
                        "has %s whose %s is %s, must be a section: %s { ... }"
                                .formatted(noun, path, Found.show(value), path),
                        value.origin());
            }
        });
    }

    /** Returns the names that a section may have: keys and sections of keys. */
    private static Set<String> names(String prefix, List<Key<?>> keys) {
        Set<String> names = new LinkedHashSet<>(prefix.isEmpty() ? List.of(NAME) : List.of());
        keys.stream()
                .map(key -> key.path().substring(TRAIN.length()))
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("\\.")[0])
                .forEach(names::add);
        return names;
    }

    private static Settings.Given value(Key<?> key, String path, String noun, ConfigValue value) {
        try {
            return new Settings.Given(key.kind().read(value), value.origin());
        } catch (MisfitException e) {
            throw new MisfitException("has %s whose %s %s".formatted(noun, path, e.getMessage()), value.origin());
        }
    }
}
