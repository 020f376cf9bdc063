package io.github.sparklatent.config;

import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.settings.Names;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A key of the configuration. Its name, type, range, default, meaning and unit are declared only here. A key of the
 * sections {@code model} and {@code train} is a hyperparameter: it is also a Spark Param of the estimators that have
 * the key. A key of another section is a Param, too, if it names one.
 *
 * @param path section and name, joined by dots, e.g. {@code train.seed}
 * @param kind type and range of the value
 * @param preset default in a configuration; null if there is none
 * @param estimatorPreset default of the Spark Param, the same as {@code preset} for most keys; null if there is none
 * @param absent meaning of a missing value, printed after "absent:"; null if there is a default
 * @param meaning one line that explains the key
 * @param unit unit of the value; empty if it has none
 * @param param name of the Spark Param; empty if the key has none
 * @param onlyIf condition without which the value has no effect, {@code "model.fit is gradient"}; empty if there is
 *     none
 * @param offered whether only the model types that list the key have it
 */
@RecordBuilder
public record Key<T>(
        String path,
        ValueType<T> kind,
        T preset,
        T estimatorPreset,
        String absent,
        String meaning,
        String unit,
        String param,
        String onlyIf,
        boolean offered)
        implements KeyBuilder.With<T> {

    public Key {
        if ((preset == null) == (absent == null)) {
            throw new IllegalArgumentException(path + " must have either a default or a description of its absence");
        }
        if (preset != null) {
            kind.check(preset);
            kind.check(estimatorPreset);
        }
    }

    /** Returns a key with a default value. */
    public static <T> Key<T> of(String path, ValueType<T> kind, T preset, String meaning) {
        return new Key<>(path, kind, preset, preset, null, meaning, "", defaultParam(path), "", false);
    }

    /** Returns a key without a default; {@code absent} is what a missing value means, printed after "absent:". */
    public static <T> Key<T> optional(String path, ValueType<T> kind, String absent, String meaning) {
        return new Key<>(path, kind, null, null, absent, meaning, "", defaultParam(path), "", false);
    }

    /** Returns the key with the default that it has as a Spark Param. */
    Key<T> ofEstimator() {
        return withPreset(estimatorPreset);
    }

    /** Returns a copy with another default value, which belongs to the key. */
    @SuppressWarnings("unchecked") // the value has the type of the key
    Key<T> withDefault(Object value) {
        return with(key -> key.preset((T) value).estimatorPreset((T) value).absent(null));
    }

    /** Returns the rank of the key. */
    public Level level() {
        return Level.of(path);
    }

    /** Returns whether the key is also a Spark Param of an estimator. */
    public boolean isParam() {
        return !param.isEmpty();
    }

    /**
     * Returns the default name of the Spark Param: the name of the key, preceded by the name of the inner section, if
     * there is one ({@code train.outer.momentum} is outerMomentum). The Param of the key {@code type} of an inner
     * section has the name of the section. Keys of {@code train.optimizer} have no prefix.
     */
    private static String defaultParam(String path) {
        String[] names = path.split("\\.");
        if (!names[0].equals("model") && !names[0].equals("train")) {
            return "";
        }
        String last = names[names.length - 1];
        String section = names.length > 2 ? names[names.length - 2] : "";
        if (section.isEmpty() || section.equals("optimizer") && !last.equals("type")) {
            return last;
        }
        return last.equals("type")
                ? section
                : section + last.substring(0, 1).toUpperCase(Locale.ROOT) + last.substring(1);
    }

    /**
     * Checks a value and returns it.
     *
     * @throws IllegalArgumentException if the value is invalid; the message is the same as for this value in a
     *     configuration file
     */
    public T require(T value) {
        try {
            return kind.check(value);
        } catch (MisfitException e) {
            throw new IllegalArgumentException(path + " " + e.getMessage(), e);
        }
    }

    /** Returns the path without the name: {@code data.holdout} for {@code data.holdout.fraction}. */
    public String section() {
        return path.substring(0, path.lastIndexOf('.'));
    }

    /** Returns the last part of the path: {@code fraction} for {@code data.holdout.fraction}. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return path;
    }

    /**
     * A condition without which a key has no effect, written as in messages: {@code "model.fit is stepwise-em or
     * gradient"}.
     *
     * @param path path of the other key
     * @param words values of the other key with which the key has an effect
     */
    record Condition(String path, List<String> words) {
        /** Reads a condition; empty if the text is. */
        static Optional<Condition> of(String text) {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            String[] parts = text.split(" is ");
            return Optional.of(new Condition(parts[0], List.of(parts[1].split(", | or "))));
        }

        /** Returns the condition for a key that has some of the values only. */
        Condition among(List<String> values) {
            return new Condition(path, words.stream().filter(values::contains).toList());
        }

        @Override
        public String toString() {
            return path + " is " + Names.listed(words, "or");
        }
    }

    /** Rank of a key. References, help texts and the arguments in Python have basic keys first. */
    public enum Level {
        /** Most jobs set it. */
        BASIC,
        ADVANCED,
        /** Needs knowledge of the method. */
        EXPERT;

        /** The basic keys, for help texts. */
        public static final String BASIC_KEYS =
                "model.type, model.components, model.covariance, model.latent, model.encoder,"
                        + " model.likelihood, data.path, data.table, data.format, data.features, data.columns, data.id, data.label,"
                        + " data.weight, data.scale, data.invalid, data.holdout.fraction, train.seed, train.maxRounds, train.maxEpochs,"
                        + " score.columns, score.alertRate, sample.rows, sample.given, output.path, output.overwrite";

        private static final Set<String> BASIC_PATHS = Set.of(BASIC_KEYS.split(", "));

        private static final Set<String> EXPERT_PATHS = Set.of(
                ("model.weightPrior model.weightConcentration model.posterior model.gradient model.gradientPenalty model.objective"
                                + " model.priorRows model.priorCovariance model.start model.trim"
                                + " model.informationWeight model.classifier model.labelSmoothing model.spectralNormalization"
                                + " model.importanceSamples model.samples score.samples score.importanceSamples"
                                + " evaluate.features.layer evaluate.features.model train.acceleration train.chainSteps"
                                + " train.leapfrogSteps train.draws train.stepExponent train.learningRate train.stages"
                                + " train.discriminatorLearningRate train.optimizer.beta1 train.optimizer.momentum"
                                + " train.optimizer.weightDecay train.optimizer.clipNorm train.outer.type"
                                + " train.outer.movingAverage train.roundsPerEpoch")
                        .split(" "));

        static Level of(String path) {
            return BASIC_PATHS.contains(path) ? BASIC : EXPERT_PATHS.contains(path) ? EXPERT : ADVANCED;
        }
    }
}
