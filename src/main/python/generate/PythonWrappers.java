import io.github.sparklatent.config.Key;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

    /** Type of whole numbers and words. */
    private static final String COUNTS = "int | str | Sequence[int | str]";

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
        for (LatentEstimator<?, ?> estimator : estimators()) {
            String name = estimator.getClass().getSimpleName();
            files.put(file(name) + ".py", source(estimator));
            exports.add("from spark_latent.families.%s import %s, %s".formatted(file(name), name, model(estimator)));
        }
        exports.sort(null);
        List<String> names = estimators().stream()
                .flatMap(one -> List.of(one.getClass().getSimpleName(), model(one)).stream())
                .sorted()
                .toList();
        files.put(
                "__init__.py",
                "\"\"\"The model families. Generated from the declarations of the hyperparameters.\"\"\"\n\n"
                        + String.join("\n", exports)
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
    private record Declared(String name, String type, String converter, String doc, Object preset) {
        boolean isPlain() {
            return !Set.of("features").contains(name);
        }
    }

    private static List<Declared> params(LatentParams<?> owner) {
        ModelType type = owner.modelType();
        List<Declared> params = new ArrayList<>();
        for (Param<?> param : owner.params()) {
            Key<?> key = type.hyperparameters().stream()
                    .filter(candidate -> candidate.param().equals(param.name()))
                    .findFirst()
                    .orElse(null);
            Object preset = owner.hasDefault(param) ? owner.getDefault(param).get() : null;
            params.add(new Declared(
                    param.name(), type(param, key), kind(param, key).converter(), doc(param, key), preset));
        }
        return params;
    }

    private static String doc(Param<?> param, Key<?> key) {
        String doc = param.doc();
        return doc.substring(0, 1).toUpperCase(Locale.ROOT)
                + doc.substring(1)
                + (key == null ? "." : ". Key: ``%s``.".formatted(key.path()));
    }

    private static ParamForm form(Key<?> key) {
        return key == null ? null : key.kind().form();
    }

    private static String type(Param<?> param, Key<?> key) {
        if (key != null && key.kind() instanceof Choice<?> choice && form(key) == ParamForm.STRING) {
            return "Literal["
                    + choice.values().keySet().stream()
                            .map(PythonWrappers::text)
                            .collect(Collectors.joining(", ")) + "]";
        }
        return form(key) == ParamForm.STRINGS ? COUNTS : kind(param, key).type();
    }

    /** The values of a Param in Python, and what converts them. */
    private record Kind(String type, String converter) {}

    private static Kind kind(Param<?> param, Key<?> key) {
        if (form(key) == ParamForm.COUNTS) {
            return new Kind(COUNTS, "Converters.toListOfCounts");
        }
        if (form(key) == ParamForm.HOCON) {
            return new Kind("Any", "Converters.toHocon");
        }
        if (param instanceof IntParam || param instanceof LongParam) {
            return new Kind("int", "TypeConverters.toInt");
        }
        if (param instanceof DoubleParam) {
            return new Kind("float", "TypeConverters.toFloat");
        }
        if (param instanceof BooleanParam) {
            return new Kind("bool", "TypeConverters.toBoolean");
        }
        if (param instanceof StringArrayParam) {
            return new Kind("str | Sequence[str]", "Converters.toListOfStrings");
        }
        if (param instanceof IntArrayParam) {
            return new Kind("int | Sequence[int]", "Converters.toListOfInts");
        }
        return param instanceof DoubleArrayParam
                ? new Kind("float | Sequence[float]", "Converters.toListOfFloats")
                : new Kind("str", "TypeConverters.toString");
    }

    private static String text(String value) {
        return Json.line(List.of(value)).replaceAll("^\\[|\\]$", "");
    }

    /** Returns a value as a Python literal. */
    private static String literal(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
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
            if (param.name().endsWith("Col") && !param.name().equals("weightCol")
                    || Set.of("alertRate", "explainedColumns").contains(param.name())) {
                scoring.add(param.name());
            }
        }
        type.hyperparameters().stream()
                .filter(type::isOfScoring)
                .map(Key::param)
                .forEach(scoring::add);
        scoring.retainAll(ofModel);
        StringBuilder source = new StringBuilder();
        source.append("\"\"\"%s. Generated from the declarations of the hyperparameters.\"\"\"\n\n".formatted(name));
        boolean literals = params.stream().anyMatch(param -> param.type().startsWith("Literal"));
        source.append("# ruff: noqa: E501\nfrom __future__ import annotations\n\n");
        source.append("from collections.abc import Sequence\n");
        String typing = "Any, " + (literals ? "Literal, " : "");
        if (!typing.isEmpty()) {
            source.append("from typing import %s\n".formatted(typing.replaceAll(", $", "")));
        }
        source.append("\nfrom pyspark import keyword_only\n");
        source.append("from pyspark.ml.param import Param, Params, TypeConverters\n\n");
        source.append("from spark_latent._base import %s\n\n\n".formatted(bases(estimator)));

        source.append("class _%sParams(Params):\n".formatted(name));
        for (Declared param : params) {
            source.append("    %s: Param[Any] = param(%s, %s, %s)\n"
                    .formatted(param.name(), text(param.name()), param.converter(), text(param.doc())));
        }
        for (Declared param : params) {
            source.append("\n    def get%s(self) -> %s:\n".formatted(capital(param.name()), result(param)));
            source.append((param.type().equals(COUNTS)
                            ? "        return Converters.fromListOfCounts(self.getOrDefault(self.%s))\n"
                            : "        return self.getOrDefault(self.%s)\n")
                    .formatted(param.name()));
        }

        source.append("\n\nclass %s(LatentEstimator[\"%s\"], _%sParams):\n".formatted(name, model(estimator), name));
        source.append("    \"\"\"Estimator of %s %s (``model.type = %s``).\n\n"
                .formatted(article(type.words()), type.words(), type.type()));
        source.append("    Parameters\n    ----------\n");
        for (Declared param : params) {
            source.append("    %s : %s\n"
                    .formatted(
                            param.name(),
                            param.type()
                                    .replaceAll("^Literal\\[(.*)\\]$", "{$1}")
                                    .replace("Sequence", "sequence")));
            String preset = param.preset() == null
                    ? "Not set by default."
                    : "Default: ``%s``.".formatted(literal(param.preset()));
            wrapped(param.doc() + " " + preset, "        ", source);
        }
        source.append("    \"\"\"\n\n");
        source.append(
                "    _java_class = \"%s\"\n\n".formatted(estimator.getClass().getName()));
        source.append("    @keyword_only\n    def __init__(\n        self,\n        *,\n");
        for (Declared param : params) {
            String hint = param.preset() == null ? param.type() + " | None" : param.type();
            source.append("        %s: %s = %s,\n".formatted(param.name(), hint, literal(param.preset())));
        }
        source.append("    ) -> None:\n        super().__init__()\n        self._setDefault(\n");
        params.stream()
                .filter(param -> param.preset() != null)
                .forEach(param ->
                        source.append("            %s=%s,\n".formatted(param.name(), literal(param.preset()))));
        source.append("        )\n        self._set(**self._input_kwargs)\n\n");
        source.append("    @staticmethod\n    def _model_class() -> type[%s]:\n        return %s\n"
                .formatted(model(estimator), model(estimator)));
        setters(params, name, param -> true, source);

        boolean hidden = params.stream().anyMatch(param -> param.name().equals("components"));
        source.append("\n\nclass %s(%s, _%sParams):%s\n"
                .formatted(model(estimator), modelBase(estimator), name, hidden ? "  # type: ignore[misc]" : ""));
        source.append("    \"\"\"Model of :py:class:`%s`.\"\"\"\n\n".formatted(name));
        source.append("    _java_class = \"%s\"\n"
                .formatted(estimator.family().model().getName()));
        source.append("    _scoring = (\n");
        scoring.stream().sorted().forEach(param -> source.append("        %s,\n".formatted(text(param))));
        source.append("    )\n");
        setters(params, model(estimator), param -> scoring.contains(param.name()), source);
        return source.toString();
    }

    private static String article(String words) {
        return words.matches("(?i)^[aeiou].*") ? "an" : "a";
    }

    private static String result(Declared param) {
        return param.type().startsWith("Literal")
                ? "str"
                : param.type()
                        .replace(COUNTS, "list[int | str]")
                        .replaceAll("^(str|int|float) \\| Sequence\\[(.*)\\]", "list[$2]");
    }

    private static String bases(LatentEstimator<?, ?> estimator) {
        return java.util.stream.Stream.of("Converters", "LatentEstimator", "param", modelBase(estimator))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Returns the base class of the models, which has the methods that the family offers. */
    private static String modelBase(LatentEstimator<?, ?> estimator) {
        return switch (estimator.modelType().type()) {
            case "gmm", "mixture" -> "MixtureModelBase";
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
