package io.github.sparklatent.ml.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.Sandbox;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ParamValues;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.value.ParamForm;
import io.github.sparklatent.ml.Families;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option of the sections model and train, and each other key with a Param, is a Param with the same values. */
@Tag("slow")
class HyperparametersTest {
    /** Keys of these sections that say how a job runs, not how a model is trained. */
    private static final List<String> OF_JOBS =
            List.of("model.type", "model.path", "train.where", "train.maxSeconds", "train.checkpoint.every");

    /** Keys whose values a job does not pass on to its Estimator: it reads the table and flags rows itself. */
    private static final Set<String> BY_JOBS =
            Set.of("data.features", "data.weight", "data.id", "score.alertRate", "score.alerts", "score.threshold");

    private static final String COMMON = """
            train { seed = -7, partitions = 3, sampleRows = 70 }
            data { holdout.fraction = 0.25, invalid = skip, label = y, columns.z = log }
            data { features = [z, "x: *", "a b"], weight = w, id = "the id" }
            score { threshold = 7.5, explainedColumns = 2 }
            """;

    /** Of every type. */
    private static final List<String> OTHERS = Stream.of(
                    "score.alertRate = 0.02", "score.alerts = 40", "data.scale = minmax")
            .map(text -> text + ", data.holdout.fraction = 0")
            .toList();

    private static final String SHAPE = """
            model { latent = 3, decoder = [7], image = [1, 2, 3], activation = tanh }
            model.encoder = [{ conv = 2, kernel = 2, padding = 1 }, 5]
            """;
    private static final String BINARY = "model { likelihood = bernoulli, binarize = true }\n";
    private static final String CORRUPTION = "model.corruption { type = masking, level = 0.25 }\n";
    private static final String ROUNDS = """
            train { roundsPerEpoch = 7, batchSize = 16 }
            train.outer { type = adam, movingAverage = 1 }
            train.optimizer { type = adamw, learningRate = 0.1, beta1 = 0.8, weightDecay = 0.05, clipNorm = 5 }
            """;
    private static final String COSINE =
            "train.optimizer.schedule { type = cosine, decayFraction = 0.5, finalRatio = 0.02 }\n";
    private static final String CLUSTERS = """
            model { components = 3, samples = 2, importanceSamples = 100, start = mixture }
            score { samples = 5, reconstruction = sample }
            train { restarts = 4, patience = 3 }
            """;
    private static final String EMBEDDING = """
            model { informationWeight = 2.5 }
            train.stages = [
              { name = autoencoder, maxEpochs = 3, optimizer { type = sgd, schedule.type = linear } }
              { name = fixed, patience = 0, roundsPerEpoch = 2 }
              { name = clustering, patience = 0, outer.type = momentum }
            ]
            """;
    private static final String GAME = """
            model { discriminator = [{ conv = 3, kernel = 2 }, 64], labelSmoothing = 0.1 }
            model { spectralNormalization = true, gradientPenalty = 0.2 }
            """;

    /** What the options above exclude. */
    private static final String OTHERWISE = """
            train { initialModel = "the model", roundsPerEpoch = 2 }
            data.holdout.fraction = 0.5
            train.optimizer { type = sgd, momentum = 0.5 }
            """;

    private static final String STEP = "train.optimizer.schedule { type = step, factor = 0.5, every = 3 }\n";

    /** The methods of fitting mixtures. */
    private static final List<String> FITS = List.of(
            COMMON
                    + "model { components = 9, fit = variational-bayes, weightPrior = dirichlet, weightConcentration = 0.1 }",
            COMMON + "model { components = 9, robust = trim, trim = 0.1, novelty = true }",
            COMMON + "model.fit = gradient, train { stepExponent = 0.9, learningRate = 0.2 }",
            COMMON + "model.fit = monte-carlo-em, train.draws = 3",
            COMMON + """
                    model { components = 3, fit = variational-inference, posterior = full, gradient = score-function }
                    train { draws = 30, learningRate = 0.05 }
                    """);

