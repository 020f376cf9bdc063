package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links lead somewhere, on a forge and in the built site. */
class LinksTest {
    private static final Path MENU = Path.of("src/site/mkdocs.yml");
    private static final Pattern MENU_ITEM = Pattern.compile("(?m)^ +- ([^:]+): (\\S+\\.md)$");

    /** Of such headings a forge and the site make the same anchor. */
    private static final Pattern SIMPLE_HEADING = Pattern.compile("[A-Za-z0-9 ]+");

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksResolve(Page page) {
        assertThat(page.targets()).allSatisfy(target -> {
            if (!target.startsWith("https:")) {
                resolves(page, target);
            }
        });
    }

    private static void resolves(Page page, String target) {
        URI uri = URI.create(target);
        assertThat(uri.getScheme()).as("a relative link, or one to https").isNull();
        Path file = uri.getPath().isEmpty()
                ? page.path()
                : page.path().resolveSibling(uri.getPath()).normalize();
        assertThat(file).exists();
        if (page.path().startsWith(Page.SITE)) {
            assertThat(file).as("a file that the site has too").startsWith(Page.SITE);
        }
        if (uri.getFragment() != null) {
            assertThat(Page.of(file).headings())
                    .filteredOn(heading -> Page.anchor(heading).equals(uri.getFragment()))
                    .as("headings with the anchor %s", uri.getFragment())
                    .hasSize(1)
                    .allMatch(SIMPLE_HEADING.asMatchPredicate());
        }
    }

    @Test
    void thereAreLinksToCheck() {
        assertThat(Page.all()).hasSizeGreaterThan(15);
        assertThat(Page.of(Path.of("README.md")).targets())
                .hasSizeGreaterThan(5)
                .contains("CONTRIBUTING.md")
                .anyMatch(target -> target.endsWith(".png"));
    }

    @Test
    void theMenuOfTheSiteHasEveryPage() throws IOException {
        assertThat(menu().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Page.ofSite().stream().map(Page::path).toList());
    }

    /** Titles by page. A page that stands twice is an error. */
    private static Map<Path, String> menu() throws IOException {
        return MENU_ITEM
                .matcher(Files.readString(MENU))
                .results()
                .collect(Collectors.toMap(item -> Page.SITE.resolve(item.group(2)), item -> item.group(1)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageHasOneTitle(Page page) {
        assertThat(page.text().lines().findFirst().orElseThrow()).startsWith("# ");
        assertThat(page.headings()).doesNotHaveDuplicates();
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.size(Path.of("README.md"))).isLessThanOrEqualTo(8_192);
    }
}
