package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * A name with what belongs to it in parentheses, e.g. {@code convolution(32,4,2,1)}.
 *
 * @param name without parentheses and commas
 * @param parts may be none
 */
record Term(String name, List<Term> parts) {
    Term {
        parts = List.copyOf(parts);
    }

    /** A name with parts that have none of their own. */
    static Term of(String name, Object... parts) {
        List<Term> leaves = new ArrayList<>();
        for (Object part : parts) {
            leaves.add(part instanceof Term term ? term : new Term(part.toString(), List.of()));
        }
        return new Term(name, leaves);
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException for any other text
     */
    static Term parse(String text) {
        int[] at = {0};
        Term term = parse(text, at);
        Require.that(
                at[0] == text.length(),
                "\"%s\" ends at character %d, expected nothing after it",
                text,
                at[0]);
        return term;
    }

    private static Term parse(String text, int[] at) {
        int from = at[0];
        while (at[0] < text.length() && "(),".indexOf(text.charAt(at[0])) < 0) {
            at[0]++;
        }
        Require.that(at[0] > from, "\"%s\" has no name at character %d", text, from);
        String name = text.substring(from, at[0]);
        List<Term> parts = new ArrayList<>();
        if (at[0] < text.length() && text.charAt(at[0]) == '(') {
            do {
                at[0]++;
                parts.add(parse(text, at));
            } while (at[0] < text.length() && text.charAt(at[0]) == ',');
            Require.that(
                    at[0] < text.length() && text.charAt(at[0]) == ')',
                    "\"%s\" has no ) at character %d",
                    text,
                    at[0]);
            at[0]++;
        }
        return new Term(name, parts);
    }

    /** A part, which has to be there. */
    Term part(int index) {
        Require.that(index < parts.size(), "%s has %d parts, expected more", name, parts.size());
        return parts.get(index);
    }

    /** The name of a part as a whole number. */
    int integer(int index) {
        String text = part(index).name;
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s has \"%s\", expected a whole number".formatted(name, text), e);
        }
    }

    /** The name of a part as a number. */
    double number(int index) {
        String text = part(index).name;
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s has \"%s\", expected a number".formatted(name, text), e);
        }
    }

    @Override
    public String toString() {
        return parts.isEmpty()
                ? name
                : name + parts.toString().replace(", ", ",").replace('[', '(').replace(']', ')');
    }
}
