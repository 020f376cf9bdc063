package io.github.sparklatent.ml.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes and reads maps, lists, texts and numbers as JSON. NaN and infinities become null. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Returns a value as one line of JSON. */
    public static String line(Object value) {
        return write(MAPPER.writer(), finite(value, UnaryOperator.identity()));
    }

    /** Returns a value as one line of JSON, whose keys are in alphabetical order. */
    public static String sorted(Object value) {
        return write(MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS), value);
    }

    /**
     * Prints a value without credentials as one line of JSON with a line break at the end. The line may be longer than
     * one text can be.
     */
    public static void print(Object value, PrintStream out) {
        Writer pieces = new Writer() {
            @Override
            public void write(char[] characters, int from, int length) {
                out.append(CharBuffer.wrap(characters, from, length));
            }

            @Override
            public void flush() {
                out.flush();
            }

            @Override
            public void close() {}
        };
        try {
            MAPPER.writeValue(pieces, finite(value, Redaction::of));
        } catch (IOException e) {
            throw new IllegalStateException("a value cannot be written as JSON", e);
        }
        out.print("\n");
    }

    /** Returns a value without credentials as indented JSON with a line break at the end, the content of a file. */
    public static String text(Object value) {
        return write(MAPPER.writer(SerializationFeature.INDENT_OUTPUT), finite(value, Redaction::of)) + "\n";
    }

    /** Returns the entries of a JSON object, in order. */
    public static Map<String, Object> parse(String object) {
        try {
            Map<String, Object> entries =
                    MAPPER.readValue(String.valueOf(object), new TypeReference<LinkedHashMap<String, Object>>() {});
            if (entries == null) { // the text is "null"
                throw new DataException("not a JSON object: null");
            }
            return entries;
        } catch (JsonProcessingException e) {
            throw new DataException("not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns a map of alternating keys and values, in order. */
    public static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }

    private static String write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value cannot be written as JSON: " + value, e);
        }
    }

    private static Object finite(Object value, UnaryOperator<String> texts) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(finite(key, texts), finite(entry, texts)));
            return copy;
        }
        if (value instanceof Iterable<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(entry -> copy.add(finite(entry, texts)));
            return copy;
        }
        if (value instanceof String text) {
            return texts.apply(text);
        }
        return value instanceof Double number && !Double.isFinite(number) ? null : value;
    }
}