    /** Configurations that together give each hyperparameter a value that is not its default. */
    private static final Map<String, List<String>> TEXTS = Map.ofEntries(
            Map.entry(
                    "gmm",
                    List.of(
                            COMMON + """
                                            model { components = [2, 3], covariance = tied, regularization = 0.5 }
                                            model { initialization = random-rows, criterion = holdout, priorRows = 2 }
                                            train { maxRounds = 9, tolerance = 0.01, restarts = 4, acceleration = true }
                                            """,
                            "train.initialModel = m, model.components = 3, data.holdout.fraction = 0.5",
                            COMMON
                                    + "model { covariance = factor, factors = 4 }, score { columns = imputed, imputations = 2 }")),
            Map.entry(
                    "mixture",
                    List.of(
                            COMMON + """
                                            model { components = [2, 3], covariance = tied, criterion = holdout }
                                            model { numbers = student-t, counts = poisson, priorRows = 2 }
                                            model { families { a = categorical }, initialization = random-rows }
                                            model.regularization = 0.5
                                            train { maxRounds = 9, tolerance = 0.01, restarts = 4, acceleration = true }
                                            """,
                            "train.initialModel = m, model.components = 3, data.holdout.fraction = 0.5",
                            COMMON + "model { components = 1, within = trees, leafRows = 30 }",
                            COMMON + "model { components = auto, covariance = factor," + " factors = 4 }",
                            COMMON + "score { columns = imputed, imputations = 2 }")),
            Map.entry("ppca", List.of(COMMON + """
                                            model { latent = 3, regularization = 0.5, fit = em }
                                            train { maxRounds = 9, tolerance = 0.01 }
                                            """, "data.holdout.fraction = 0.5")),
            Map.entry("factor-analysis", List.of(COMMON + """
                                            model { latent = 3, regularization = 0.5 }
                                            train { maxRounds = 9, tolerance = 0.01 }
                                            """, "data.holdout.fraction = 0.5")),
            Map.entry(
                    "ae",
                    List.of(
                            COMMON
                                    + SHAPE
                                    + BINARY
                                    + CORRUPTION
                                    + ROUNDS
                                    + COSINE
                                    + "train { maxEpochs = 2.5, patience = 3 }",
                            OTHERWISE + STEP + "model.cluster = 4")),
            Map.entry(
                    "vae",
                    List.of(
                            COMMON + SHAPE + BINARY + CORRUPTION + ROUNDS + COSINE + """
                                            model { gradient = score-function, samples = 5, beta = 0.5 }
                                            model { betaWarmUpEpochs = 3, importanceSamples = 100, posterior = full }
                                            train { maxEpochs = 2.5, patience = 3 }
                                            score { samples = 5, importanceSamples = 7, reconstruction = sample }
                                            """,
                            OTHERWISE + STEP + "model { objective = iwae, samples = 3, condition = [a], cluster = 4 }\n"
                                    + "train.stages = [{ name = decoder, maxEpochs = 3 }, { name = joint }]")),
            Map.entry("dlgm", List.of(COMMON + SHAPE + BINARY + ROUNDS + COSINE + """
                                            model { samples = 5, betaWarmUpEpochs = 3, importanceSamples = 100 }
                                            train { maxEpochs = 2.5, patience = 3, chainSteps = 9, leapfrogSteps = 7 }
                                            score { samples = 5, reconstruction = sample }
                                            """, OTHERWISE + STEP)),
            Map.entry(
                    "mog-vae",
                    List.of(
                            COMMON + SHAPE + BINARY + CORRUPTION + ROUNDS + COSINE + CLUSTERS + GAME + """
                                            model { beta = 0.5, betaWarmUpEpochs = 3 }
                                            score.importanceSamples = 7
                                            train.stages = [
                                              { name = autoencoder, maxEpochs = 3 }
                                              { name = decoder, adversarialWeight = 0.5, patience = 0 }
                                            ]
                                            train.discriminatorLearningRate = 0.5
                                            model.priorCovariance = tied
                                            """,
                            OTHERWISE + STEP + "model.condition = [a]")),
            Map.entry(
                    "vade",
                    List.of(
                            COMMON + SHAPE + BINARY + ROUNDS + CLUSTERS + EMBEDDING + "model.priorCovariance = tied",
                            OTHERWISE)),
            Map.entry(
                    "cluster-vae",
                    List.of(
                            COMMON + SHAPE + BINARY + ROUNDS + CLUSTERS + EMBEDDING
                                    + "model { classifier = [9, 8], priorCovariance = identity }",
                            OTHERWISE)),
            Map.entry(
                    "gan", List.of(COMMON + ROUNDS + COSINE + GAME + """
                                            model { latent = 3, image = [1, 2, 3], activation = tanh }
                                            model { decoder = [7, { conv = 2, kernel = 2 }], likelihood = bernoulli }
                                            train.maxEpochs = 2.5
                                            train.discriminatorLearningRate = 0.5
                                            """, OTHERWISE + STEP + "model.condition = [a]")),
            Map.entry(
                    "vae-gan",
                    List.of(
                            COMMON + SHAPE + ROUNDS + COSINE + GAME + """
                                            model { importanceSamples = 100, reconstructionWeight = 1e-3 }
                                            model.likelihood { type = gaussian, variance = 0.5 }
                                            train.maxEpochs = 2.5
                                            train.discriminatorLearningRate = 0.5
                                            score { samples = 5, reconstruction = sample }
                                            """,
                            OTHERWISE + STEP + "model.condition = [a]")));

