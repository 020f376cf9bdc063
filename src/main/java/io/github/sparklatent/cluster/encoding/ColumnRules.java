package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnSetting;
import io.github.sparklatent.columns.ColumnStatistics;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.learn.DataException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Decides what one column is, from the facts about its values.
 *
 * @param encoders makes the encoders of the columns that are used
 * @param numbers type of a column of numbers without a setting: NUMBER, QUANTILE or BOTH
 */
record ColumnRules(ChosenEncoders encoders, ColumnType numbers) {
    /** Fewest rows of a table in which different numbers show that a column is an id. */
    private static final int MIN_NUMBERS = 100;

    /** Fewest rows of a table in which different texts show that a column is an id. */
    private static final int MIN_TEXTS = 20;

    /** Least share of different values of an id. */
    private static final double DIFFERENT = 0.95;

    /** Largest range of whole numbers that number the rows, relative to the number of rows. */
    private static final double DENSE = 1.1;

    /** Largest share of texts in a column that is read as numbers, and how many different ones. */
    private static final double FEW = 0.01;

    private static final int FEW_TEXTS = 5;

    /** Fewest characters and white spaces of a free text, as means. */
    private static final double LONG = 40;

    private static final double WORDS = 3;

    /** Largest number of values that a message names. */
    private static final int NAMED = 5;

    /** Decides about a column that the configuration does not name. */
    ColumnDecision choose(StructField field, ColumnStatistics statistics) {
        if (statistics.present() == 0) {
            return leftOut(
                    field,
                    statistics,
                    statistics.undecoded == 0
                            ? "no value"
                            : "texts with bytes that are no character; set data.options.encoding, for example windows-1252");
        }
        ColumnType type = type(field, statistics, ColumnSetting.CATEGORIES);
        // Another value in a new row is an anomaly.
        if (statistics.isConstant() && !(numbers == ColumnType.BOTH && type == ColumnType.NUMBER)) {
            return leftOut(field, statistics, "constant");
        }
        if (type == null) {
            return leftOut(field, statistics, tooMany(statistics, ColumnSetting.CATEGORIES));
        }
        if (type == ColumnType.NUMBER && isKey(field.name(), statistics)) {
            return leftOut(field, statistics, "an id: whole numbers, different in every row");
        }
        boolean isLevel = type == ColumnType.CATEGORY && statistics.present() >= MIN_TEXTS;
        if (isLevel && statistics.distinct.estimate() >= DIFFERENT * statistics.present()) {
            return leftOut(field, statistics, tooMany(statistics, ColumnSetting.CATEGORIES));
        }
        return use(field, statistics, type);
    }

    private ColumnDecision use(StructField field, ColumnStatistics statistics, ColumnType type) {
        if (numbers.isRanked() && type == ColumnType.ARRAY) {
            throw new DataException(
                    "data.scale is %s, but features column \"%s\" is %s, expected columns of single numbers; choose others by data.features, or set another data.scale"
                            .formatted(numbers, field.name(), field.dataType().simpleString()));
        }
        return encoders.use(field, statistics, type == ColumnType.NUMBER ? numbers : type, "");
    }

    /** Decides about a column of data.features, which is never left out. */
    ColumnDecision named(StructField field, ColumnStatistics statistics) {
        ColumnType type = type(field, statistics, ColumnSetting.CATEGORIES);
        if (type == null) {
            throw new DataException(
                    "features column \"%s\" has %s; expected at most %d categories, numbers or dates; set data.columns.%s = { type = category, categories = N }, or leave it out"
                            .formatted(
                                    field.name(),
                                    tooMany(statistics, ColumnSetting.CATEGORIES),
                                    ColumnSetting.CATEGORIES,
                                    field.name()));
        }
        return use(field, statistics, type);
    }

    /** Decides about a column of data.columns. */
    ColumnDecision set(StructField field, ColumnStatistics statistics, ColumnSetting setting) {
        ColumnType type = setting.type();
        switch (type) {
            case NUMBER, COUNT, LOG, QUANTILE, BOTH -> requireNumbers(field, statistics, type);
            case CATEGORY -> {
                if (statistics.categories.areMany() || statistics.categories.size() > setting.categories()) {
                    throw misfit(
                            field,
                            statistics,
                            type,
                            tooMany(statistics, setting.categories()),
                            "at most %d categories; set data.columns.%s = { type = category, categories = N }"
                                    .formatted(setting.categories(), field.name()));
                }
            }
            case BOOLEAN -> {
                if (statistics.booleans < statistics.present()) {
                    throw misfit(field, statistics, type, others(statistics), "true and false");
                }
            }
            case DATE, TIMESTAMP -> {
                if (hasOthersThanDates(statistics)) {
                    throw misfit(field, statistics, type, others(statistics), "texts like 2024-01-31");
                }
            }
            case ARRAY, IGNORE -> {
                if (statistics.longest < 0) {
                    throw misfit(field, statistics, type, "no arrays", "a vector or an array of numbers");
                }
            }
        }
        return encoders.use(field, statistics, type, "data.columns; ");
    }

