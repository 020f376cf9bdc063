package io.github.sparklatent.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Formats numbers for readers: four significant digits, a thousands separator, and a true minus sign. */
public final class Numbers {

    /** The text for a missing number. */
    public static final String ABSENT = "–";

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final int DIGITS = 4;

    private Numbers() {}

    /** Formats a whole number: 1,617. */
    public static String count(long value) {
        return minus(String.format(Locale.ROOT, "%,d", value));
    }

    /** Formats a count that may be a sum of weights: all digits if it is whole, else four significant digits. */
    public static String amount(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? count((long) value) : figure(value);
    }

    /**
     * Formats a measured number with four significant digits, or with all digits of its whole part: −123.4, 412,346,
     * 1.235 × 10¹². NaN becomes a dash.
     */
    public static String figure(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= 9 || exponent < -4) {
            return scientific(rounded.scaleByPowerOfTen(-exponent).setScale(DIGITS - 1), exponent);
        }
        int decimals = Math.max(0, DIGITS - 1 - exponent);
        return minus(String.format(Locale.ROOT, "%,." + decimals + "f", value));
    }

    /** Formats a number that a person chose, such as a tolerance, without trailing zeros. */
    public static String chosen(double value) {
        String text = figure(value);
        int power = text.indexOf(" × ");
        String mantissa = power < 0 ? text : text.substring(0, power);
        String rest = power < 0 ? "" : text.substring(power);
        return (mantissa.indexOf('.') < 0 ? mantissa : mantissa.replaceAll("\\.?0+$", "")) + rest;
    }

    /** Formats a share of 1 as a percentage: 10.2%, 0.04%. */
    public static String percent(double share) {
        if (!Double.isFinite(share)) {
            return notFinite(share);
        }
        double value = 100 * share;
        double size = Math.abs(value);
        int decimals = size == 0 || size >= 0.95 ? 1 : size >= 0.0095 ? 2 : 4;
        return minus(String.format(Locale.ROOT, "%." + decimals + "f%%", value));
    }

    /** Formats a duration: 0.123 s, 12.3 s, 3 min 12 s, 2 h 5 min. */
    public static String seconds(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        if (value < 99.95) {
            int decimals = value < 0.9995 ? 3 : value < 9.995 ? 2 : 1;
            return String.format(Locale.ROOT, "%." + decimals + "f s", value);
        }
        long whole = Math.round(value);
        return whole < 3600
                ? "%s min %s s".formatted(whole / 60, whole % 60)
                : "%s h %s min".formatted(count(whole / 3600), whole % 3600 / 60);
    }

    /** Formats a deviation for a narrow table cell: 1.2, −0.3, 12. */
    public static String deviation(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        double size = Math.abs(value);
        if (size >= 1000) {
            return exponential(value, 0);
        }
        String text = String.format(Locale.ROOT, size < 9.95 ? "%.1f" : "%.0f", value);
        return text.equals("-0.0") ? "0.0" : minus(text);
    }

    /** Formats a number of any size for a narrow table cell: 107, 0.466, 4, −5.4e−4. */
    public static String brief(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        double size = Math.abs(value);
        if (size >= 1e6 || size > 0 && size < 1e-3) {
            return exponential(value, 2);
        }
        int whole = size < 1 ? 0 : (int) Math.log10(size);
        int decimals = size < 0.1 ? 4 : Math.max(0, 2 - whole + (size < 1 ? 1 : 0));
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value + 0.0);
        return minus(decimals > 0 ? text.replaceAll("\\.?0+$", "") : text);
    }

    /**
     * Formats the label of an axis tick.
     *
     * @param step distance between neighbouring ticks, which determines the number of decimals
     */
    public static String tick(double value, double step) {
        double size = Math.abs(value);
        if (size >= 1e6 || size > 0 && size < 1e-4) {
            return exponential(value, decimals(step / size));
        }
        String grouping = size < 10_000 ? "" : ",";
        return minus(String.format(Locale.ROOT, "%" + grouping + "." + decimals(step) + "f", value + 0.0));
    }

    /** Formats a number as 1.05e13, without trailing zeros. */
    private static String exponential(double value, int decimals) {
        String[] parts =
                String.format(Locale.ROOT, "%." + decimals + "e", value).split("e");
        String mantissa = parts[0].contains(".") ? parts[0].replaceAll("\\.?0+$", "") : parts[0];
        return minus(mantissa + "e" + Integer.parseInt(parts[1]));
    }

    private static int decimals(double step) {
        return step > 0 ? (int) Math.max(0, Math.min(9, -Math.floor(Math.log10(step) + 1e-9))) : 2;
    }

    private static String scientific(BigDecimal mantissa, int exponent) {
        StringBuilder power = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            power.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return minus(mantissa.toPlainString()) + " × 10" + power;
    }

    private static String notFinite(double value) {
        return Double.isNaN(value) ? ABSENT : value > 0 ? "∞" : "−∞";
    }

    private static String minus(String text) {
        return text.replace('-', '−');
    }
}
