package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.columns.ArrayEncoder;
import io.github.sparklatent.columns.CategoryEncoder;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ColumnEncoders.NumberEncoder;
import io.github.sparklatent.columns.ColumnSummary;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.columns.DateEncoder;
import io.github.sparklatent.columns.DateEncoder.DateParts;
import io.github.sparklatent.columns.DateText;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.QuantileKnots;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the encoders of columns whose types are known, from the facts about their values.
 *
 * @param text format of numbers and missing values in texts
 * @param areCodes whether a category is one number, not indicators, and the cycles of dates are categories
 * @param invalid handling of values that cannot be used: if they are kept, missing values stay missing, unless an
 *     indicator tells nothing else; else they are a category of their own
 * @param zone time zone of timestamps
 * @param warnings receives sentences about values that are read as missing. Modified.
 */
record ChosenEncoders(TextFormat text, boolean areCodes, Invalid invalid, String zone, List<String> warnings) {
    private static final Logger LOG = LoggerFactory.getLogger(ChosenEncoders.class);

    /** Largest number of ranks of a column that quantiles are chosen from. */
    private static final int RANKS = 20_000;

    /**
     * Fewest cycles that a date with categories runs through. Within fewer, the date tells the category, and a mixture
     * whose components have them independent of each other splits its groups into times.
     */
    private static final int CYCLES = 8;

    /** Largest number of characters of a text that a message shows. */
    private static final int SHOWN = 40;

    /**
     * Returns the decision to use a column.
     *
     * @param reason beginning of the reason
     */
    ColumnDecision use(StructField field, ColumnSummary summary, ColumnType type, String reason) {
        checkDecoded(field, summary);
        double missing = summary.missingShare();
        List<String> parts = new ArrayList<>();
        ColumnEncoder encoder = switch (type) {
            case NUMBER, COUNT, LOG, QUANTILE, BOTH -> number(field, summary, type, parts);
            case CATEGORY, BOOLEAN -> category(field, summary, type, parts);
            case DATE, TIMESTAMP -> date(field, summary, type, parts);
            case ARRAY, IGNORE -> array(field, summary, parts);
        };
        missingReason(summary, type, parts);
        return ColumnDecision.used(field.name(), type, missing, reason + String.join(", ", parts), encoder);
    }

    /** Refuses texts that were not read in their encoding, or warns that they are missing. */
    private void checkDecoded(StructField field, ColumnSummary summary) {
        if (summary.undecoded > 0) {
            String shown = summary.firstUndecoded.substring(0, Math.min(SHOWN, summary.firstUndecoded.length()));
            String found = "column \"%s\" has %,d of %,d texts with bytes that are no character"
                    .formatted(field.name(), summary.undecoded, summary.rows);
            if (invalid == Invalid.ERROR) {
                throw new DataException(
                        "%s; is the file in another encoding than UTF-8? Set data.options.encoding, for example windows-1252, or data.invalid = skip to read such texts as missing"
                                .formatted(found),
                        " (such as \"%s\")".formatted(shown));
            }
            warnings.add(found + "; they are read as missing");
        }
    }

    private void missingReason(ColumnSummary summary, ColumnType type, List<String> parts) {
        List<String> markers = summary.markers.sorted().stream()
                .filter(entry -> !entry.getKey().isEmpty())
                .map(entry -> "\"%s\" %,d times".formatted(entry.getKey(), entry.getValue()))
                .toList();
        parts.addAll(markers);
        if (isMissingLevel(summary, type)) {
            parts.add("missing is a category");
        }
    }

    /** Returns whether missing values are a category. Beside one category they are kept so: it has no indicator. */
    private boolean isMissingLevel(ColumnSummary summary, ColumnType type) {
        boolean isFlag = type == ColumnType.CATEGORY
                && !areCodes
                && summary.categories.names().size() < 2;
        return summary.missing() > 0
                && (type == ColumnType.CATEGORY || type == ColumnType.BOOLEAN)
                && (isFlag || invalid != Invalid.KEEP);
    }