    private void requireNumbers(StructField field, ColumnStatistics statistics, ColumnType type) {
        if (statistics.texts() > 0 && !hasFewTexts(statistics)) {
            String fix = statistics.numbers == 0 ? "remove this setting" : "add these values to data.missing";
            throw misfit(field, statistics, type, others(statistics), "numbers; " + fix);
        }
        boolean isNegative = statistics.numbers > 0 && statistics.least < 0;
        if (type == ColumnType.LOG && isNegative) {
            throw misfit(
                    field, statistics, type, "numbers down to " + statistics.least, "numbers that are not negative");
        }
        if (type == ColumnType.COUNT && (isNegative || statistics.wholes < statistics.numbers)) {
            throw misfit(field, statistics, type, "other numbers than whole ones from 0 on", "counts: 0, 1, 2, ...");
        }
    }

    private static DataException misfit(
            StructField field, ColumnStatistics statistics, ColumnType type, String found, String expected) {
        return new DataException(
                "data.columns says that column \"%s\" is %s, but it has %s, expected %s"
                        .formatted(field.name(), type, found, expected),
                texts(statistics));
    }

    /** Returns the type that the values show; null if the column is a text with too many values. */
    private ColumnType type(StructField field, ColumnStatistics statistics, int mostLevels) {
        DataType type = field.dataType();
        if (statistics.longest >= 0 || FeatureColumns.isFeature(type) && !FeatureColumns.isNumber(type)) {
            return ColumnType.ARRAY;
        }
        if (statistics.texts() == 0) {
            return ColumnType.NUMBER;
        }
        if (statistics.booleans == statistics.present()) {
            return ColumnType.BOOLEAN;
        }
        if (statistics.dates > 0 && !hasOthersThanDates(statistics)) {
            return statistics.times > 0 ? ColumnType.TIMESTAMP : ColumnType.DATE;
        }
        if (hasFewTexts(statistics)) {
            return ColumnType.NUMBER;
        }
        return statistics.categories.areMany() || statistics.categories.size() > mostLevels
                ? null
                : ColumnType.CATEGORY;
    }

    private static boolean hasOthersThanDates(ColumnStatistics statistics) {
        return statistics.present() - statistics.dates > FEW * statistics.present();
    }

    private static boolean hasFewTexts(ColumnStatistics statistics) {
        return statistics.texts() <= FEW * statistics.present()
                && !statistics.others.areMany()
                && statistics.others.size() <= FEW_TEXTS;
    }

    private static boolean isKey(String name, ColumnStatistics statistics) {
        boolean isDifferent = statistics.rows >= MIN_NUMBERS
                && statistics.missing() == 0
                && statistics.isWhole()
                && statistics.distinct.estimate() >= DIFFERENT * statistics.rows;
        boolean isDense = statistics.greatest - statistics.least + 1 <= DENSE * statistics.rows;
        return isDifferent && (isDense || name.toLowerCase(Locale.ROOT).matches("(.*[_. ])?id"));
    }

    private static String tooMany(ColumnStatistics statistics, int most) {
        double texts = Math.max(1, statistics.texts());
        String different = statistics.categories.areMany()
                ? "about %,d different values".formatted((long) statistics.distinct.estimate())
                : "%,d different values".formatted(statistics.categories.size());
        if (statistics.numbers > statistics.texts() || statistics.numbers > 0 && !statistics.others.areMany()) {
            return "%,d numbers beside %s".formatted(statistics.numbers, others(statistics));
        }
        if (statistics.characters / texts >= LONG || statistics.spaces / texts >= WORDS) {
            return "free text, " + different;
        }
        return statistics.distinct.estimate() >= DIFFERENT * statistics.present()
                ? "an id: different in every row"
                : "%s, more than %d categories".formatted(different, most);
    }

    /** Counts the values that are no numbers. */
    static String others(ColumnStatistics statistics) {
        return statistics.texts() > 0
                ? statistics.texts() == 1
                        ? "1 text that is no number"
                        : "%,d texts that are no numbers".formatted(statistics.texts())
                : "%,d numbers".formatted(statistics.numbers);
    }

    /** Names a few of the values that are no numbers, with their counts. */
    static String texts(ColumnStatistics statistics) {
        return statistics.others.areMany() || statistics.others.size() == 0
                ? ""
                : statistics.others.sorted().stream()
                        .limit(NAMED)
                        .map(entry -> "\"%s\" (%,d times)".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ", ": ", statistics.others.size() > NAMED ? ", ..." : ""));
    }

    private ColumnDecision leftOut(StructField field, ColumnStatistics statistics, String reason) {
        return ColumnDecision.leftOut(field.name(), field.dataType().simpleString(), statistics.missingShare(), reason);
    }
}
