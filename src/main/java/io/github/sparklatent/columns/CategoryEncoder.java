package io.github.sparklatent.columns;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One of L categories, as its code or as indicators. The first category, which is the most frequent one, has no
 * indicator: L indicators always add up to 1, and a full covariance of them has no inverse.
 *
 * <pre>
 *   code         y   = index of the category
 *   indicators   y_l = 1 if the value is category l, else 0, for l = 1 ... L − 1
 * </pre>
 *
 * <p>A category that the training rows do not have is a missing value. Missing values are a category of their own, or
 * NaN.
 */
public final class CategoryEncoder implements ColumnEncoder {
    private static final String MISSING = "(missing)";
    private static final List<String> INDICATOR = List.of("no", "yes");

    private final String column;
    private final String writtenAs;

    @JsonProperty(ColumnEncoders.TYPE)
    private final ColumnType kind;

    private final TextFormat text;
    private final List<String> categories;

    @JsonProperty("missingCategory")
    private final boolean hasMissing;

    @JsonProperty("code")
    private final boolean isCode;

    private final String zone;

    @JsonIgnore
    private final Map<String, Integer> codes = new HashMap<>();

    /** Codes by number, if all categories are different numbers: 1 in one table is 1.0 in another. */
    @JsonIgnore
    private final Map<Double, Integer> numbers = new HashMap<>();

    /**
     * Creates the encoder of a category.
     *
     * @param writtenAs Spark's type in tables that are written, as JSON
     * @param kind CATEGORY or BOOLEAN, which ignores case
     * @param categories texts of the categories; the first has no indicator
     * @param hasMissing whether a missing value is a further category, after the others
     * @param isCode whether the category is one number, not indicators
     * @param zone time zone of timestamps
     */
    @JsonCreator
    public CategoryEncoder(
            @JsonProperty("column") String column,
            @JsonProperty("writtenAs") String writtenAs,
            @JsonProperty(ColumnEncoders.TYPE) ColumnType kind,
            @JsonProperty("text") TextFormat text,
            @JsonProperty("categories") List<String> categories,
            @JsonProperty("missingCategory") boolean hasMissing,
            @JsonProperty("code") boolean isCode,
            @JsonProperty("zone") String zone) {
        this.column = column;
        this.writtenAs = writtenAs;
        this.kind = kind;
        this.text = text;
        this.categories = List.copyOf(categories);
        this.hasMissing = hasMissing;
        this.isCode = isCode;
        this.zone = zone;
        for (String level : categories) {
            codes.put(level, codes.size());
            if (text.isNumber(level)) {
                numbers.put(text.number(level), codes.size() - 1);
            }
        }
        if (numbers.size() < categories.size()) {
            numbers.clear();
        }
    }

    @Override
    public String column() {
        return column;
    }

    @Override
    public String writtenAs() {
        return writtenAs;
    }

    @Override
    public String zone() {
        return zone;
    }

    private int count() {
        return categories.size() + (hasMissing ? 1 : 0);
    }

    @Override
    public List<Feature> features() {
        if (isCode) {
            List<String> names = new ArrayList<>(categories);
            if (hasMissing) {
                names.add(MISSING);
            }
            return List.of(new Feature(column, Feature.Kind.CATEGORY, names));
        }
        return IntStream.range(1, count())
                .mapToObj(level -> new Feature(
                        column + "=" + (level < categories.size() ? categories.get(level) : MISSING),
                        Feature.Kind.CATEGORY,
                        INDICATOR))
                .toList();
    }

    @Override
    public boolean encode(Object value, double[] row, int at) {
        int level = level((String) value);
        if (isCode) {
            row[at] = level < 0 ? Double.NaN : level;
        } else {
            Arrays.fill(row, at, at + count() - 1, level < 0 ? Double.NaN : 0);
            if (level > 0) {
                row[at + level - 1] = 1;
            }
        }
        return true;
    }

    @Override
    public boolean isUnknown(Object value) {
        String written = value == null ? "" : ((String) value).strip();
        return !text.isMissing(written) && !written.isEmpty() && code(written) == null;
    }

    /** Returns the index of a value's category; -1 if it has none. */
    private int level(String value) {
        String written = value == null ? "" : value.strip();
        Integer code = value == null || text.isMissing(written) ? null : code(written);
        return code != null ? code : hasMissing ? categories.size() : -1;
    }

    /** Returns the index of a category; null if the training rows did not have it. */
    private Integer code(String written) {
        Integer code = codes.get(kind == ColumnType.BOOLEAN ? written.toLowerCase(Locale.ROOT) : written);
        return code == null && !numbers.isEmpty() && text.isNumber(written) ? numbers.get(text.number(written)) : code;
    }

    @Override
    public Object decode(double[] row, int at) {
        int level = nearest(row, at);
        return level < 0 ? null : categories.get(level);
    }

    @Override
    public double compared(double[] row, int at) {
        int level = nearest(row, at);
        return level < 0 ? Double.NaN : level;
    }

    /** Returns the index of the category that some numbers are nearest to; -1 if the value is missing. */
    private int nearest(double[] row, int at) {
        if (count() > 1 && Double.isNaN(row[at])) {
            return -1;
        }
        int level = isCode && count() > 1
                ? (int) Math.rint(Math.min(Math.max(row[at], 0), count() - 1.0))
                : greatest(row, at);
        return level < categories.size() ? level : -1;
    }

    /** Returns the category with the greatest indicator; that of the first category is 1 − the others. */
    private int greatest(double[] row, int at) {
        double first = 1;
        for (int i = 0; i < count() - 1; i++) {
            first -= row[at + i];
        }
        int best = 0;
        double most = first;
        for (int i = 0; i < count() - 1; i++) {
            if (row[at + i] > most) {
                most = row[at + i];
                best = i + 1;
            }
        }
        return best;
    }

    @Override
    public ColumnEncoder withCodes() {
        return isCode ? this : new CategoryEncoder(column, writtenAs, kind, text, categories, hasMissing, true, zone);
    }

    @Override
    public Decoded decoded() {
        return Decoded.TEXT;
    }
}
