import io.github.sparklatent.app.config.Preset;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Key.Level;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.value.Choice;
import io.github.sparklatent.config.value.ParamForm;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.LatentParams;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Writes the Python classes of the model families from the Params of the Java classes, one file for each family, into a
 * folder: {@code java -cp JOB_JAR:SPARK PythonWrappers.java FOLDER}. Other Python files in the folder are deleted.
 */
final class PythonWrappers {
    private static final int COLUMNS = 120;

    /** Param that is the path of a model, or in Python a model. */
    private static final String INITIAL = "initialModel";

    /** Columns of a page of help that a description has. */
    private static final int HELP = 92;

    /** Type of whole numbers and words. */
    private static final String COUNTS = "int | str | Sequence[int | str]";

    /** Type of layers: widths, and dictionaries of other layers. */
    private static final String LAYERS = "int | Sequence[int | str | Mapping[str, Any]]";

    private static final String NAMES = "str | Sequence[str]";

    /** Paths of the basic settings. */
    private static final List<String> BASIC = List.of(Level.BASIC_KEYS.split(", "));

    /** Sections of configurations in the order in which signatures and pages of help have their Params. */
    private static final List<String> SECTIONS = List.of("data", "model", "train", "score");

    /** Short names of the Estimators. */
    private static final Map<String, String> SHORT = new TreeMap<>(Map.of(
            "AE", "Autoencoder",
            "ClusterVAE", "ClusteringVariationalAutoencoder",
            "DLGM", "DeepLatentGaussian",
            "GAN", "GenerativeAdversarialNetwork",
            "GMVAE", "MixtureVariationalAutoencoder",
            "PPCA", "ProbabilisticPca",
            "VAE", "VariationalAutoencoder",
            "VAEGAN", "AdversarialVariationalAutoencoder",
            "VaDE", "VariationalDeepEmbedding"));

    private static final List<LatentEstimator<?, ?>> ESTIMATORS = estimators();

