package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes and figures that the documentation names exist under these names. */
class NamesTest {
    /** Names in code font that begin as a class does. */
    private static final Pattern CLASS = Pattern.compile("[A-Z][a-z]\\w*");

    /** Classes of others. */
    private static final Set<String> FOREIGN = Set.of(
            "BayesianGaussianMixture",
            "CrossValidator",
            "Float",
            "IterativeImputer",
            "Math",
            "Pipeline",
            "SimpleImputer",
            "StrictMath",
            "StringIndexer",
            "VectorAssembler");

    private static final Pattern CALLED = Pattern.compile("new ([A-Z]\\w*)\\(");

    @Test
    void classesExist() {
        Set<String> main = Names.inMain();
        Set<String> tests = Names.inTests();
        List<String> named = Page.all().stream()
                .flatMap(page -> page.code().stream())
                .filter(CLASS.asMatchPredicate())
                .filter(name -> !FOREIGN.contains(name))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(60)
                .allSatisfy(name ->
                        assertThat(main.contains(name) || tests.contains(name)).isTrue());
    }

    @Test
    void classesOfJavaExamplesExist() {
        List<String> called = Page.all().stream()
                .flatMap(page -> page.blocks("java").stream())
                .flatMap(block -> CALLED.matcher(block).results())
                .map(call -> call.group(1))
                .filter(name -> !FOREIGN.contains(name))
                .toList();
        assertThat(called).hasSizeGreaterThan(2);
        assertThat(Names.inMain()).containsAll(called);
    }

    /** Each is written somewhere as a text; a file of a result may be a directory. */
    @Test
    void keysAndFilesOfResultsExist() throws IOException {
        String sources = Names.sources();
        List<String> named = Page.of(Page.SITE.resolve("reference/results.md")).firstCells().stream()
                .flatMap(cell -> Stream.of(cell.split(", ")))
                .map(name -> name.replaceFirst("/$", ""))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(sources).contains("\"" + name + "\""));
    }
}
