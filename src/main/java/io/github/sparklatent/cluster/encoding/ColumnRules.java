package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.learn.DataException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** Decides what one column is, from the facts about its values. */
final class ColumnRules {
    /** Fewest rows of a table in which different numbers show that a column is an id. */
    private static final int FEWEST_NUMBERS = 100;

    /** Fewest rows of a table in which different texts show that a column is an id. */
    private static final int FEWEST_TEXTS = 20;

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

    private final ChosenEncoders encoders;
    private final boolean areRanked;
    private final boolean keepsConstants;

    /**
     * Creates the rules of a table.
     *
     * @param encoders makes the encoders of the columns that are used
     * @param areRanked whether a column of numbers without a setting is {@link ColumnType#QUANTILE}
     * @param keepsConstants whether columns of one value are used
     */
    ColumnRules(ChosenEncoders encoders, boolean areRanked, boolean keepsConstants) {
        this.encoders = encoders;
        this.areRanked = areRanked;
        this.keepsConstants = keepsConstants;
    }

    /** Decides about a column that the configuration does not name. */
    ColumnDecision choose(StructField field, ColumnCensus census) {
        if (census.present() == 0) {
            return leftOut(field, census, "no value");
        }
        if (!keepsConstants && isConstant(census)) {
            return leftOut(field, census, "constant");
        }
        ColumnType type = type(field, census, ColumnSetting.LEVELS);
        if (type == null) {
            return leftOut(field, census, tooMany(census, ColumnSetting.LEVELS));
        }
        if (type == ColumnType.NUMBER && isKey(field.name(), census)) {
            return leftOut(field, census, "an id: whole numbers, different in every row");
        }
        boolean isLevel = type == ColumnType.CATEGORY && census.present() >= FEWEST_TEXTS;
        if (isLevel && census.distinct.estimate() >= DIFFERENT * census.present()) {
            return leftOut(field, census, tooMany(census, ColumnSetting.LEVELS));
        }
        return use(field, census, type);
    }

    private ColumnDecision use(StructField field, ColumnCensus census, ColumnType type) {
        if (areRanked && type == ColumnType.ARRAY) {
            throw new DataException(
                    "data.scale is quantile, but features column \"%s\" is %s, expected columns of single numbers; choose others by data.features, or set another data.scale"
                            .formatted(field.name(), field.dataType().simpleString()));
        }
        boolean isRanked = areRanked && type == ColumnType.NUMBER;
        return encoders.use(field, census, isRanked ? ColumnType.QUANTILE : type, "");
    }

    static boolean isConstant(ColumnCensus census) {
        return census.present() == census.rows && census.longest < 0 && census.distinct.estimate() <= 1;
    }

    /** Decides about a column of data.features, which is never left out. */
    ColumnDecision named(StructField field, ColumnCensus census) {
        ColumnType type = type(field, census, ColumnSetting.LEVELS);
        if (type == null) {
            throw new DataException(
                    "features column \"%s\" has %s; expected at most %d levels, numbers or dates; set data.columns.%s = { type = category, levels = N }, or leave it out"
                            .formatted(
                                    field.name(),
                                    tooMany(census, ColumnSetting.LEVELS),
                                    ColumnSetting.LEVELS,
                                    field.name()));
        }
        return use(field, census, type);
    }

    /** Decides about a column of data.columns. */
    ColumnDecision set(StructField field, ColumnCensus census, ColumnSetting setting) {
        ColumnType type = setting.type();
        switch (type) {
            case NUMBER, COUNT, LOG, QUANTILE -> requireNumbers(field, census, type);
            case CATEGORY -> {
                if (census.levels.areMany() || census.levels.size() > setting.levels()) {
                    throw misfit(
                            field,
                            type,
                            tooMany(census, setting.levels()),
                            "at most %d levels; set data.columns.%s = { type = category, levels = N }"
                                    .formatted(setting.levels(), field.name()));
                }
            }
            case BOOLEAN -> {
                if (census.booleans < census.present()) {
                    throw misfit(field, type, others(census), "true and false");
                }
            }
            case DATE, TIMESTAMP -> {
                if (census.dates < census.present()) {
                    throw misfit(field, type, others(census), "texts like 2024-01-31");
                }
            }
            case ARRAY, IGNORE -> {
                if (census.longest < 0) {
                    throw misfit(field, type, "no arrays", "a vector or an array of numbers");
                }
            }
        }
        return encoders.use(field, census, type, "data.columns; ");
    }