    private PythonWrappers() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "*.py")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Returns the files by their names. */
    private static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        List<String> exports = new ArrayList<>();
        for (LatentEstimator<?, ?> estimator : ESTIMATORS) {
            String name = estimator.getClass().getSimpleName();
            files.put(file(name) + ".py", source(estimator));
            exports.add("from spark_latent.families.%s import %s, %s".formatted(file(name), name, model(estimator)));
        }
        exports.sort(null);
        List<String> names = Stream.concat(
                        SHORT.keySet().stream(),
                        ESTIMATORS.stream()
                                .flatMap(one -> Stream.of(one.getClass().getSimpleName(), model(one))))
                .sorted()
                .toList();
        files.put("_names.py", names());
        files.put("_presets.py", presets());
        files.put(
                "__init__.py",
                "\"\"\"The model families. Generated from the declarations of the hyperparameters.\"\"\"\n\n"
                        + String.join("\n", exports)
                        + "\n\n"
                        + SHORT.entrySet().stream()
                                .map(name -> name.getKey() + " = " + name.getValue())
                                .collect(Collectors.joining("\n"))
                        + "\n\n__all__ = [\n"
                        + names.stream().map("    \"%s\",\n"::formatted).collect(Collectors.joining())
                        + "]\n");
        return files;
    }

    private static List<LatentEstimator<?, ?>> estimators() {
        List<LatentEstimator<?, ?>> found = new ArrayList<>();
        for (Estimator<?> estimator : ServiceLoader.load(Estimator.class)) {
            if (estimator instanceof LatentEstimator<?, ?> ours
                    && ours.getClass().getName().startsWith("io.github.sparklatent.ml.")) {
                found.add(ours);
            }
        }
        return found;
    }

    private static String model(LatentEstimator<?, ?> estimator) {
        return estimator.family().model().getSimpleName();
    }

    /** Returns the name of a class in the style of modules. */
    private static String file(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** A Param in Python. */
    private record Declared(String path, String name, String type, String converter, String doc, Object preset) {
        boolean isBasic() {
            return BASIC.contains(path);
        }

        /** Returns the place among the basic Params; the others follow. */
        int order() {
            return isBasic()
                    ? COLUMNS * SECTIONS.indexOf(path.replaceAll("\\..*", ""))
                            + BASIC.indexOf(path)
                            - (name.equals("inputCols") ? 1 : 0)
                    : Integer.MAX_VALUE;
        }
    }

    private static List<Declared> params(LatentParams<?> owner) {
        ModelType type = owner.modelType();
        List<Declared> params = new ArrayList<>();
        for (Param<?> param : owner.params()) {
            Key<?> key = type.params().stream()
                    .filter(candidate -> candidate.param().equals(param.name()))
                    .findFirst()
                    .orElse(null);
            Object preset = owner.hasDefault(param) ? owner.getDefault(param).get() : null;
            params.add(new Declared(
                    key != null ? key.path() : param.name().equals("featuresCol") ? "data.features" : "",
                    param.name(),
                    type(param, key),
                    kind(param, key).converter(),
                    doc(param, key, type),
                    preset));
        }
        params.sort(Comparator.comparingInt(Declared::order).thenComparing(Declared::name));
        return params;
    }

    /** Returns what a Param means: without keys of configurations, and with values as Python has them. */
    private static String doc(Param<?> param, Key<?> key, ModelType type) {
        String doc = param.doc().replaceAll("^column: ", "added column: ");
        if (key != null) {
            doc = (param.name().equals(INITIAL) ? "fitted model to start from, or path of a saved one" : key.meaning())
                    + (type(param, key).startsWith("Literal") || param.name().equals(INITIAL)
                            ? ""
                            : "; " + python(key.kind().allowed()))
                    + (key.unit().isEmpty() ? "" : ", in " + key.unit())
                    + (key.absent() == null ? "" : "; if not set: " + key.absent());
        }
        doc = ownWords(doc.replaceAll(" \\([^()]*\\b(vae|ppca)\\b[^()]*\\)", ""), type); // types of models
        for (Key<?> other : type.allKeys()) {
            String name = param(other);
            doc = doc.replaceAll(other.path().replace(".", "\\.") + "(?![\\w.])", name);
            if (!other.param().isEmpty() && other.name().matches("[a-z]+[A-Z].*")) {
                doc = doc.replaceAll("\\b" + other.name() + "\\b", name);
            }
        }
        boolean isValue = doc.matches("[a-z0-9-]+(, [a-z0-9-]+)*: .*") && key != null; // such as adam, written as typed
        return (isValue ? doc.substring(0, 1) : doc.substring(0, 1).toUpperCase(Locale.ROOT)) + doc.substring(1) + ".";
    }

    /** Returns a description without what is true of other types only. */
    private static String ownWords(String doc, ModelType type) {
        List<String> types =
                ESTIMATORS.stream().map(one -> one.modelType().type()).toList();
        List<String> clauses = new ArrayList<>();
        for (String clause : doc.split("; ")) {
            String[] parts = clause.split(": ", 2);
            List<String> named = List.of(parts[0].split(", "));
            if (parts.length == 1 || !types.containsAll(named)) {
                clauses.add(clause);
            } else if (named.contains(type.type())) {
                clauses.add(parts[1]);
            }
        }
        return Pattern.compile("([\\w.-]+), for ([a-z-]+(?: and [a-z-]+)*) ([\\w.-]+)")
                .matcher(String.join("; ", clauses))
                .replaceAll(found -> {
                    List<String> named = List.of(found.group(2).split(" and "));
                    return !types.containsAll(named)
                            ? Matcher.quoteReplacement(found.group())
                            : found.group(named.contains(type.type()) ? 3 : 1);
                });
    }

    /** Returns the name of a setting in Python. */
    private static String param(Key<?> key) {
        return key.isParam() ? key.param() : key.name();
    }

    /** Returns a description with sections as dictionaries. */
    private static String python(String description) {
        Matcher section = Pattern.compile("\\{ (.*?) \\}").matcher(description);
        return section.replaceAll(found -> Matcher.quoteReplacement("{"
                        + found.group(1)
                                .replaceAll("(\\w+) = ([A-Za-z][\\w-]*)", "\"$1\": \"$2\"")
                                .replaceAll("(\\w+) = ", "\"$1\": ")
                        + "}"))
                .replace("a section", "a dictionary");
    }

    private static ParamForm form(Key<?> key) {
        return key == null ? null : key.kind().form();
    }

    private static String type(Param<?> param, Key<?> key) {
        if (param.name().equals(INITIAL)) {
            return "str | LatentModel";
        }
        if (key != null && key.kind() instanceof Choice<?> choice && form(key) == ParamForm.STRING) {
            return "Literal["
                    + choice.values().keySet().stream()
                            .map(PythonWrappers::text)
                            .collect(Collectors.joining(", ")) + "]";
        }
        return kind(param, key).type();
    }

    /** The values of a Param in Python, and what converts them. */
    private record Kind(String type, String converter) {}

    private static Kind kind(Param<?> param, Key<?> key) {
        if (param.name().equals(INITIAL)) {
            return new Kind("str", "Converters.toPathOfModel");
        }
        if (form(key) == ParamForm.COUNTS) {
            return new Kind(COUNTS, "Converters.toListOfCounts");
        }
        if (form(key) == ParamForm.HOCON) {
            String allowed = key.kind().allowed();
            return new Kind(
                    allowed.startsWith("one of")
                            ? "str | Mapping[str, Any] | Sequence[Mapping[str, Any]]"
                            : "Mapping[str, Any]" + (allowed.startsWith("a section") ? "" : " | Sequence[Any]"),
                    "Converters.toHocon");
        }
        if (form(key) == ParamForm.STRINGS) {
            return new Kind(LAYERS, "Converters.toListOfLayers");
        }
        if (param instanceof IntParam || param instanceof LongParam) {
            return new Kind("int", "Converters.to" + (param instanceof IntParam ? "Int" : "Long"));
        }
        if (param instanceof DoubleParam) {
            return new Kind("float", "TypeConverters.toFloat");
        }
        if (param instanceof BooleanParam) {
            return new Kind("bool", "TypeConverters.toBoolean");
        }
        if (param instanceof StringArrayParam) {
            return new Kind(NAMES, "Converters.toListOfStrings");
        }
        if (param instanceof IntArrayParam) {
            return new Kind("int | Sequence[int]", "Converters.toListOfInts");
        }
        return param instanceof DoubleArrayParam
                ? new Kind("float | Sequence[float]", "Converters.toListOfFloats")
                : new Kind("str", "TypeConverters.toString");
    }

    private static String text(Object value) {
        return Json.line(List.of(value)).replaceAll("^\\[(.*)\\]$", "$1");
    }

    /** Returns a value as a Python literal. */
    private static String literal(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double number && number.isNaN()) {
            return "float(\"nan\")";
        }
        if (value instanceof String string) {
            return text(string);
        }
        if (value instanceof String[] strings) {
            return strings.length == 1
                    ? strings[0].matches("\\d+") ? strings[0] : text(strings[0])
                    : list(Arrays.stream(strings).map(PythonWrappers::text).toList());
        }
        if (value instanceof int[] numbers) {
            return list(Arrays.stream(numbers).mapToObj(Integer::toString).toList());
        }
        if (value instanceof double[] numbers) {
            return list(Arrays.stream(numbers).mapToObj(Double::toString).toList());
        }
        if (value instanceof List<?> values) {
            return "[" + values.stream().map(PythonWrappers::literal).collect(Collectors.joining(", ")) + "]";
        }
        if (value instanceof Map<?, ?> entries) {
            return new TreeMap<>(entries)
                    .entrySet().stream()
                            .map(entry -> literal(entry.getKey()) + ": " + literal(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    private static String list(List<String> elements) {
        return elements.isEmpty() ? "()" : "(" + String.join(", ", elements) + (elements.size() == 1 ? ",)" : ")");
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String source(LatentEstimator<?, ?> estimator) {
        ModelType type = estimator.modelType();
        String name = estimator.getClass().getSimpleName();
        LatentModel<?> model;
        try {
            model = estimator.family().model().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(estimator + " has a model without a public constructor", e);
        }
        List<Declared> params = params(estimator);
        Set<String> ofModel = Arrays.stream(model.params()).map(Param::name).collect(Collectors.toSet());
        Set<String> scoring = new HashSet<>();
        for (Declared param : params) {
            if (param.name().endsWith("Col") && !Set.of("labelCol", "weightCol").contains(param.name())) {
                scoring.add(param.name());
            }
        }
        type.params().stream().filter(type::isOfScoring).map(Key::param).forEach(scoring::add);
        scoring.retainAll(ofModel);
        StringBuilder source = new StringBuilder();
        source.append("\"\"\"%s. Generated from the declarations of the hyperparameters.\"\"\"\n\n".formatted(name));
        boolean literals = params.stream().anyMatch(param -> param.type().startsWith("Literal"));
        source.append("# ruff: noqa: E501\nfrom __future__ import annotations\n\n");
        source.append("from collections.abc import Mapping, Sequence\n");
        source.append("from typing import Any%s\n".formatted(literals ? ", Literal" : ""));
        source.append("\nfrom pyspark import keyword_only\n");
        source.append("from pyspark.ml.param import Param, Params, TypeConverters\n\n");
        source.append(bases(estimator)).append("\n\n");

        List<Declared> shared =
                params.stream().filter(param -> ofModel.contains(param.name())).toList();
        List<Declared> own =
                params.stream().filter(param -> !shared.contains(param)).toList();
        source.append("class _%sParams(Params):\n".formatted(name));
        declare(shared, source);
        source.append("\n    def __init__(self, *args: Any) -> None:\n        super().__init__(*args)\n");
        presets(shared, source);
        getters(shared, source);

        source.append("\n\nclass %s(LatentEstimator[\"%s\"], _%sParams):\n".formatted(name, model(estimator), name));
        source.append("    \"\"\"Estimator of %s %s.\n\n".formatted(article(type.words()), type.words()));
        source.append(example(name, params, ofModel));
        source.append("    Parameters\n    ----------\n");
        params.stream().filter(Declared::isBasic).forEach(param -> describe(param, source));
        source.append("\n    Other Parameters\n    ----------------\n");
        params.stream().filter(param -> !param.isBasic()).forEach(param -> describe(param, source));
        source.append("    \"\"\"\n\n");
        source.append(
                "    _java_class = \"%s\"\n\n".formatted(estimator.getClass().getName()));
        declare(own, source);
        source.append("\n    @keyword_only\n    def __init__(\n        self,\n        *,\n");
        for (Declared param : params) {
            String hint = param.preset() == null ? param.type() + " | None" : param.type();
            source.append("        %s: %s = %s,\n".formatted(param.name(), hint, literal(param.preset())));
        }
        source.append("    ) -> None:\n        super().__init__()\n");
        presets(own, source);
        source.append("        self._set(**self._input_kwargs)\n\n");
        source.append("    @staticmethod\n    def _model_class() -> type[%s]:\n        return %s\n"
                .formatted(model(estimator), model(estimator)));
        getters(own, source);
        setters(params, name, param -> true, source);

        source.append("\n\nclass %s(%s, _%sParams):\n".formatted(model(estimator), modelBase(estimator), name));
        source.append(
                "    \"\"\"Model of :py:class:`%s`.\n\n    >>> model = sl.load(\"models/mine\")\n".formatted(name));
        reading(estimator, ofModel).forEach(line -> source.append("    >>> %s\n".formatted(line)));
        source.append("    \"\"\"\n\n");
        source.append("    _java_class = \"%s\"\n"
                .formatted(estimator.family().model().getName()));
        source.append("    _scoring = (\n");
        scoring.stream().sorted().forEach(param -> source.append("        %s,\n".formatted(text(param))));
        source.append("    )\n");
        setters(params, model(estimator), param -> scoring.contains(param.name()), source);
        return source.toString();
    }

    private static void declare(List<Declared> params, StringBuilder source) {
        for (Declared param : params) {
            source.append("    %s: Param[Any] = param(%s, %s, %s)\n"
                    .formatted(param.name(), text(param.name()), param.converter(), text(param.doc())));
        }
    }

    private static void presets(List<Declared> params, StringBuilder source) {
        source.append("        self._setDefault(\n");
        params.stream()
                .filter(param -> param.preset() != null)
                .forEach(param ->
                        source.append("            %s=%s,\n".formatted(param.name(), literal(param.preset()))));
        source.append("        )\n");
    }

    private static void getters(List<Declared> params, StringBuilder source) {
        for (Declared param : params) {
            source.append("\n    def get%s(self) -> %s:\n".formatted(capital(param.name()), result(param)));
            String value = "self.getOrDefault(self.%s)".formatted(param.name());
            source.append("        return %s\n".formatted(reader(param).formatted(value)));
        }
    }

    private static String article(String words) {
        return words.matches("(?i)^[aeiou].*") ? "an" : "a";
    }

    /** Returns an example of the class, whose DataFrame is df. */
    private static String example(String name, List<Declared> params, Set<String> ofModel) {
        Set<String> names = params.stream().map(Declared::name).collect(Collectors.toSet());
        String size = names.contains("latent") ? "latent=2, " : "k=3, ";
        String length = names.contains("maxEpochs") && !names.contains("stages") ? ", maxEpochs=20" : "";
        String use = ofModel.contains("latentCol")
                ? "codes = model.encode(df)"
                : ofModel.contains("predictionCol")
                        ? "groups = model.transform(df).select(\"prediction\")"
                        : "drawn = model.sample(100)";
        return "    >>> model = sl.%s(%sinputCols=\"*\"%s).fit(df)\n    >>> %s\n\n".formatted(name, size, length, use);
    }

    /** Returns what one reads from a model. */
    private static List<String> reading(LatentEstimator<?, ?> estimator, Set<String> ofModel) {
        return switch (estimator.modelType().type()) {
            case "gmm" -> List.of("model.weights, model.means, model.covariances", "model.predict(model.means[0])");
            case "mixture" -> List.of("model.profiles", "model.top(3, df)");
            case "ppca", "factor-analysis" -> List.of("model.loadings, model.noise", "codes = model.encode(df)");
            default ->
                List.of(
                        "model.history",
                        ofModel.contains("latentCol") ? "model.encode(df)" : "model.sample(10, seed=1)");
        };
    }

    private static void describe(Declared param, StringBuilder source) {
        source.append("    %s : %s%s\n"
                .formatted(
                        param.name(),
                        param.type()
                                .replaceAll("^Literal\\[(.*)\\]$", "{$1}")
                                .replace("Sequence", "sequence")
                                .replaceAll("Mapping\\[str, Any\\]", "dict"),
                        param.preset() == null ? "" : ", default " + literal(param.preset())));
        wrapped(param.isBasic() ? line(param.doc()) : param.doc(), "        ", source);
    }

    /**
     * Returns the clauses at the beginning of a text that fit on a line of a page of help; explainParam has them all.
     */
    private static String line(String doc) {
        StringBuilder line = new StringBuilder();
        for (String clause : doc.replaceAll("\\.$", "").split("; ")) {
            if (!line.isEmpty() && line.length() + clause.length() + 3 > HELP) {
                break;
            }
            line.append(line.isEmpty() ? "" : "; ").append(clause);
        }
        return line + ".";
    }

    /** Returns the Python names of settings, by which texts of Java are shown. */
    private static String names() {
        Map<String, String> names = new TreeMap<>();
        for (LatentEstimator<?, ?> estimator : ESTIMATORS) {
            for (Key<?> key : estimator.modelType().allKeys()) {
                if (!key.param().isEmpty()) {
                    names.putIfAbsent(key.path(), key.param());
                }
            }
        }
        names.put("score.budgets", "rates"); // arguments of evaluate
        names.put("score.costs", "costs");
        return "\"\"\"Python's names of the settings in messages of Java. Generated from the declarations.\"\"\"\n\nNAMES = {\n"
                + names.entrySet().stream()
                        .map(name -> "    %s: %s,\n".formatted(text(name.getKey()), text(name.getValue())))
                        .collect(Collectors.joining())
                + "}\n";
    }

    /** Returns the settings of the tasks, as the file of the presets has them. */
    private static String presets() {
        StringBuilder source = new StringBuilder();
        source.append("\"\"\"Class and Params of each preset. Generated from the file of the presets.\"\"\"\n\n");
        source.append("# ruff: noqa: E501\nfrom typing import Any\n\n");
        var few = Preset.of("compress", OptionalInt.of(1)).settings();
        int many = IntStream.range(1, COLUMNS)
                .filter(n ->
                        !Preset.of("compress", OptionalInt.of(n)).settings().equals(few))
                .findFirst()
                .orElseThrow();
        source.append("#: Columns of numbers from which on a table has many.\nMANY = %d\n\n".formatted(many));
        source.append(
                "#: By the name of the preset, and by whether the table has columns of other types, or few or many numbers.\n");
        source.append("PRESETS: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {\n");
        for (String name : Preset.names()) {
            source.append("    %s: {\n".formatted(text(name)));
            source.append(preset("mixed", Preset.of(name, OptionalInt.empty())));
            source.append(preset("few", Preset.of(name, OptionalInt.of(1))));
            source.append(preset("many", Preset.of(name, OptionalInt.of(many))));
            source.append("    },\n");
        }
        return source.append("}\n").toString();
    }

    private static String preset(String table, Preset preset) {
        LatentEstimator<?, ?> estimator = ESTIMATORS.stream()
                .filter(one -> one.modelType().type().equals(preset.type()))
                .findFirst()
                .orElseThrow();
        Map<String, String> params = new LinkedHashMap<>();
        var rest = preset.settings().withoutPath("model.type");
        for (Key<?> key : estimator.modelType().params()) {
            if (rest.hasPath(key.path())) {
                params.put(key.param(), literal(rest.getValue(key.path()).unwrapped()));
                rest = rest.withoutPath(key.path());
            } else if (!Objects.equals(key.preset(), key.estimatorPreset())) { // a task is trained like a job
                params.put(key.param(), literal(key.preset()));
            }
        }
        if (rest.hasPath("score.columns")) {
            for (ScoreColumn column : ScoreColumn.values()) {
                if (rest.getStringList("score.columns").contains(column.toString())) {
                    params.put(column.param(), text(column.toString()));
                }
            }
        }
        List<String> left = rest.withoutPath("score.columns").entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(path -> !path.startsWith("train.checkpoint.") && !path.equals("train.partitions"))
                .toList();
        if (!left.isEmpty()) {
            throw new IllegalStateException("the preset %s has %s, which are no Params".formatted(preset.name(), left));
        }
        StringBuilder source = new StringBuilder("        %s: (\n            %s,\n            {\n"
                .formatted(text(table), text(estimator.getClass().getSimpleName())));
        params.forEach((param, value) -> source.append("                %s: %s,\n".formatted(text(param), value)));
        return source.append("            },\n        ),\n").toString();
    }

    /** Returns what a getter does with the value of its Param. */
    private static String reader(Declared param) {
        return switch (param.converter()) {
            case "Converters.toListOfCounts" -> "Converters.fromListOfCounts(%s)";
            case "Converters.toListOfLayers" -> "Converters.fromListOfLayers(%s)";
            case "Converters.toHocon" -> "Converters.fromHocon(%s)";
            default -> "%s";
        };
    }

    private static String result(Declared param) {
        return switch (param.converter()) {
            case "Converters.toListOfCounts" -> "int | str | list[int | str]";
            case "Converters.toListOfLayers" -> "list[int | str | dict[str, Any]]";
            case "Converters.toHocon" -> "Any";
            case "Converters.toPathOfModel" -> "str";
            default -> param.type().replaceAll("^(str|int|float) \\| Sequence\\[(.*)\\]", "list[$2]");
        };
    }

    /** Returns the imports of the base classes. */
    private static String bases(LatentEstimator<?, ?> estimator) {
        String base = modelBase(estimator);
        return "from spark_latent._base import Converters, LatentEstimator, LatentModel, param\n"
                + (!base.equals("LatentModel") ? "from spark_latent._parameters import %s\n".formatted(base) : "");
    }

    /** Returns the base class of the models, which has the methods that the family offers. */
    private static String modelBase(LatentEstimator<?, ?> estimator) {
        return switch (estimator.modelType().type()) {
            case "gmm" -> "GaussianModelBase";
            case "mixture" -> "MixtureModelBase";
            case "ppca", "factor-analysis" -> "LinearModelBase";
            default -> "LatentModel";
        };
    }

    private static void setters(List<Declared> params, String owner, Predicate<Declared> kept, StringBuilder source) {
        for (Declared param : params) {
            if (kept.test(param)) {
                source.append("\n    def set%s(self, value: %s) -> %s:\n"
                        .formatted(capital(param.name()), param.type(), owner));
                source.append("        return self._set(%s=value)\n".formatted(param.name()));
            }
        }
    }

    private static void wrapped(String text, String indent, StringBuilder source) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > COLUMNS && !line.toString().isBlank()) {
                source.append(line.toString().stripTrailing()).append("\n");
                line = new StringBuilder(indent);
            }
            line.append(word).append(" ");
        }
        source.append(line.toString().stripTrailing()).append("\n");
    }
}
