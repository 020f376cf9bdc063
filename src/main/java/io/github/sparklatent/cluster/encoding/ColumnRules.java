package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnSetting;
import io.github.sparklatent.columns.ColumnSummary;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.learn.DataException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Decides what one column is, from the summary of its values.
 *
 * @param field the column
 * @param summary summary of its values
 * @param numbers type of a column of numbers without a setting: NUMBER, QUANTILE or BOTH
 * @param encoders makes the encoders of the columns that are used
 */
record ColumnRules(StructField field, ColumnSummary summary, ColumnType numbers, ChosenEncoders encoders) {
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
    ColumnDecision choose() {
        if (summary.present() == 0) {
            return leftOut(
                    summary.undecoded == 0
                            ? "no value"
                            : "texts with bytes that are no character; set data.options.encoding, for example windows-1252");
        }
        ColumnType type = type();
        // Another value in a new row is an anomaly.
        if (summary.isConstant() && !(numbers == ColumnType.BOTH && type == ColumnType.NUMBER)) {
            return leftOut("constant");
        }
        if (type == null) {
            return leftOut(tooMany(ColumnSetting.CATEGORIES));
        }
        if (type == ColumnType.NUMBER && isKey()) {
            return leftOut("an id: whole numbers, different in every row");
        }
        boolean isLevel = type == ColumnType.CATEGORY && summary.present() >= MIN_TEXTS;
        if (isLevel && summary.distinct.estimate() >= DIFFERENT * summary.present()) {
            return leftOut(tooMany(ColumnSetting.CATEGORIES));
        }
        return use(type);
    }

    private ColumnDecision use(ColumnType type) {
        if (numbers.isRanked() && type == ColumnType.ARRAY) {
            throw new DataException(
                    "data.scale is %s, but features column \"%s\" is %s, expected columns of single numbers; choose others by data.features, or set another data.scale"
                            .formatted(numbers, field.name(), field.dataType().simpleString()));
        }
        return encoders.use(field, summary, type == ColumnType.NUMBER ? numbers : type, "");
    }

    /** Decides about a column of data.features, which is never left out. */
    ColumnDecision named() {
        ColumnType type = type();
        if (type == null) {
            throw new DataException(
                    "features column \"%s\" has %s; expected at most %d categories, numbers or dates; set data.columns.%s = { type = category, categories = N }, or leave it out"
                            .formatted(
                                    field.name(),
                                    tooMany(ColumnSetting.CATEGORIES),
                                    ColumnSetting.CATEGORIES,
                                    field.name()));
        }
        return use(type);
    }

    /** Decides about a column of data.columns. */
    ColumnDecision set(ColumnSetting setting) {
        ColumnType type = setting.type();
        switch (type) {
            case NUMBER, COUNT, LOG, QUANTILE, BOTH -> requireNumbers(type);
            case CATEGORY -> {
                if (summary.categories.areMany() || summary.categories.size() > setting.categories()) {
                    throw misfit(
                            type,
                            tooMany(setting.categories()),
                            "at most %d categories; set data.columns.%s = { type = category, categories = N }"
                                    .formatted(setting.categories(), field.name()));
                }
            }
            case BOOLEAN -> {
                if (summary.booleans < summary.present()) {
                    throw misfit(type, others(summary), "true and false");
                }
            }
            case DATE, TIMESTAMP -> {
                if (hasOthersThanDates()) {
                    throw misfit(type, others(summary), "texts like 2024-01-31");
                }
            }
            case ARRAY, IGNORE -> {
                if (summary.longest < 0) {
                    throw misfit(type, "no arrays", "a vector or an array of numbers");
                }
            }
        }
        return encoders.use(field, summary, type, "data.columns; ");
    }

