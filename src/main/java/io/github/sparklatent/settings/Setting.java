package io.github.sparklatent.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component of an options record as a setting. Its default is the component's value in the options that a
 * model type starts from, usually the constant {@code DEFAULT} of the record. The type of the component determines
 * which values can be written: a number, a boolean, a text, a constant of an enum, or a list or a map of these.
 *
 * <p>A component without a meaning takes the value of a setting that another record declares, such as
 * {@code train.seed}. A component without this annotation, whose type is a record or a list of records, is searched for
 * settings as well.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** Path of the key, {@code train.maxRounds}. */
    String key() default "";

    /**
     * Record whose component of the same name declares the setting. What is given here replaces what is given there.
     * The default of the Spark Param is not taken over.
     */
    Class<?> as() default void.class;

    /** One line that explains the setting. */
    String meaning() default "";

    /** Allowed numbers, {@code "> 0 and <= 1"}; empty: all. */
    String range() default "";

    /** Unit of the value; empty if it has none. */
    String unit() default "";

    /**
     * Meaning of a missing value. If it is given, the setting has no default in a configuration, and the component's
     * default is what its record makes of a missing value. An {@code Optional} that is present in the default options
     * is a default nevertheless.
     */
    String absent() default "";

    /** Name of the Spark Param if spark.ml has an established one; empty: the name of the key; {@code "-"}: none. */
    String param() default "";

    /** Default of the Spark Param in HOCON, if it differs from the default of the key. */
    String estimatorDefault() default "";

    /** Names of the constants that are allowed; empty: all of the enum. */
    String[] values() default {};

    /** Word for an empty list; empty: the list has at least one element. */
    String emptyAs() default "";

    /** Noun for a text in messages, {@code "a path"}; empty: {@code "a text"}. */
    String noun() default "";

    /** Regular expression that a text must match; empty: any text that is not empty. */
    String pattern() default "";

    /**
     * Advice for some values that people expect, and that are not allowed: {@code "jdbc, hive: name the table in
     * data.table"}.
     */
    String[] advice() default {};

    /** Whether only the model types that list the key have it. */
    boolean offered() default false;

    /** Class that reads the value, for values that are more than their Java type says. */
    Class<?> type() default void.class;

    /** Condition without which a value has no effect and is refused: {@code "model.fit is stepwise-em or gradient"}. */
    String onlyIf() default "";

    /**
     * Whether the value selects the defaults of the record's other components. The static method {@code of} of the
     * record returns them.
     */
    boolean presets() default false;
}
