package io.github.sparklatent.ml.core;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ParamValues;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import scala.Function1;
import scala.runtime.AbstractFunction1;

/** Creates the Params of a model type from the declarations of its settings. */
public final class DeclaredParams {
    /** Settings of the table and of the rule about anomalies, which a job applies itself. */
    private static final Set<String> OF_JOB =
            Set.of("data.features", "data.weight", "data.id", "score.alertRate", "score.alerts", "score.threshold");

    private DeclaredParams() {}

    private static List<Key<?>> keys(LatentParams<?> owner) {
        List<Key<?>> all = owner.family().params();
        return owner instanceof LatentModel
                ? all.stream().filter(ModelType::isOfModel).toList()
                : all;
    }

    /** Returns the Param of this name. */
    public static Param<?> param(LatentParams<?> owner, String name) {
        for (Key<?> key : keys(owner)) {
            if (key.param().equals(name)) {
                return param(owner, key);
            }
        }
        return columns(owner)
                .filter(column -> column.param().equals(name))
                .findFirst()
                .map(column -> column(owner, name, "column: " + column.meaning() + "; empty: no column"))
                .orElseThrow(() -> new NoSuchElementException(
                        "%s has no Param %s".formatted(owner.modelType().estimator(), name)));
    }

    /** Returns the columns that have a Param: those of the model, and those computed from anomaly scores. */
    private static Stream<ScoreColumn> columns(LatentParams<?> owner) {
        return Stream.of(ScoreColumn.values())
                .filter(column ->
                        !column.isOfModel() || owner.modelType().columns().contains(column));
    }

    /** Returns a Param that holds the name of a column. */
    static Param<String> column(LatentParams<?> owner, String name, String doc) {
        return new Param<>(
                owner,
                name,
                doc,
                new Check<String>(value -> Require.that(value != null, "%s is null, must be a text (%s)", name, doc)));
    }

    /** Returns the number that a Param of counts holds; 0 if it holds several or a word. */
    public static int single(String[] counts) {
        return counts.length == 1 && counts[0].matches("\\d+") ? Integer.parseInt(counts[0]) : 0;
    }

    /** Returns a value in the form of its Param. Throws an IllegalArgumentException if the value is invalid. */
    static Object held(LatentParams<?> owner, String name, Object value) {
        Key<?> key = keys(owner).stream()
                .filter(candidate -> candidate.param().equals(name))
                .findFirst()
                .orElseThrow();
        return ParamValues.toParam(
                key,
                value instanceof int[] numbers
                        ? IntStream.of(numbers).boxed().toList()
                        : Objects.requireNonNull(value, name + " is null"));
    }

    /** Returns the Param of a hyperparameter. */
    public static Param<?> param(LatentParams<?> owner, Key<?> key) {
        String name = key.param();
        String doc = doc(key);
        return switch (key.kind().form()) {
            case INT -> new IntParam(owner, name, doc, allowed(key));
            case LONG -> new LongParam(owner, name, doc, allowed(key));
            case DOUBLE -> new DoubleParam(owner, name, doc, allowed(key));
            case BOOLEAN -> new BooleanParam(owner, name, doc);
            case STRING, HOCON -> new Param<>(owner, name, doc, allowed(key));
            case INTS -> new IntArrayParam(owner, name, doc, allowed(key));
            case TEXTS, STRINGS -> new StringArrayParam(owner, name, doc, allowed(key));
            case COUNTS -> new Counts(owner, name, doc, allowed(key));
        };
    }

    private static String doc(Key<?> key) {
        return key.meaning()
                + "; "
                + key.kind().allowed()
                + (key.unit().isEmpty() ? "" : ", in " + key.unit())
                + (key.absent() == null ? "" : "; if not set: " + key.absent());
    }

    /** A Param of integers or a word, which also reads numbers in JSON. */
    private static final class Counts extends StringArrayParam {
        private static final Pattern NUMBER = Pattern.compile("(?<=[\\[,])(\\d+)(?=[,\\]])");