    private void requireNumbers(ColumnType type) {
        if (summary.texts() > 0 && !hasFewTexts()) {
            String fix = summary.numbers == 0 ? "remove this setting" : "add these values to data.missing";
            throw misfit(type, others(summary), "numbers; " + fix);
        }
        boolean isNegative = summary.numbers > 0 && summary.least < 0;
        if (type == ColumnType.LOG && isNegative) {
            throw misfit(type, "numbers down to " + summary.least, "numbers that are not negative");
        }
        if (type == ColumnType.COUNT && (isNegative || summary.wholes < summary.numbers)) {
            throw misfit(type, "other numbers than whole ones from 0 on", "counts: 0, 1, 2, ...");
        }
    }

    private DataException misfit(ColumnType type, String found, String expected) {
        return new DataException(
                "data.columns says that column \"%s\" is %s, but it has %s, expected %s"
                        .formatted(field.name(), type, found, expected),
                texts(summary));
    }

    /** Returns the type that the values show; null if the column is a text with too many values. */
    private ColumnType type() {
        DataType type = field.dataType();
        if (summary.longest >= 0 || FeatureColumns.isFeature(type) && !FeatureColumns.isNumber(type)) {
            return ColumnType.ARRAY;
        }
        if (summary.texts() == 0) {
            return ColumnType.NUMBER;
        }
        if (summary.booleans == summary.present()) {
            return ColumnType.BOOLEAN;
        }
        if (summary.dates > 0 && !hasOthersThanDates()) {
            return summary.times > 0 ? ColumnType.TIMESTAMP : ColumnType.DATE;
        }
        if (hasFewTexts()) {
            return ColumnType.NUMBER;
        }
        return summary.categories.areMany() || summary.categories.size() > ColumnSetting.CATEGORIES
                ? null
                : ColumnType.CATEGORY;
    }

    private boolean hasOthersThanDates() {
        return summary.present() - summary.dates > FEW * summary.present();
    }

    private boolean hasFewTexts() {
        return summary.texts() <= FEW * summary.present()
                && !summary.others.areMany()
                && summary.others.size() <= FEW_TEXTS;
    }

    private boolean isKey() {
        boolean isDifferent = summary.rows >= MIN_NUMBERS
                && summary.missing() == 0
                && summary.isWhole()
                && summary.distinct.estimate() >= DIFFERENT * summary.rows;
        boolean isDense = summary.greatest - summary.least + 1 <= DENSE * summary.rows;
        return isDifferent && (isDense || field.name().toLowerCase(Locale.ROOT).matches("(.*[_. ])?id"));
    }

    private String tooMany(int most) {
        double texts = Math.max(1, summary.texts());
        String different = summary.categories.areMany()
                ? "about %,d different values".formatted((long) summary.distinct.estimate())
                : "%,d different values".formatted(summary.categories.size());
        if (summary.numbers > summary.texts() || summary.numbers > 0 && !summary.others.areMany()) {
            return "%,d numbers beside %s".formatted(summary.numbers, others(summary));
        }
        if (summary.characters / texts >= LONG || summary.spaces / texts >= WORDS) {
            return "free text, " + different;
        }
        return summary.distinct.estimate() >= DIFFERENT * summary.present()
                ? "an id: different in every row"
                : "%s, more than %d categories".formatted(different, most);
    }

    /** Counts the values that are no numbers. */
    static String others(ColumnSummary summary) {
        return summary.texts() > 0
                ? summary.texts() == 1
                        ? "1 text that is no number"
                        : "%,d texts that are no numbers".formatted(summary.texts())
                : "%,d numbers".formatted(summary.numbers);
    }

    /** Names a few of the values that are no numbers, with their counts. */
    static String texts(ColumnSummary summary) {
        return summary.others.areMany() || summary.others.size() == 0
                ? ""
                : summary.others.sorted().stream()
                        .limit(NAMED)
                        .map(entry -> "\"%s\" (%,d times)".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ", ": ", summary.others.size() > NAMED ? ", ..." : ""));
    }

    private ColumnDecision leftOut(String reason) {
        return ColumnDecision.leftOut(field.name(), field.dataType().simpleString(), summary.missingShare(), reason);
    }
}
