package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

/**
 * Keys of the configuration and their sections, as the reference page has them. {@code DocumentationTest} compares that
 * page with the keys themselves.
 */
record Keys(Set<String> names, Set<String> sections) {
    static Keys ofReference() {
        Set<String> names = new HashSet<>(
                Page.of(Page.SITE.resolve("reference/configuration.md")).firstCells());
        assertThat(names).hasSizeGreaterThan(50).contains("model.type");
        Set<String> sections = new HashSet<>();
        for (String name : names) {
            for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                sections.add(name.substring(0, dot));
            }
        }
        return new Keys(names, sections);
    }

    boolean contains(String path) {
        return names.contains(path) || sections.contains(path);
    }
}