        Counts(Params owner, String name, String doc, Function1<String[], Object> allowed) {
            super(owner, name, doc, allowed);
        }

        @Override
        public String[] jsonDecode(String json) {
            String list = json.startsWith("[") ? json : "[" + json + "]"; // MLlib's k is a number
            String read = list.equals("[]") ? "[\"auto\"]" : list;
            return super.jsonDecode(NUMBER.matcher(read).replaceAll("\"$1\""));
        }
    }

    /** Returns a check that throws an exception which names the allowed values. */
    private static <T> Check<T> allowed(Key<?> key) {
        return new Check<>(value -> {
            if (!isNone(key, value)) {
                ParamValues.fromParam(key, value);
            }
        });
    }

    /** Returns whether a value stands for none, as the empty name of a column does in MLlib. */
    private static boolean isNone(Key<?> key, Object value) {
        return key.preset() == null && "".equals(value);
    }

    /** Checks the value of a Param by an exception. A Param that was sent to a worker checks nothing. */
    static final class Check<T> extends AbstractFunction1<T, Object> implements Serializable {
        private final transient Consumer<T> check;

        Check(Consumer<T> check) {
            this.check = check;
        }

        @Override
        public Object apply(T value) {
            if (check != null) {
                check.accept(value);
            }
            return true;
        }
    }

    /** Sets the defaults of all Params to the defaults of the declarations. */
    public static void setDefaults(LatentParams<?> owner) {
        setDefault(owner, owner.featuresCol(), "features");
        for (Key<?> key : keys(owner)) {
            if (key.estimatorPreset() != null) {
                setDefault(owner, param(owner, key), ParamValues.toParam(key, key.estimatorPreset()));
            }
        }
        columns(owner).forEach(column -> setDefault(owner, owner.declared(column.param()), shown(owner, column)));
    }

    private static String shown(LatentParams<?> owner, ScoreColumn column) {
        return owner.modelType().shown().contains(column) ? column.modelColumn() : "";
    }

    @SuppressWarnings("unchecked")
    private static void setDefault(LatentParams<?> owner, Param<?> param, Object value) {
        owner.setDefault((Param<Object>) param, value);
    }

    /**
     * Returns the settings that the Params hold.
     *
     * @throws IllegalArgumentException if values that are valid one by one contradict each other; the message lists all
     *     problems
     */
    public static Settings settings(LatentParams<?> owner) {
        Map<String, Object> values = new HashMap<>();
        for (Key<?> key : keys(owner)) {
            Param<?> param = param(owner, key);
            if (owner.isSet(param) && !isNone(key, owner.get(param).get())) {
                values.put(
                        key.path(), ParamValues.fromParam(key, owner.get(param).get()));
            }
        }
        values.put("model.type", owner.modelType().type());
        return Settings.of(owner.family().estimatorSchema(), owner.uid(), values);
    }

    /** Sets the Params that are given in the settings, but those that a job applies itself. */
    public static void configure(LatentParams<?> owner, Settings settings) {
        configure(owner, settings, keys(owner));
    }

    /**
     * Sets the Params of a trained model that are given in the section {@code score} of the settings. The other Params
     * stay as training has saved them.
     */
    public static void configureScoring(LatentModel<?> model, Settings settings) {
        configure(
                model,
                settings,
                keys(model).stream()
                        .filter(key -> key.section().equals("score"))
                        .toList());
    }

    @SuppressWarnings("unchecked")
    private static void configure(LatentParams<?> owner, Settings settings, List<Key<?>> keys) {
        for (Key<?> key : keys) {
            if (settings.isGiven(key) && !OF_JOB.contains(key.path())) {
                owner.set(
                        (Param<Object>) param(owner, key),
                        ParamValues.toParam(key, settings.find(key).orElseThrow()));
            }
        }
    }
}
