package io.github.sparklatent.config;

import java.util.List;
import java.util.Optional;

/**
 * A condition without which a key has no effect, written as in messages: {@code "model.fit is stepwise-em or
 * gradient"}.
 *
 * @param path path of the other key
 * @param words values of the other key with which the key has an effect
 */
record Condition(String path, List<String> words) {
    /** Reads a condition; empty if the text is. */
    static Optional<Condition> of(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.split(" is ");
        return Optional.of(new Condition(parts[0], List.of(parts[1].split(", | or "))));
    }

    /** Returns the condition for a key that has some of the values only. */
    Condition among(List<String> values) {
        return new Condition(path, words.stream().filter(values::contains).toList());
    }

    @Override
    public String toString() {
        int last = words.size() - 1;
        String before = String.join(", ", words.subList(0, last));
        return path + " is " + before + (last > 0 ? " or " : "") + words.get(last);
    }
}
