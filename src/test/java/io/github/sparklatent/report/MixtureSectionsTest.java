package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class MixtureSectionsTest {

    static Stream<Arguments> reports() {
        List<String> warnings = Collections.nCopies(40, "Component 3 was reinitialized <at> row & \"more\".");
        return Stream.of(
                Arguments.of("typical", Reports.typical()),
                Arguments.of("one component", Reports.of(1, 3, 1).build()),
                Arguments.of("one feature", Reports.of(3, 1, 12).build()),
                Arguments.of("no rounds", Reports.of(2, 5, 0).build()),
                Arguments.of("5,000 rounds", Reports.of(2, 5, 5000).build()),
                Arguments.of(
                        "200 components of 500 features",
                        Reports.of(200, 500, 3).label(60).build()),
                Arguments.of("large image", Reports.of(60, 784, 20).image(28).build()),
                Arguments.of("huge numbers", Reports.of(4, 6, 30).times(1e250).build()),
                Arguments.of("tiny numbers", Reports.of(4, 6, 30).times(1e-250).build()),
                Arguments.of("constant", Reports.of(4, 6, 30).times(0).build()),
                Arguments.of(
                        "troubled",
                        Reports.of(4, 6, 30).troubled(warnings).label(1).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reports")
    void isWellFormedAndNeedsNothingElse(String name, Page report) throws Exception {
        String html = Pages.html(report);
        Pages.requireSelfContained(html);
        Pages.requireNamed(Pages.parse(html));
    }

    @Test
    void showsNamesAsTheyAre() throws Exception {
        String html = Pages.html(Reports.of(3, 5, 4).label(2).build());
        String name = "a <b>column</b> & its \"name\" 'x' \uFFFD \uFFFD ]]> €";
        assertThat(html).doesNotContain("<b>");
        Document page = Pages.parse(html);
        assertThat(Pages.elements(page, "h1").get(0).getTextContent()).isEqualTo("readings <of> " + name);
        assertThat(Pages.elements(page, "th").stream()
                        .map(Element::getTextContent)
                        .filter(name::equals))
                .hasSize(2 + 3); // the means, a label, and the metrics of three groups
        assertThat(Pages.elements(page, "pre").get(0).getTextContent()).isEqualTo("path = \"<a&b>\"");
    }

    @Test
    void sameReportSameBytes() {
        Pages.requireSameBytes(() -> Pages.html(Reports.typical()));
    }
}