    private static final Map<String, Settings> READ = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session(); // a model of no uid asks for it
    }

    static List<ModelType> types() {
        return Families.types().all();
    }

    static Stream<Arguments> hyperparameters() {
        return types().stream().flatMap(type -> type.params().stream().map(key -> arguments(type, key)));
    }

    private static LatentEstimator<?, ?> estimator(ModelType type) {
        return Families.estimator(type, "estimator");
    }

    private static LatentModel<?> model(ModelType type) {
        try {
            return ModelFamilies.of(type).model().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a model without Params of its own cannot be made", e);
        }
    }

    /** Returns the settings of a text. Each text is read once, because every hyperparameter asks for them. */
    private Settings read(ModelType type, String text) {
        return READ.computeIfAbsent(type + "\n" + text, key -> parse(type, text));
    }

    private Settings parse(ModelType type, String text) {
        try {
            Path file = directory.resolve("job.conf");
            Files.writeString(file, "data.path = in, output.path = out, model.type = " + type + "\n" + text);
            return Sandbox.load(file, List.of(), Job.TRAIN, Families.types(), Map.of())
                    .settings();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyKeyThatTrainsIsAParam(ModelType type) {
        assertThat(type.allKeys())
                .filteredOn(key -> key.path().matches("(model|train)\\..*"))
                .filteredOn(key -> !key.isParam())
                .extracting(Key::path)
                .hasSameElementsAs(OF_JOBS);
    }

    @ParameterizedTest
    @MethodSource("hyperparameters")
    void theDefaultIsThatOfTheKey(ModelType type, Key<?> key) {
        LatentEstimator<?, ?> estimator = estimator(type);
        Param<?> param = estimator.getParam(key.param());
        assertThat(param.doc()).contains(key.meaning());
        Object expected = Optional.ofNullable(key.estimatorPreset())
                .map(preset -> ParamValues.toParam(key, preset))
                .orElse(null);
        Object found = estimator.hasDefault(param) ? estimator.getOrDefault(param) : null;
        assertThat(found).isEqualTo(expected);
        assertThat(model(type).hasParam(key.param())).isEqualTo(ModelType.isOfModel(key));
    }

    @ParameterizedTest
    @MethodSource("hyperparameters")
    void thereIsASetterAndAGetterOfItsType(ModelType type, Key<?> key) throws ReflectiveOperationException {
        Stream<LatentParams<?>> owners =
                type.isOfScoring(key) ? Stream.of(estimator(type), model(type)) : Stream.of(estimator(type));
        for (LatentParams<?> owner : owners.toList()) {
            Method setter = owner.getClass().getMethod(method("set", key), javaType(key));
            Method getter = owner.getClass().getMethod(method("get", key));
            Object value = value(type, key);
            assertThat(setter.invoke(owner, value)).isSameAs(owner);
            boolean areCounts = key.kind().form() == ParamForm.COUNTS; // the getter returns a single number
            assertThat(getter.getReturnType()).isEqualTo(areCounts ? int.class : javaType(key));
            assertThat(areCounts ? owner.getOrDefault(owner.declared(key.param())) : getter.invoke(owner))
                    .isEqualTo(value);
        }
    }

    private static List<String> texts(ModelType type) {
        List<String> own = TEXTS.get(type.type());
        boolean isMixture = List.of("gmm", "mixture").contains(type.type());
        return Stream.of(own, OTHERS, isMixture ? FITS : List.<String>of())
                .flatMap(List::stream)
                .toList();
    }

    /** A value as the Param holds it, out of the configurations above. */
    private Object value(ModelType type, Key<?> key) {
        return ParamValues.toParam(key, given(type, key).find(key).orElseThrow());
    }

    private Settings given(ModelType type, Key<?> key) {
        return texts(type).stream()
                .map(text -> read(type, text))
                .filter(settings -> settings.isGiven(key))
                .findFirst()
                .orElseThrow();
    }

    private static String method(String verb, Key<?> key) {
        String name = key.param();
        return verb + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static Class<?> javaType(Key<?> key) {
        ParamForm form = key.kind().form();
        return switch (form) {
            case INT -> int.class;
            case LONG -> long.class;
            case DOUBLE -> double.class;
            case BOOLEAN -> boolean.class;
            case STRING, HOCON -> String.class;
            case INTS -> int[].class;
            case TEXTS, STRINGS, COUNTS -> String[].class;
        };
    }

    @ParameterizedTest
    @MethodSource("types")
    void withoutValuesBothHaveTheSameDefaults(ModelType type) {
        sameOptions(type, estimator(type).settings(), read(type, "data.holdout.fraction = 0"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyOptionOfAConfigurationArrives(ModelType type) {
        Set<Key<?>> changed = new HashSet<>();
        for (String text : texts(type)) {
            Settings settings = read(type, text);
            LatentEstimator<?, ?> estimator = estimator(type);
            estimator.configure(settings);
            sameOptions(type, estimator.settings(), settings);
            for (Key<?> key : type.params()) {
                Param<?> param = estimator.getParam(key.param());
                boolean isPassedOn = settings.isGiven(key) && !BY_JOBS.contains(key.path());
                assertThat(estimator.isSet(param)).as(key.path()).isEqualTo(isPassedOn);
                Object preset = key.preset();
                if (settings.isGiven(key) && !settings.find(key).get().equals(preset)) {
                    changed.add(key);
                }
            }
        }
        assertThat(changed)
                .as("hyperparameters that the texts of this test change")
                .containsExactlyInAnyOrderElementsOf(type.params());
    }

    /** The sections model and train, and of data what is a hyperparameter. */
    private static void sameOptions(ModelType type, Settings found, Settings expected) {
        assertThat(found.asMap().get("model")).isEqualTo(expected.asMap().get("model"));
        assertThat(found.asMap().get("train")).isEqualTo(expected.asMap().get("train"));
        assertThat(type.params())
                .filteredOn(key -> !BY_JOBS.contains(key.path()))
                .allSatisfy(key -> assertThat(plain(key, found)).isEqualTo(plain(key, expected)));
    }

    private static <T> Object plain(Key<T> key, Settings settings) {
        return settings.find(key).map(key.kind()::plain).orElse(null);
    }
}