    private ColumnEncoder number(StructField field, ColumnSummary summary, ColumnType type, List<String> parts) {
        if (summary.texts() > 0) {
            LOG.warn("column \"{}\" has texts that are read as missing{}", field.name(), ColumnRules.texts(summary));
            warnings.add(
                    "column \"%s\" is read as numbers, and %s as missing; if they are not missing, set data.columns.%s = category"
                            .formatted(field.name(), ColumnRules.others(summary), field.name()));
            parts.add("read as missing: " + ColumnRules.others(summary));
        }
        boolean isText = field.dataType() instanceof StringType;
        boolean isWhole = summary.isWhole() && (!isText || summary.decimals == 0);
        DataType written = !isText ? field.dataType() : isWhole ? DataTypes.LongType : DataTypes.DoubleType;
        int decimals = isWhole || field.dataType() instanceof IntegralType
                ? 0
                : field.dataType() instanceof DecimalType exact
                        ? exact.scale()
                        : isText && summary.decimals > 0
                                        || field.dataType() instanceof DoubleType && summary.hasFewDecimals()
                                ? summary.decimals
                                : -1;
        if (summary.numbers > 0) {
            parts.add(
                    0,
                    "%s from %s to %s"
                            .formatted(
                                    isWhole ? "whole numbers" : "numbers",
                                    shown(summary.least),
                                    shown(summary.greatest)));
        }
        return new NumberEncoder(
                field.name(),
                written.json(),
                type,
                text,
                summary.least,
                summary.greatest,
                summary.numbers,
                decimals,
                type.isRanked() ? ranks(field, summary, type) : null);
    }

    private static QuantileKnots ranks(StructField field, ColumnSummary summary, ColumnType type) {
        double[] numbers = summary.counts.sorted(RANKS);
        if (numbers.length == 0) {
            throw new DataException(
                    "column \"%s\" is %s, but it has no finite number, expected some; set data.columns.%s = ignore to leave it out"
                            .formatted(field.name(), type, field.name()));
        }
        return QuantileKnots.of(numbers);
    }

    /** Returns a whole number as it is, another one with six significant digits. */
    private static String shown(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return String.valueOf((long) number);
        }
        return Double.isInfinite(number)
                ? String.valueOf(number)
                : new BigDecimal(number)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toString();
    }

    private ColumnEncoder category(StructField field, ColumnSummary summary, ColumnType type, List<String> parts) {
        boolean isBoolean = type == ColumnType.BOOLEAN;
        List<String> categories = isBoolean ? List.of("false", "true") : summary.categories.names();
        boolean hasMissing = isMissingLevel(summary, type);
        parts.add("%d categories".formatted(categories.size()));
        DataType written =
                isBoolean && field.dataType() instanceof StringType ? DataTypes.BooleanType : field.dataType();
        return new CategoryEncoder(field.name(), written.json(), type, text, categories, hasMissing, areCodes, zone);
    }

    private ColumnEncoder date(StructField field, ColumnSummary summary, ColumnType type, List<String> parts) {
        long others = summary.present() - summary.dates;
        if (others > 0) {
            warnings.add(
                    "column \"%s\" is read as dates, and %,d values that are no dates as missing; if they are not missing, set data.columns.%s = category"
                            .formatted(field.name(), others, field.name()));
        }
        double span = summary.lastDay - summary.firstDay;
        boolean hasTimes = type == ColumnType.TIMESTAMP && summary.hasTimeOfDay;
        List<DateParts> cycles = Stream.of(DateParts.values())
                .filter(part -> span >= part.days() * (areCodes ? CYCLES : part == DateParts.YEAR ? 0.5 : 1))
                .filter(part -> part != DateParts.WEEK || Integer.bitCount(summary.weekdays) > 1)
                .filter(part -> part != DateParts.DAY || hasTimes)
                .toList();
        parts.add("from %s to %s"
                .formatted(DateText.date(Math.floor(summary.firstDay)), DateText.date(Math.floor(summary.lastDay))));
        Map<DateParts, String> names = Map.of(
                DateParts.YEAR, areCodes ? "month" : "day of year",
                DateParts.WEEK, "day of week",
                DateParts.DAY, areCodes ? "hour" : "time of day");
        cycles.forEach(cycle -> parts.add(names.get(cycle)));
        DataType written = field.dataType() instanceof StringType && type == ColumnType.DATE
                ? DataTypes.DateType
                : field.dataType();
        return new DateEncoder(
                field.name(),
                written.json(),
                type,
                summary.firstDay,
                summary.lastDay,
                cycles,
                areCodes,
                !hasTimes,
                zone);
    }

    private static ColumnEncoder array(StructField field, ColumnSummary summary, List<String> parts) {
        if (summary.longest > summary.shortest) {
            throw new DataException(
                    "the rows differ in length: from %d to %d numbers in features \"%s\", expected the same number in each"
                            .formatted(summary.shortest, summary.longest, field.name()));
        }
        parts.add("%d numbers".formatted(Math.max(0, summary.longest)));
        return new ArrayEncoder(
                field.name(),
                DataTypes.createArrayType(DataTypes.DoubleType, false).json(),
                Math.max(0, summary.longest));
    }
}
