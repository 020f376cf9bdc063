package io.github.sparklatent.config;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.value.Hocon;
import io.github.sparklatent.config.value.ParamForm;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes two interfaces of Spark Params for each {@link ModelType}, and two for what all types have, with documentation
 * from the declaration. One is for the Estimator and its model: an accessor and a getter for each setting and each
 * output column, and the setters that a model uses. The other one, for the Estimator only, has the other setters. The
 * build runs the generator before it compiles the other classes.
 */
public final class ParamsGenerator {
    private static final String PACKAGE = "io.github.sparklatent.ml.";

    /** The keys that every type has as Params. */
    private static final List<Key<?>> COMMON_KEYS = CommonSections.KEYS.stream()
            .filter(key -> key.isParam() && !key.offered())
            .toList();

    private ParamsGenerator() {}

    /**
     * Writes the interfaces and deletes the other files of their package.
     *
     * @param arguments first, the directory of the compiled classes {@code *ModelType} and {@code *ModelTypes}, which
     *     declare the types; second, the directory of the generated sources
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Path classes = Path.of(arguments[0]);
        Path sources = Path.of(arguments[1], PACKAGE.split("\\.")).toAbsolutePath();
        List<ModelType> types = types(classes);
        if (types.isEmpty()) {
            throw new IllegalStateException("no model types are declared in " + classes);
        }
        write(sources.resolve("core/CommonParams.java"), common());
        write(sources.resolve("core/CommonSetters.java"), setters("core.Common", "LatentParams<S>", COMMON_KEYS));
        Path params = sources.resolve("params");
        Set<Path> written = new HashSet<>();
        for (ModelType type : types) {
            for (String name : List.of("Params", "Setters")) {
                Path file = params.resolve(type.estimator() + name + ".java");
                write(file, name.equals("Params") ? source(type) : setters(type));
                written.add(file);
            }
        }
        deleteOthers(params, written);
    }

    /** Deletes the files of types that no longer exist. */
    private static void deleteOthers(Path sources, Set<Path> written) throws IOException {
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.filter(file -> !written.contains(file)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<ModelType> types(Path classes) throws IOException, ReflectiveOperationException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(classes)) {
            found = files.filter(f -> f.toString().matches(".*\\wModelTypes?\\.class"))
                    .toList();
        }
        List<ModelType> types = new ArrayList<>();
        for (Path file : found.stream().sorted().toList()) {
            String name = classes.relativize(file).toString().replace('/', '.');
            Class<?> holder = Class.forName(name.substring(0, name.length() - ".class".length()));
            for (Field field : holder.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == ModelType.class) {
                    types.add((ModelType) field.get(null));
                }
            }
        }
        return types;
    }

    /** Writes a file unless it is unchanged, so that nothing is compiled again. */
    private static void write(Path file, String source) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.writeString(file, source);
        }
    }

    /** Returns the interface of the Params that every Estimator and every model has. */
    static String common() {
        StringBuilder members = new StringBuilder("""
                            /** Returns the Param of a setting or of an output column by its name. */
                            Param<?> declared(String name);

                            /** Sets the Param of a setting or of an output column by its name. */
                            S put(String name, Object value);

                            /** Sets the Param of a setting to a value, which may have another form than the Param. */
                            S putValue(String name, Object value);
                        """);
        for (Key<?> key : COMMON_KEYS) {
            members.append(ModelType.isOfModel(key) ? getter(key) : "");
            members.append(ModelType.isOfEveryScoring(key) ? setters(key) : "");
        }
        Stream.of(ScoreColumn.values())
                .filter(column -> !column.isOfModel())
                .forEach(column -> members.append(column(column)));
        return source("core.CommonParams", "The Params that all Estimators and models have.", "Params", members);
    }

    static String source(ModelType type) {
        StringBuilder members = new StringBuilder();
        for (Key<?> key : type.params()) {
            boolean isCommon = COMMON_KEYS.contains(key);
            members.append(!isCommon && ModelType.isOfModel(key) ? getter(key) : "");
            members.append(type.isOfScoring(key) && !(isCommon && ModelType.isOfEveryScoring(key)) ? setters(key) : "");
        }
        type.columns().forEach(column -> members.append(column(column)));
        return source(
                "params.%sParams".formatted(type.estimator()),
                "The Params of %s and its model.".formatted(type.estimator()),
                "LatentParams<S>",
                members);
    }

    /** Returns the interface of the setters that only an Estimator has. */
    static String setters(ModelType type) {
        List<Key<?>> keys = type.params().stream()
                // resolves a setter that both interfaces have
                .filter(key -> type.isOfScoring(key) == COMMON_KEYS.contains(key))
                .toList();
        return setters("params." + type.estimator(), "%sParams<S>, CommonSetters<S>".formatted(type.estimator()), keys);
    }

    private static String setters(String estimator, String parents, List<Key<?>> keys) {
        StringBuilder members = new StringBuilder();
        for (Key<?> key : keys) {
            members.append(ModelType.isOfModel(key) ? "" : getter(key));
            members.append(ModelType.isOfEveryScoring(key) ? "" : setters(key));
        }
        return source(estimator + "Setters", "Params and setters that only Estimators have.", parents, members);
    }

    private static String source(String name, String about, String parents, StringBuilder members) {
        return """
                package %s;

                import io.github.sparklatent.ml.core.CommonSetters;
                import io.github.sparklatent.ml.core.DeclaredParams;
                import io.github.sparklatent.ml.core.LatentParams;
                import org.apache.spark.ml.param.BooleanParam;
                import org.apache.spark.ml.param.DoubleParam;
                import org.apache.spark.ml.param.IntArrayParam;
                import org.apache.spark.ml.param.IntParam;
                import org.apache.spark.ml.param.LongParam;
                import org.apache.spark.ml.param.Param;
                import org.apache.spark.ml.param.Params;
                import org.apache.spark.ml.param.StringArrayParam;

                /**
                 * %s Generated from the declarations of the settings. Setters return the object itself.
                 *
                 * @param <S> the class that implements this interface
                 */
                public interface %s<S> extends %s {
                %s}
                """.formatted(
                        PACKAGE + name.replaceAll("\\..*", ""), about, name.replaceAll(".*\\.", ""), parents, members);
    }

    private static String column(ScoreColumn column) {
        Form form = form(ParamForm.STRING);
        String about = "Name of the column: " + html(column.meaning()) + ".\n     * Empty: no column."
                + (column.isOfAnomaly()
                        ? " Default: empty, but %s if {@link #inputCols()} is set\n     * and the model has anomaly scores."
                                .formatted(column)
                        : "");
        return getter(column.param(), form, about) + setter(column.param(), form, about);
    }

    /** The Java types of a form of Params. */
    private record Form(String type, String param, String parameter, String value) {
        Form(String type, String param, String parameter) {
            this(
                    type,
                    param,
                    parameter,
                    List.of("int", "long", "double", "boolean").contains(type)
                            ? "(%s) $(%%s())".formatted(type)
                            : "$(%s())");
        }
    }

    private static Form form(ParamForm form) {
        return switch (form) {
            case INT -> new Form("int", "IntParam", "int");
            case LONG -> new Form("long", "LongParam", "long");
            case DOUBLE -> new Form("double", "DoubleParam", "double");
            case BOOLEAN -> new Form("boolean", "BooleanParam", "boolean");
            case STRING, HOCON -> new Form("String", "Param<String>", "String");
            case INTS -> new Form("int[]", "IntArrayParam", "int...");
            case TEXTS, STRINGS -> new Form("String[]", "StringArrayParam", "String...");
            case COUNTS -> new Form("int", "StringArrayParam", "String...", "DeclaredParams.single($(%s()))");
        };
    }

    private static String getter(Key<?> key) {
        return getter(key.param(), form(key.kind().form()), about(key));
    }

    private static String getter(String name, Form form, String about) {
        String unchecked = form.param().contains("<") ? "    @SuppressWarnings(\"unchecked\")\n" : "";
        return """

            /**
             * Returns the Param {@code %s}. %s
             */
        %s    default %s %s() {
                return (%s) declared("%s");
            }

            /** Returns the value of {@link #%s()}%s. */
            default %s get%s() {
                return %s;
            }
        """.formatted(
                        name,
                        about,
                        unchecked,
                        form.param(),
                        name,
                        form.param(),
                        name,
                        name,
                        form.param().equals("StringArrayParam") && form.type().equals("int")
                                ? "; 0 if it is a list or a word"
                                : "",
                        form.type(),
                        capital(name),
                        form.value().formatted(name));
    }

    /** Returns the setters of a key: by the form of its Param, and by values. */
    private static String setters(Key<?> key) {
        String setters = setter(key.param(), form(key.kind().form()), about(key));
        Optional<String> typed = key.kind().setterType();
        return typed.isEmpty() ? setters : setters + typedSetter(key.param(), typed.get());
    }

    private static String typedSetter(String name, String type) {
        return """

            /** Sets {@link #%s()} by values. */
            default S set%s(%s value) {
                return putValue("%s", value);
            }
        """.formatted(name, capital(name), type, name);
    }

    private static String setter(String name, Form form, String about) {
        return """

            /**
             * Sets {@link #%s()}. %s
             */
            default S set%s(%s value) {
                return put("%s", value);
            }
        """.formatted(name, about, capital(name), form.parameter(), name);
    }

    private static <T> String about(Key<T> key) {
        String range = "Range: " + html(key.kind().allowed());
        String unit = key.unit().isEmpty() ? "" : ", in " + key.unit();
        String preset = key.estimatorPreset() == null
                ? "No default; if not set: " + html(key.absent())
                : "Default: " + html(Hocon.text(key.kind().plain(key.estimatorPreset())));
        return "%s.\n     * %s%s.\n     * %s.\n     * Configuration key: {@code %s}."
                .formatted(capital(html(key.meaning())), range, unit, preset, key.path());
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;");
    }
}
