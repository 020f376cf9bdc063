package io.github.sparklatent.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Plain values as sections of sections, in the order they are put in. */
public final class PlainTree {
    private PlainTree() {}

    /**
     * Puts a value where its path says.
     *
     * @param root Modified.
     * @param path names with dots between them
     */
    @SuppressWarnings("unchecked") // sections are maps: put here
    public static void put(Map<String, Object> root, String path, Object value) {
        Map<String, Object> section = root;
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            section =
                    (Map<String, Object>)
                            section.computeIfAbsent(
                                    names[i], unused -> new LinkedHashMap<String, Object>());
        }
        section.put(names[names.length - 1], value);
    }
}
