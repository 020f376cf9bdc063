package io.github.sparklatent.columns;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * The way in which the texts of a table write numbers and missing values. White space around a text has no meaning.
 *
 * @param missing texts that stand for a missing value, compared exactly
 * @param decimal character before the decimals of a number: a point or a comma
 */
public record TextFormat(List<String> missing, char decimal) implements Serializable {
    /** The default format. Defaults are defined here only. */
    public static final TextFormat DEFAULT = new TextFormat(List.of("", "NA", "?"), '.');

    /** Unicode's character in place of bytes that are no character in the encoding. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /** Largest number of columns of a CSV file. A parser keeps 8 bytes for each of them. */
    public static final int MAX_COLUMNS = 1 << 17;

    public TextFormat {
        missing = List.copyOf(missing);
        Require.that(decimal == '.' || decimal == ',', "decimal is \"%s\", expected a point or a comma", decimal);
    }

    /** Returns whether a text without white space around it stands for a missing value. */
    public boolean isMissing(String text) {
        return missing.contains(text);
    }

    /** Returns whether bytes of a text were none in the encoding in which it was read. */
    public static boolean isUndecoded(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    /**
     * Returns the number that a text without white space around it writes: digits with an optional sign, decimals and
     * exponent, or inf or infinity in any case. NaN if the text is no number or is NaN.
     */
    public double number(String text) {
        double number = shortNumber(text);
        return !Double.isNaN(number) ? number : isNumeral(text) ? Double.parseDouble(point(text)) : word(text);
    }

    /**
     * Returns the number of up to 15 digits without an exponent; NaN of any other text. The digits as a whole number
     * and the power of ten are exact doubles, so the quotient is the nearest double to the number (Clinger, How to Read
     * Floating Point Numbers Accurately, 1990).
     */
    private double shortNumber(String text) {
        int length = text.length();
        int point = length;
        long digits = 0;
        int at = skipSign(text, 0);
        int seen = length - at;
        if (seen > TENS.length) {
            return Double.NaN;
        }
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits = 10 * digits + c - '0';
            } else if (c == decimal && point == length) {
                point = at;
                seen--;
            } else {
                return Double.NaN;
            }
        }
        if (seen == 0 || seen == TENS.length) {
            return Double.NaN;
        }
        double number = point == length ? digits : digits / TENS[length - point - 1];
        return text.charAt(0) == '-' ? -number : number;
    }

    /** Returns whether a text without white space around it is a number or NaN. */
    public boolean isNumber(String text) {
        return !Double.isNaN(number(text)) || text.equalsIgnoreCase("NaN");
    }

    /** Returns the number of decimals of a number; 0 if it has none or has an exponent. */
    public int decimals(String text) {
        int point = text.indexOf(decimal);
        boolean isScientific = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        return point < 0 || isScientific ? 0 : text.length() - point - 1;
    }

    private String point(String text) {
        return decimal == '.' ? text : text.replace(decimal, '.');
    }

    private static double word(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    /** Returns whether a text is a numeral. Double.parseDouble would also read 1d and 0x1p3. */
    private boolean isNumeral(String text) {
        int length = text.length();
        int at = skipSign(text, 0);
        int digits = skipDigits(text, at);
        int seen = digits - at;
        if (digits < length && text.charAt(digits) == decimal) {
            int end = skipDigits(text, digits + 1);
            seen += end - digits - 1;
            digits = end;
        }
        if (seen == 0) {
            return false;
        }
        if (digits < length && (text.charAt(digits) == 'e' || text.charAt(digits) == 'E')) {
            int exponent = skipSign(text, digits + 1);
            digits = skipDigits(text, exponent);
            return digits > exponent && digits == length;
        }
        return digits == length;
    }

    private static int skipSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
