package io.github.sparklatent.config.value;

/** The form in which a Spark Param holds the value of a key. */
public enum ParamForm {
    INT,
    LONG,
    DOUBLE,
    BOOLEAN,
    STRING,
    /** An array of integers. */
    INTS,
    /** An array of strings, the elements of a list of texts, as they are. */
    TEXTS,
    /** An array of strings, each of which is one element of the list in HOCON. */
    STRINGS,
    /** An array of strings, each of which is an integer; or the only one is a word. */
    COUNTS,
    /** One string: the value in HOCON, as in a configuration file after the equals sign. */
    HOCON
}
