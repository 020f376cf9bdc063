package io.github.sparklatent.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ColumnEncoders;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.settings.Setting;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.model.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A saved model, read from local files without Spark.
 *
 * @param params Params of the model by their names
 * @param content what the model consists of
 * @param columns what the model knows of its table
 * @param encoders encoders of the columns
 * @param threshold score above which a row is an anomaly; NaN: by the alert rate
 */
record SavedScorer(
        Map<String, Object> params,
        SavedContent content,
        SavedColumns columns,
        List<ColumnEncoder> encoders,
        double alertRate,
        double threshold) {
    private static final String OURS = "io.github.sparklatent.ml.";
    static final String ASSEMBLER = OURS + "columns.FeatureAssembler";
    static final String SEVERITY = OURS + "anomaly.AnomalySeverity";
    private static final String PIPELINE = "org.apache.spark.ml.PipelineModel";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Classes of models, and what they consist of: a class of contents, or the kind of a network. */
    static final Map<String, Object> MODELS = Map.ofEntries(
            Map.entry(OURS + "mixture.GaussianMixtureModel", SavedContent.Gaussian.class),
            Map.entry(OURS + "mixture.mixed.MixtureModel", SavedContent.Mixed.class),
            Map.entry(OURS + "linear.ProbabilisticPcaModel", SavedContent.Linear.class),
            Map.entry(OURS + "linear.FactorAnalysisModel", SavedContent.Linear.class),
            Map.entry(OURS + "network.AutoencoderModel", Kind.AUTOENCODER),
            Map.entry(OURS + "network.VariationalAutoencoderModel", Kind.VARIATIONAL),
            Map.entry(OURS + "network.DeepLatentGaussianModelModel", Kind.DEEP_LATENT_GAUSSIAN),
            Map.entry(OURS + "network.MixtureVariationalAutoencoderModel", Kind.MIXTURE),
            Map.entry(OURS + "network.VariationalDeepEmbeddingModel", Kind.EMBEDDING),
            Map.entry(OURS + "network.ClusteringVariationalAutoencoderModel", Kind.CLASSIFYING),
            Map.entry(OURS + "network.GenerativeAdversarialNetworkModel", Kind.ADVERSARIAL),
            Map.entry(OURS + "network.AdversarialVariationalAutoencoderModel", Kind.VARIATIONAL_ADVERSARIAL));

    /** The metadata of a saved stage. */
    private record Stage(Path path, String className, Map<String, Object> params) {}

    /**
     * Reads a model.
     *
     * @param given directory of a model, or of a training's result
     * @throws DataException if there is none, if it is damaged, or if only Spark can score with it
     */
    static SavedScorer read(Path given) {
        Path path = Files.isDirectory(given.resolve("model")) ? given.resolve("model") : given;
        if (!Files.isDirectory(path)) {
            throw new DataException(
                    "there is no model at %s: no such directory; train it first, or name the directory of another model"
                            .formatted(given));
        }
        try {
            requireChecksums(path);
            Stage stage = stage(path);
            return stage.className().equals(PIPELINE) ? pipeline(stage) : model(stage);
        } catch (IOException e) {
            throw new DataException("the model at %s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static SavedScorer model(Stage stage) throws IOException {
        SavedContent content = content(stage);
        Path file = stage.path().resolve(SavedColumns.FILE);
        SavedColumns columns =
                Files.exists(file) ? decode(file, SavedColumns.class) : new SavedColumns(null, null, 0, null, null);
        List<String> encoders = columns.encoders() == null ? List.of() : columns.encoders();
        return new SavedScorer(
                stage.params(), content, columns, encoders(encoders), number(stage, "alertRate", 0.01), Double.NaN);
    }

    private static SavedScorer pipeline(Stage pipeline) throws IOException {
        SavedColumns.Assembler made = null;
        Stage assembler = null;
        SavedScorer model = null;
        Stage severity = null;
        for (Path path : stages(pipeline.path())) {
            Stage stage = stage(path);
            if (stage.className().equals(ASSEMBLER) && model == null && assembler == null) {
                assembler = stage;
                made = decode(path.resolve(SavedContent.FILE), SavedColumns.Assembler.class);
            } else if (MODELS.containsKey(stage.className()) && model == null) {
                model = model(stage);
            } else if (stage.className().equals(SEVERITY) && model != null) {
                severity = stage;
            } else {
                throw new DataException(
                        "the pipeline at %s has the stage %s, which only Spark can run; score with Spark, or save the model alone"
                                .formatted(pipeline.path(), stage.className()));
            }
        }
        if (model == null) {
            throw new DataException("the pipeline at %s has no model".formatted(pipeline.path()));
        }
        SavedColumns own = model.columns();
        PatternDistributions known = severity == null
                ? own.known()
                : decode(severity.path().resolve(SavedContent.FILE), PatternDistributions.class);
        List<String> encoders = assembler == null ? own.encoders() : texts(assembler, "encoders");
        return new SavedScorer(
                model.params(),
                model.content(),
                assembler == null
                        ? new SavedColumns(own.inputCols(), encoders, own.width(), own.scaling(), known)
                        : new SavedColumns(
                                texts(assembler, "inputCols"), encoders, made.width(), made.scaling(), known),
                encoders(encoders == null ? List.of() : encoders),
                severity == null ? model.alertRate() : number(severity, "alertRate", model.alertRate()),
                severity == null ? Double.NaN : number(severity, "threshold", Double.NaN));
    }

    private static SavedContent content(Stage stage) throws IOException {
        Object form = MODELS.get(stage.className());
        if (form == null) {
            throw new DataException(
                    "the model at %s is a %s, which only Spark can score with; without Spark, rows are scored by mixtures, probabilistic PCA, factor analysis and networks"
                            .formatted(stage.path(), stage.className()));
        }
        Path file = stage.path().resolve(SavedContent.FILE);
        if (!Files.exists(file)) {
            throw new DataException(
                    "the model at %s has no content: an earlier version saved it; load it with Spark and save it again"
                            .formatted(stage.path()));
        }
        try {
            return form instanceof Kind kind
                    ? new SavedContent.Network(
                            decode(file, SavedContent.NetworkForm.class).network(kind))
                    : (SavedContent) decode(file, (Class<?>) form);
        } catch (IllegalArgumentException e) {
            throw new DataException("the model at %s is damaged: %s".formatted(stage.path(), e.getMessage()), e);
        }
    }

    private static <T> T decode(Path file, Class<T> type) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return StateCodec.MODEL.decode(in, Files.size(file), type);
        } catch (DataException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<ColumnEncoder> encoders(List<String> saved) {
        return saved.stream()
                .map(json -> ColumnEncoders.of(object(json, "the encoder of a column")))
                .toList();
    }

    private static Map<String, Object> object(String json, String noun) {
        try {
            return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new DataException("%s is not a JSON object: %s".formatted(noun, e.getOriginalMessage()), e);
        }
    }

    @SuppressWarnings("unchecked") // a wrong element fails where it is used
    private static Stage stage(Path path) throws IOException {
        Path metadata = path.resolve("metadata");
        if (!Files.exists(metadata)) {
            throw new DataException("there is no model at %s: it has no metadata".formatted(path));
        }
        Map<String, Object> json = object(line(metadata), "the metadata of " + path);
        Map<String, Object> params = new LinkedHashMap<>();
        for (String section : List.of("defaultParamMap", "paramMap")) {
            Map<String, Object> found = (Map<String, Object>) json.getOrDefault(section, Map.of());
            found.forEach((name, value) -> params.put(name, value));
        }
        return new Stage(path, (String) json.get("class"), params);
    }

    /** Returns the line of a text that Spark wrote: of a file, or of a directory of parts. */
    private static String line(Path text) throws IOException {
        List<Path> parts = new ArrayList<>(List.of(text));
        if (Files.isDirectory(text)) {
            try (Stream<Path> files = Files.list(text)) {
                parts = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                        .sorted()
                        .toList();
            }
        }
        for (Path part : parts) {
            String line = Files.readString(part).strip();
            if (!line.isEmpty()) {
                return line;
            }
        }
        throw new DataException("%s is empty".formatted(text));
    }

    /** Returns the stages of a pipeline, which begin with their numbers. */
    private static List<Path> stages(Path pipeline) throws IOException {
        try (Stream<Path> stages = Files.list(pipeline.resolve("stages"))) {
            return stages.filter(Files::isDirectory)
                    .sorted(Comparator.comparingInt(stage ->
                            Integer.parseInt(stage.getFileName().toString().replaceFirst("_.*", ""))))
                    .toList();
        }
    }

    @SuppressWarnings("unchecked") // a wrong element fails where it is used
    private static List<String> texts(Stage stage, String param) {
        return (List<String>) stage.params().getOrDefault(param, List.of());
    }

    private static double number(Stage stage, String param, double absent) {
        Object value = stage.params().get(param); // NaN is a text in Spark's JSON
        return value instanceof Number number ? number.doubleValue() : absent;
    }

    /** Checks the files of a model as its checksums say, if it has any. */
    private static void requireChecksums(Path model) throws IOException {
        Path checksums = model.resolve(SavedContent.CHECKSUMS);
        if (!Files.exists(checksums)) {
            return;
        }
        for (String line : Files.readAllLines(checksums, StandardCharsets.UTF_8)) {
            String[] parts = line.split("  ", 2);
            Path file = parts.length == 2 ? model.resolve(parts[1]) : checksums;
            if (parts.length < 2 || !Files.exists(file) || !parts[0].equals(sha256(file))) {
                throw new DataException(
                        "the model at \"%s\" is damaged: its file \"%s\" is missing or does not have the checksum in %s; restore it from a backup, or train it again"
                                .formatted(model, model.relativize(file), checksums.getFileName()));
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns the value of a Param; null if it has none. */
    Object param(String name) {
        return params.get(name);
    }

    /** Returns the options of scoring that the Params hold. */
    ScoringOptions options() {
        RecordComponent[] components = ScoringOptions.class.getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                Setting setting = components[i].getAnnotation(Setting.class);
                String key = setting.key();
                Object value =
                        param(setting.param().isEmpty() ? key.substring(key.lastIndexOf('.') + 1) : setting.param());
                values[i] = value == null
                        ? components[i].getAccessor().invoke(ScoringOptions.DEFAULT)
                        : typed(value, components[i].getType());
            }
            return ScoringOptions.class
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new DataException("the Params of the model hold no options of scoring: " + e.getMessage(), e);
        }
    }

    private static Object typed(Object value, Class<?> type) {
        if (type == int.class) {
            return ((Number) value).intValue();
        }
        if (type == long.class) {
            return ((Number) value).longValue();
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.toString().equals(value))
                        .findFirst()
                        .orElseThrow(() -> new DataException("a Param is %s, expected one of %s"
                                .formatted(value, Arrays.toString(type.getEnumConstants()))))
                : value;
    }
}
