package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages on the page of troubleshooting are those of the program, three dots for the rest. */
class MessagesTest {
    private static final String DOTS = "...";

    @Test
    void messagesAreThoseOfTheProgram() throws IOException {
        String sources = Names.sources().replaceAll("\"\\s*\\+\\s*\"", "");
        List<String> parts = Page.of(Page.SITE.resolve("operations/troubleshooting.md")).code().stream()
                .filter(code -> code.contains(DOTS))
                .flatMap(code -> Stream.of(code.split("\\.\\.\\.")))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        assertThat(parts)
                .hasSizeGreaterThan(15)
                .allSatisfy(part -> assertThat(sources.contains(part)).as(part).isTrue());
    }
}