    private void requireNumbers(StructField field, ColumnCensus census, ColumnType type) {
        if (census.texts() > 0 && !hasFewTexts(census)) {
            throw misfit(field, type, others(census), "numbers; add these values to data.missing");
        }
        boolean isNegative = census.numbers > 0 && census.least < 0;
        if (type == ColumnType.LOG && isNegative) {
            throw misfit(field, type, "numbers down to " + census.least, "numbers that are not negative");
        }
        if (type == ColumnType.COUNT && (isNegative || census.wholes < census.numbers)) {
            throw misfit(field, type, "other numbers than whole ones from 0 on", "counts: 0, 1, 2, ...");
        }
    }

    private static DataException misfit(StructField field, ColumnType type, String found, String expected) {
        return new DataException("data.columns says that column \"%s\" is %s, but it has %s, expected %s"
                .formatted(field.name(), type, found, expected));
    }

    /** Returns the type that the values show; null if the column is a text with too many values. */
    private ColumnType type(StructField field, ColumnCensus census, int mostLevels) {
        DataType type = field.dataType();
        if (census.longest >= 0 || FeatureColumns.isFeature(type) && !FeatureColumns.isNumber(type)) {
            return ColumnType.ARRAY;
        }
        if (census.texts() == 0) {
            return ColumnType.NUMBER;
        }
        if (census.booleans == census.present()) {
            return ColumnType.BOOLEAN;
        }
        if (census.dates == census.present()) {
            return census.times > 0 ? ColumnType.TIMESTAMP : ColumnType.DATE;
        }
        if (hasFewTexts(census)) {
            return ColumnType.NUMBER;
        }
        return census.levels.areMany() || census.levels.size() > mostLevels ? null : ColumnType.CATEGORY;
    }

    private static boolean hasFewTexts(ColumnCensus census) {
        return census.texts() <= FEW * census.present()
                && !census.others.areMany()
                && census.others.size() <= FEW_TEXTS;
    }

    private static boolean isKey(String name, ColumnCensus census) {
        boolean isDifferent = census.rows >= FEWEST_NUMBERS
                && census.missing() == 0
                && census.isWhole()
                && census.distinct.estimate() >= DIFFERENT * census.rows;
        boolean isDense = census.greatest - census.least + 1 <= DENSE * census.rows;
        return isDifferent && (isDense || name.toLowerCase(Locale.ROOT).matches("(.*[_. ])?id"));
    }

    private static String tooMany(ColumnCensus census, int most) {
        double texts = Math.max(1, census.texts());
        String different = census.levels.areMany()
                ? "about %,d different values".formatted((long) census.distinct.estimate())
                : "%,d different values".formatted(census.levels.size());
        if (census.numbers > 0 && !census.others.areMany()) {
            return "%,d numbers beside %s".formatted(census.numbers, others(census));
        }
        if (census.characters / texts >= LONG || census.spaces / texts >= WORDS) {
            return "free text, " + different;
        }
        return census.distinct.estimate() >= DIFFERENT * census.present()
                ? "an id: different in every row"
                : "%s, more than %d levels".formatted(different, most);
    }

    /** Names the values that are no numbers, with their counts. */
    static String others(ColumnCensus census) {
        if (census.others.areMany()) {
            return "%,d texts that are no numbers".formatted(census.texts());
        }
        if (census.others.size() == 0) {
            return "%,d numbers".formatted(census.numbers);
        }
        String named = census.others.sorted().stream()
                .limit(NAMED)
                .map(entry -> "\"%s\" (%,d times)".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        return census.others.size() > NAMED ? named + ", ..." : named;
    }

    private ColumnDecision leftOut(StructField field, ColumnCensus census, String reason) {
        return ColumnDecision.leftOut(field.name(), field.dataType().simpleString(), census.missingShare(), reason);
    }
}
