package io.github.sparklatent.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Nested sections of plain values, in insertion order. */
public final class PlainTree {
    private PlainTree() {}

    /**
     * Puts a value at a path; creates missing sections.
     *
     * @param root Modified.
     * @param path names separated by dots
     */
    @SuppressWarnings("unchecked") // this method puts maps as sections
    public static void put(Map<String, Object> root, String path, Object value) {
        Map<String, Object> section = root;
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            section = (Map<String, Object>)
                    section.computeIfAbsent(names[i], unused -> new LinkedHashMap<String, Object>());
        }
        section.put(names[names.length - 1], value);
    }
}
